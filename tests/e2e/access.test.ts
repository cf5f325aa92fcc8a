// Who may use an application: pages that log in with no secret, and programs. By command, from a real page and from
// clients that only say they are one.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "../support/browser";
import { addonctl, type Started, scratch, start, stopAll } from "../support/programs";

let browser: Browser;
let demo: Started;
let dataDir: string;
let host: Server;
let foreign: Server;
let origin: string;
let stranger: string;

const serve = () =>
  new Promise<Server>((resolve) => {
    const server = createServer((_, reply) => {
      reply.setHeader("content-type", "text/html");
      reply.end("<!doctype html><title>Host app</title>");
    });
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
const at = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  browser = await launch();
  dataDir = join(scratch(), "data");
  [host, foreign] = await Promise.all([serve(), serve()]);
  [origin, stranger] = [at(host), at(foreign)];
  demo = await start("addonctl", ["--data-dir", dataDir, "demo", "--port", "0"], {
    DBUS_SESSION_BUS_ADDRESS: "",
  });
  await said("app", "add", "QA", "--type", "email", "--origin", origin);
});

afterAll(async () => {
  await browser?.close();
  host?.close();
  foreign?.close();
  await stopAll();
});

const said = async (...words: string[]) => {
  const ran = await addonctl(["--data-dir", dataDir, "--json", ...words]);
  expect(ran.code, ran.err).toBe(0);
  return JSON.parse(ran.out);
};

/** Asks as a program would, with whatever headers it likes. */
async function ask(path: string, headers: Record<string, string>, body?: unknown) {
  const reply = await fetch(`${demo.first.url}${path}`, {
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
  const { cause, access_token, v2, uid } = await reply.json();
  return { status: reply.status, cause, access_token, v2, uid };
}
const logIn = (headers: Record<string, string> = { origin }, body: unknown = { uid: "ada" }) =>
  ask("/proxy/bee-auth", headers, body);
const session = (token: string, headers: Record<string, string>) =>
  ask("/v1/session", { authorization: `Bearer ${token}`, ...headers });

test("a page logs in by itself only while its application allows it", async () => {
  expect(await logIn()).toMatchObject({ status: 403, cause: "bee-auth-off" });
  expect(await said("app", "bee-auth", "QA", "on")).toMatchObject({ bee_auth: true, programs: true });
  const open = await logIn();
  expect(open).toMatchObject({ status: 200, v2: true });
  expect(await session(open.access_token, { origin })).toMatchObject({ status: 200, uid: "ada" });
  // Good on that origin alone: neither for a program that found it nor for another page.
  expect(await session(open.access_token, {})).toMatchObject({ status: 403, cause: "origin-not-allowed" });
  const own = String(demo.first.url);
  expect(await session(open.access_token, { origin: own })).toMatchObject({ status: 403 });
  const again = await ask("/refreshV2", { authorization: `Bearer ${open.access_token}`, origin }, {});
  expect(again.status).toBe(200);
  await said("app", "bee-auth", "QA", "off");
  for (const token of [open.access_token, again.access_token]) {
    expect(await session(token, { origin })).toMatchObject({ status: 401, cause: "session-over" });
  }
});

test("nobody else does, and what is no user id is Beefree's 5005", async () => {
  await said("app", "bee-auth", "QA", "on");
  expect(await logIn({})).toMatchObject({ status: 403, cause: "origin-not-allowed" });
  expect(await logIn({ origin: stranger })).toMatchObject({ status: 403, cause: "origin-not-allowed" });
  expect(await logIn({ origin: "null" })).toMatchObject({ status: 403, cause: "origin-not-allowed" });
  expect(await logIn({ origin: String(demo.first.url) })).toMatchObject({
    status: 403,
    cause: "bee-auth-off",
  });
  for (const body of [{ uid: 7 }, { uid: "a b" }]) {
    expect(await logIn({ origin }, body)).toMatchObject({ status: 400, cause: "uid-invalid" });
  }
  expect(await logIn({ origin }, {})).toMatchObject({ status: 400, cause: "body-invalid" });
  // Two applications of one origin: nobody can say which is meant.
  await said("app", "add", "Twin", "--type", "email", "--origin", origin);
  expect((await logIn()).status).toBe(200);
  await said("app", "bee-auth", "Twin", "on");
  expect(await logIn()).toMatchObject({ status: 403, cause: "bee-auth-off" });
  await said("app", "remove", "Twin");
  expect((await logIn()).status).toBe(200);
  await said("app", "disable", "QA");
  expect(await logIn()).toMatchObject({ status: 403, cause: "application-disabled" });
  await said("app", "enable", "QA");
});

test("a real page does, and a foreign one and a sandboxed frame do not", async () => {
  await said("app", "bee-auth", "QA", "on");
  const page = await browser.newPage();
  const attempt = async (url: string) => {
    try {
      const reply = await fetch(`${url}/proxy/bee-auth`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"uid":"ada"}',
      });
      return reply.status;
    } catch {
      return "blocked";
    }
  };
  const url = String(demo.first.url);
  await page.goto(origin);
  expect(await page.evaluate(attempt, url)).toBe(200);
  await page.setContent('<iframe sandbox="allow-scripts" srcdoc="<p>frame</p>"></iframe>');
  const frame = page.frames()[1];
  expect(await frame?.evaluate(attempt, url)).toBe("blocked");
  await page.goto(stranger);
  expect(await page.evaluate(attempt, url)).toBe("blocked");
  await page.close();
});

test("an application may be for pages only", async () => {
  const { client_id, client_secret } = await said("app", "secret", "QA");
  const open = await ask("/loginV2", {}, { client_id, client_secret, uid: "ada" });
  const program = () => session(open.access_token, {});
  expect((await program()).status).toBe(200);
  expect(await said("app", "programs", "QA", "off")).toMatchObject({ programs: false, bee_auth: true });
  expect(await program()).toMatchObject({ status: 403, cause: "programs-not-allowed" });
  expect((await session(open.access_token, { origin })).status).toBe(200);
  await said("app", "programs", "QA", "on");
  expect((await program()).status).toBe(200);
});
