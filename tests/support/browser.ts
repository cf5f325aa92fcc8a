// Debian's Chromium, driven. Records every reply and console line, so that they can be searched afterwards.
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

export interface Watched {
  page: Page;
  /** Every reply's body, and every line on the console. */
  seen: () => Promise<string>;
  /** What the page complained about. */
  complaints: string[];
}

/** `home`: whose trust store it reads. */
export function launch(home?: string): Promise<Browser> {
  return chromium.launch({
    ...(home ? { env: { ...process.env, HOME: home, XDG_DATA_HOME: join(home, "share") } } : {}),
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync"],
      ...["--disable-background-networking", "--disable-component-update", "--no-first-run"],
    ],
  });
}

export async function watch(browser: Browser): Promise<Watched> {
  const page = await browser.newPage();
  const bodies: Promise<string>[] = [];
  const complaints: string[] = [];
  let lines = "";
  page.on("response", (response) => {
    const headers = JSON.stringify(response.headers());
    bodies.push(
      response.text().then(
        (text) => headers + text,
        () => headers,
      ),
    );
  });
  page.on("console", (message) => {
    lines += message.text();
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const seen = async () => lines + (await Promise.all(bodies)).join("\n") + (await page.content());
  return { page, seen, complaints };
}
