// A real browser at the proxy: the demo page on the sandbox, and pages of allowed, foreign and no origin.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, watch } from "../support/browser";
import { addonctl, type Started, scratch, start, stopAll } from "../support/programs";

let browser: Browser;
let demo: Started;
let dataDir: string;
const pages: Server[] = [];

beforeAll(async () => {
  browser = await launch();
  dataDir = join(scratch(), "data");
  demo = await start("addonctl", ["--data-dir", dataDir, "demo", "--port", "0"], {
    DBUS_SESSION_BUS_ADDRESS: "",
  });
});

afterAll(async () => {
  for (const page of pages) page.close();
  await browser?.close();
  await stopAll();
});

test("the demo page answers on the sandbox within three steps, applies, regenerates, and reports usage", async () => {
  const { page, complaints } = await watch(browser);
  await page.goto(String(demo.first.demo_url));
  expect(page.url()).not.toContain("code=");
  await page.getByTestId("module-5eed0000-0003-4000-8000-000000000002").click();
  await page.getByTestId("write-with-ai").first().click();
  await page.getByTestId("prompt").fill("Write about our spring sale on running shoes");
  await page.getByTestId("generate").click();
  const answer = page.getByTestId("answer").first();
  await answer.waitFor();
  const first = (await answer.textContent()) ?? "";
  expect(first.toLowerCase()).toContain("running shoes");
  const usage = JSON.parse(
    /\{.*\}/s.exec((await page.getByTestId("event-1000").first().textContent()) ?? "")?.[0] ?? "{}",
  );
  expect(usage).toMatchObject({
    handle: "ai-integration",
    promptId: expect.any(String),
    usage: { total_tokens: expect.any(Number) },
  });
  await page.getByTestId("apply").first().click();
  await page.getByTestId("event-1001").waitFor();
  await expect
    .poll(() => page.getByTestId("module-5eed0000-0003-4000-8000-000000000002").textContent())
    .toContain(first);
  await page.getByTestId("regenerate").last().click();
  await expect.poll(() => page.getByTestId("event-1000").count()).toBe(2);
  await expect.poll(() => page.getByTestId("answer").last().textContent()).not.toBe(first);
  expect(complaints).toEqual([]);
  // The link was good once.
  const second = await watch(browser);
  await second.page.goto(String(demo.first.demo_url));
  await second.page.getByTestId("gate-code-used").waitFor();
});

test("a paragraph is written word by word when the host asks for it", async () => {
  const ran = await addonctl(["--data-dir", dataDir, "--json", "app", "list"]);
  expect(JSON.parse(ran.out).items[0].name).toBe("Demo");
  const other = await start("addonctl", ["--data-dir", join(scratch(), "data"), "demo", "--port", "0"]);
  const { page } = await watch(browser);
  await page.goto(String(other.first.demo_url));
  await page.getByTestId("stream-switch").click();
  await page.getByTestId("module-5eed0000-0003-4000-8000-000000000003").click();
  await page.getByTestId("write-with-ai").first().click();
  await page.getByTestId("prompt").fill("Scrivi della nostra offerta di primavera sulle scarpe da corsa");
  await page.getByTestId("generate").click();
  await page.getByTestId("apply").waitFor();
  await page.getByTestId("apply").click();
  await page.getByTestId("event-1001").waitFor();
});

test("only pages of an allowed origin get through, and a sandboxed frame is none", async () => {
  const allowed = await serve();
  const foreign = await serve();
  await addonctl(["--data-dir", dataDir, "app", "add", "Host", "--type", "email", "--origin", allowed]);
  const token = JSON.parse(
    (
      await addonctl([
        "--data-dir",
        dataDir,
        "--json",
        "token",
        "--app",
        "Host",
        "--uid",
        "u",
        "--origin",
        allowed,
      ])
    ).out,
  ).access_token;
  const page = (await watch(browser)).page;
  await page.goto(allowed);
  expect(await ask(page, token)).toEqual({ status: 200 });
  await page.goto(foreign);
  expect(await ask(page, token)).toEqual({ error: "TypeError" });
  await page.goto(`${allowed}/framed`);
  const frame = page.frames()[1];
  if (!frame) throw new Error("no frame");
  expect(await ask(frame as unknown as Page, token)).toEqual({ error: "TypeError" });
});

test("nothing a foreign page can send without asking gets in: form, tag, beacon, frame, socket", async () => {
  const foreign = await serve();
  const page = (await watch(browser)).page;
  await page.goto(foreign);
  const before = await activity();
  const outcome = await page.evaluate(async (url) => {
    const tried: Record<string, string> = {};
    const body = '{"handle":"ai-integration"}';
    // Opaque to the page either way: what counts is that no call is recorded.
    const simple = { method: "POST", mode: "no-cors", body } as const;
    tried["no-cors"] = await fetch(`${url}/v1/ai/text`, simple).then(
      (reply) => reply.type,
      () => "failed",
    );
    navigator.sendBeacon(`${url}/v1/ai/text`, body);
    const tag = (name: "img" | "script" | "iframe") =>
      new Promise<string>((done) => {
        const element = document.createElement(name);
        element.onload = () => done("loaded");
        element.onerror = () => done("failed");
        element.src = `${url}/v1/session`;
        document.body.append(element);
      });
    tried.img = await tag("img");
    tried.script = await tag("script");
    await tag("iframe");
    tried.socket = await new Promise<string>((done) => {
      const socket = new WebSocket(`${url.replace("http", "ws")}/v1/agent/chat`);
      socket.onopen = () => done("open");
      socket.onerror = () => done("failed");
    });
    for (const name of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const form = document.createElement("form");
      const frame = Object.assign(document.createElement("iframe"), { name: "sink" });
      Object.assign(form, { method: "POST", action: `${url}/v1/ai/text`, enctype: name, target: "sink" });
      document.body.append(frame, form);
      const sent = new Promise((done) => frame.addEventListener("load", done, { once: true }));
      form.submit();
      await sent;
      frame.remove();
    }
    return tried;
  }, String(demo.first.url));
  // The refused request has a reply, of which the page sees nothing.
  expect(outcome).toEqual({ "no-cors": "opaque", img: "failed", script: "failed", socket: "failed" });
  expect(await activity()).toEqual(before);
});

async function activity() {
  const ran = await addonctl(["--data-dir", dataDir, "--json", "activity", "--limit", "1000"]);
  return JSON.parse(ran.out).items;
}

/** A page of its own origin; at `/framed` it holds a sandboxed frame, whose origin is `null`. */
async function serve(): Promise<string> {
  const server = createServer((request, response) => {
    const framed =
      request.url === "/framed" ? '<iframe sandbox="allow-scripts" srcdoc="<p>framed</p>"></iframe>' : "";
    response
      .writeHead(200, { "content-type": "text/html" })
      .end(`<!doctype html><title>host</title>${framed}`);
  });
  pages.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function ask(page: Page, token: string) {
  return page.evaluate(
    async ([url, bearer]) => {
      try {
        const reply = await fetch(`${url}/v1/session`, { headers: { authorization: `Bearer ${bearer}` } });
        return { status: reply.status };
      } catch (error) {
        return { error: (error as Error).name };
      }
    },
    [String(demo.first.url), token] as const,
  );
}
