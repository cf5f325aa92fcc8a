// HTTPS on loopback in a real browser: trusted through its own NSS database once asked for, refused before and after.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, watch } from "../support/browser";
import { addonctl, type Started, scratch, start, stopAll } from "../support/programs";

const home = scratch();
const dataDir = join(home, "data");
const env = { HOME: home, XDG_DATA_HOME: join(home, "share"), DBUS_SESSION_BUS_ADDRESS: "" };
let served: Started;
let host: Server;
let origin: string;
const browsers: Browser[] = [];

const run = async (...words: string[]) => {
  const ran = await addonctl(["--data-dir", dataDir, "--json", ...words], { env });
  if (ran.code !== 0) throw new Error(ran.err);
  return JSON.parse(ran.out);
};

beforeAll(async () => {
  host = createServer((_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>host</title>"),
  );
  await new Promise<void>((done) => host.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  served = await start("addonctl", ["--data-dir", dataDir, "demo", "--port", "0"], env);
  await run("app", "add", "Host", "--type", "email", "--origin", origin);
});

afterAll(async () => {
  host?.close();
  for (const browser of browsers) await browser.close();
  await stopAll();
});

/** What a page of the host app gets from the proxy over HTTPS, in a browser started now: it reads its store once. */
async function ask(name: string) {
  const browser = await launch(home);
  browsers.push(browser);
  const { page } = await watch(browser);
  await page.goto(origin);
  const { access_token } = await run("token", "--app", "Host", "--uid", "ada", "--origin", origin);
  return page.evaluate(
    async ([url, bearer]) => {
      try {
        const reply = await fetch(`${url}/v1/session`, { headers: { authorization: `Bearer ${bearer}` } });
        return { status: reply.status, uid: (await reply.json()).uid };
      } catch (error) {
        return { error: (error as Error).name };
      }
    },
    [`https://${name}:${served.first.port}`, access_token] as const,
  );
}

test("a page calls over https once the authority is installed, and not before or after", async () => {
  expect((await run("cert", "show")).state).toBe("none");
  const made = await run("cert", "make");
  expect(made).toMatchObject({ state: "good", tool: true });
  expect(await ask("127.0.0.1")).toEqual({ error: "TypeError" });

  const installed = await run("cert", "install");
  // The one this Chromium made for itself on its first start.
  const path = join(home, "share/pki/nssdb");
  expect(installed.stores).toEqual([{ browser: "chromium", path, trusted: true }]);
  for (const name of ["127.0.0.1", "localhost", "[::1]"])
    expect(await ask(name), name).toEqual({ status: 200, uid: "ada" });

  // Made anew, it must be trusted anew; the forerunner goes out of the store.
  const renewed = await run("cert", "make");
  expect(renewed.fingerprint).not.toBe(made.fingerprint);
  expect(renewed.stores[0].trusted).toBe(false);
  expect(await ask("127.0.0.1")).toEqual({ error: "TypeError" });
  expect((await run("cert", "install")).stores[0].trusted).toBe(true);
  expect(await ask("127.0.0.1")).toEqual({ status: 200, uid: "ada" });

  expect((await run("cert", "remove")).state).toBe("none");
  expect(await ask("127.0.0.1")).toEqual({ error: "TypeError" });
});

test("the demo page works over https too", async () => {
  await run("cert", "install");
  const link = String(served.first.demo_url).replace("http://", "https://");
  const browser = await launch(home);
  browsers.push(browser);
  const { page, complaints } = await watch(browser);
  await page.goto(link);
  await page.getByTestId("module-5eed0000-0003-4000-8000-000000000002").click();
  await page.getByTestId("write-with-ai").first().click();
  await page.getByTestId("prompt").fill("Write about our spring sale on running shoes");
  await page.getByTestId("generate").click();
  await page.getByTestId("answer").first().waitFor();
  expect(complaints).toEqual([]);
});
