// A host app built on the real @beefree.io/sdk, in a real browser under a strict policy: only its two addresses are ours.
// The page comes from an allowed origin, bundles the package as an app does, and logs in with its client id and secret.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, type Watched, watch } from "../support/browser";
import { addonctl, type Started, scratch, start, stopAll } from "../support/programs";

const template = readFileSync(
  join(
    import.meta.dirname,
    "../../src-tauri/crates/domain/tests/golden/templates/email-multilang-en-fr-it.json",
  ),
  "utf8",
);
const axe = readFileSync(join(import.meta.dirname, "../node_modules/axe-core/axe.min.js"), "utf8");
const TITLE = "122f4b0f-9e7e-475c-ad0a-b56ea67c3537";
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** What the host app of these tests is: the quick start of the package's own page, and callbacks that write down. */
const HOST_APP = `
import Bee from "@beefree.io/sdk";
import * as constants from "@beefree.io/sdk/dist/utils/Constants";
const told = (window.told = []);
const names = ["onInfo", "onWarning", "onError", "onLoad", "onStart", "onChange", "onSave", "onSaveAsTemplate", "onSend"];
const callbacks = Object.fromEntries(names.map((name) => [name, (...args) => told.push({ name, args })]));
window.actions = Object.values(constants.default.default ?? constants.default);
window.open_ = async ({ proxy, id, secret, token, config, template }) => {
  const urls = { authUrl: proxy + "/loginV2", beePluginUrl: proxy + "/plugin/v2/BeePlugin.js" };
  const bee = (window.bee = new Bee(token, urls));
  if (!token) await bee.UNSAFE_getToken(id, secret, "ada", urls);
  const all = { container: "bee", uid: "ada", trackChanges: true, ...callbacks, ...config };
  window.instance = await bee.start(all, JSON.parse(template));
};
`;

interface Told {
  name: string;
  args: unknown[];
}
interface Row {
  columns: { modules: { uuid: string; descriptor: { heading: object } }[] }[];
}
type Options = { token?: object; secret?: string; config?: object };

let browser: Browser;
let proxy: Started;
let host: Server;
let origin: string;
let keys: { client_id: string; client_secret: string };
let run: (words: string[]) => Promise<Record<string, unknown>>;

beforeAll(async () => {
  const script = await bundle();
  host = createServer((request, response) => {
    const code = request.url === "/host.js";
    const policy =
      `default-src 'none'; script-src 'self' ${proxy.first.url}; connect-src ${proxy.first.url}; ` +
      "img-src https: data:";
    response
      .writeHead(200, {
        "content-type": code ? "text/javascript" : "text/html; charset=utf-8",
        "content-security-policy": policy,
      })
      .end(
        code
          ? script
          : '<!doctype html><html lang="en"><title>Host app</title><main><h1>Mailer</h1><div id="bee"></div></main><script src="/host.js"></script>',
      );
  });
  await new Promise<void>((done) => host.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  const env = { DISPLAY: "", WAYLAND_DISPLAY: "", DBUS_SESSION_BUS_ADDRESS: "" };
  const globals = ["--data-dir", join(scratch(), "data"), "--json"];
  run = async (words) => {
    const ran = await addonctl([...globals, ...words], { env });
    if (ran.code !== 0) throw new Error(`addonctl ${words.join(" ")}: ${ran.err}`);
    return JSON.parse(ran.out) as Record<string, unknown>;
  };
  keys = (await run(["app", "add", "Mailer", "--type", "email", "--origin", origin])) as typeof keys;
  await run(["provider", "add", "Sandbox", "--app", "Mailer", "--kind", "sandbox"]);
  for (const handle of ["ai-integration", "ai-alt-text"]) {
    await run(["addon", "install", handle, "--app", "Mailer", "--provider", "Sandbox"]);
    await run(["addon", "enable", handle, "--app", "Mailer"]);
  }
  proxy = await start("addonctl", [...globals, "serve", "--port", "0"], env);
  browser = await launch();
});

afterAll(async () => {
  host?.close();
  await browser?.close();
  await stopAll();
});

async function bundle(): Promise<string> {
  const entry = "\0host-app";
  const built = await build({
    configFile: false,
    logLevel: "silent",
    root: join(import.meta.dirname, ".."),
    define: { "process.env.NPM_PACKAGE_NAME": '"host"', "process.env.NPM_PACKAGE_VERSION": '"1.0.0"' },
    plugins: [
      {
        name: "host-app",
        resolveId: (id) => (id === "host-app" ? entry : undefined),
        load: (id) => (id === entry ? HOST_APP : undefined),
      },
    ],
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: "host-app", output: { format: "iife" } },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !("output" in output)) throw new Error("nothing was built");
  return output.output[0].code;
}

/** A page with the builder in it, or as far as it got. */
async function open({ token, secret = keys.client_secret, config }: Options = {}): Promise<Watched> {
  const watched = await watch(browser);
  const { page } = watched;
  // The template's pictures are somewhere else; no test may leave this machine.
  await page.route(/^https:/, (route) => route.fulfill({ body: PIXEL, contentType: "image/gif" }));
  await page.goto(origin);
  const given = { proxy: proxy.first.url, id: keys.client_id, secret, token, config, template };
  await page.evaluate(
    (all) => (window as unknown as { open_: (a: unknown) => Promise<void> }).open_(all),
    given,
  );
  return watched;
}

const told = (page: Page, name: string) =>
  page.evaluate(
    (wanted) => (window as unknown as { told: Told[] }).told.filter((one) => one.name === wanted),
    name,
  );
const codes = async (page: Page, name: string) =>
  (await told(page, name)).map(({ args }) => (args[0] as { code: number }).code);
const call = (page: Page, method: string, ...args: unknown[]) =>
  page.evaluate(
    ([name, given]) =>
      (window as unknown as { bee: Record<string, (...a: unknown[]) => unknown> }).bee[name]?.(...given),
    [method, args] as const,
  );
/** The faults axe finds, in shadow roots too. */
const violations = async (page: Page) => {
  await page.evaluate(axe);
  return page.evaluate("axe.run().then((r) => r.violations.map((v) => v.id + ' ' + v.nodes[0].html))");
};

test("write with AI on a title, by keyboard: onInfo, onChange and onSave as from Beefree", async () => {
  const { page, complaints } = await open();
  await page.getByTestId("stage").waitFor();
  expect((await told(page, "onLoad"))[0]?.args[0]).toEqual(JSON.parse(template));
  const before = JSON.parse(template);
  await page.getByTestId(`module-${TITLE}`).getByRole("button").focus();
  await page.keyboard.press("Enter");
  expect(await violations(page)).toEqual([]);
  await page.getByTestId("write-with-ai").focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("prompt").fill("Our spring sale on running shoes");
  await page.getByTestId("generate").focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("apply").waitFor();
  expect(await violations(page)).toEqual([]);
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, "bee.png") });
  const answer = (await page.getByTestId("answer").first().textContent()) ?? "";
  expect(answer.toLowerCase()).toContain("running shoes");
  await page.getByTestId("apply").focus();
  await page.keyboard.press("Enter");
  const [usage, applied] = (await told(page, "onInfo")).map(({ args }) => args[0]) as {
    detail: { promptId: string };
  }[];
  const promptId = usage?.detail.promptId;
  expect(usage).toMatchObject({ code: 1000, detail: { handle: "ai-integration", usage: { uid: "ada" } } });
  expect(applied).toMatchObject({ code: 1001, detail: { promptId, moduleId: TITLE, content: answer } });
  await expect.poll(() => page.getByTestId(`module-${TITLE}`).textContent()).toContain(answer);
  // The edited template differs from the given one in the title's text and prompt, and in nothing else.
  const path = `${edit(before, { text: answer, prompt: promptId })}/descriptor/heading`;
  const [json, detail, version] = (await told(page, "onChange"))[0]?.args ?? [];
  expect(JSON.parse(String(json))).toEqual(before);
  expect(detail).toEqual({
    code: "0123",
    value: answer,
    description: "Title: Text",
    patches: [
      { op: "replace", path: `${path}/text`, value: answer },
      { op: "add", path: `${path}/prompt`, value: promptId },
    ],
  });
  expect(version).toBe(2);
  const saved = (await call(page, "save")) as { data: Record<string, unknown> };
  expect(JSON.parse(String(saved.data.json))).toEqual(before);
  expect((await told(page, "onSave"))[0]?.args).toEqual([json, saved.data.html, null, 2, null]);
  expect(saved.data.html).toContain(answer);
  expect(await call(page, "saveAsTemplate")).toEqual({ data: { json, version: 2 } });
  expect(await call(page, "getTemplateJson")).toEqual({ data: { json: before, version: 2 } });
  expect(await codes(page, "onError")).toEqual([]);
  expect(complaints).toEqual([]);
});

test("every method of the package is there; one that can't be done says so by its name", async () => {
  const { page } = await open({ config: { language: "it-IT" } });
  await page.getByTestId("stage").waitFor();
  const missing = await page.evaluate(() => {
    const { actions, instance } = window as unknown as {
      actions: string[];
      instance: Record<string, unknown>;
    };
    return { count: actions.length, names: actions.filter((name) => typeof instance[name] !== "function") };
  });
  // `create` is the plugin's own.
  expect(missing.count).toBeGreaterThan(20);
  expect(missing.names).toEqual(["create"]);
  expect(await page.getByTestId("bee-save").textContent()).toBe("Salva");
  await call(page, "toggleComments");
  expect((await told(page, "onWarning"))[0]?.args[0]).toMatchObject({
    code: 9999,
    message: expect.stringContaining("toggleComments"),
  });
  expect(
    await call(page, "loadConfig", { addOns: [{ id: "ai-integration", enabled: false }] }),
  ).toMatchObject({
    uid: "ada",
  });
  await page.getByTestId(`module-${TITLE}`).getByRole("button").click();
  await page.getByTestId("write-with-ai").waitFor({ state: "hidden" });
});

test("a window of the SDK loads, although the script came from another origin than the page", async () => {
  const { page, complaints } = await open();
  await page.locator(".block:has(img) .pick").first().click();
  await page.locator("textarea").fill("");
  await page.getByTestId("alt-text-wand").click();
  await page.getByTestId("alt-text-bulk").click();
  await page.getByTestId("bulk-start").waitFor();
  expect(await codes(page, "onError")).toEqual([]);
  expect(complaints).toEqual([]);
});

test("a wrong secret, a wrong token and an ended session are told with Beefree's codes", async () => {
  await expect(open({ secret: "wrong" })).rejects.toThrow("Unable to authenticate");
  const wrong = (await open({ token: { access_token: "two words", v2: true } })).page;
  await wrong.getByTestId("bee-failed").waitFor();
  expect(await codes(wrong, "onError")).toEqual([4005]);
  const unknown = { access_token: "A".repeat(43), v2: true };
  const over = (await open({ token: unknown })).page;
  await over.getByTestId("bee-failed").waitFor();
  expect(await codes(over, "onError")).toEqual([5101]);
  expect(await violations(over)).toEqual([]);
  // As the code asks: log in again, updateToken.
  const fresh = await run(["token", "--app", "Mailer", "--uid", "ada", "--origin", origin]);
  await call(over, "updateToken", { access_token: fresh.access_token, v2: true });
  await over.getByTestId("stage").waitFor();
});

/** Changes the title's fields in `given`; its place there, as a JSON pointer. */
function edit(given: { page: { rows: Row[] } }, fields: object): string {
  for (const [r, row] of given.page.rows.entries())
    for (const [c, column] of row.columns.entries())
      for (const [m, module] of column.modules.entries()) {
        if (module.uuid !== TITLE) continue;
        Object.assign(module.descriptor.heading, fields);
        return `/page/rows/${r}/columns/${c}/modules/${m}`;
      }
  throw new Error(`no block ${TITLE}`);
}
