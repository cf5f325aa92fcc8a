// The real window: first run, a key typed in, the AddOn switched on, a prompt in a browser, the answer applied; and
// afterwards a search for the key in everything there is.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { launch, watch } from "../support/browser";
import { canary, leakingFiles, leaks } from "../support/canary";
import { provider, stopAll } from "../support/programs";
import { type Driven, openWindow, waitFor } from "../support/window";

let window: Driven | undefined;
let browser: Browser | undefined;

afterEach(async () => {
  await window?.close();
  await browser?.close();
  window = browser = undefined;
  await stopAll();
});

const axe = readFileSync(join(import.meta.dirname, "../node_modules/axe-core/axe.min.js"), "utf8");

async function violations(shown: Driven): Promise<string[]> {
  await shown.driver.executeScript(axe);
  return shown.driver.executeAsyncScript(
    "const done = arguments[0]; axe.run().then((found) => done(found.violations.map((each) => each.id)));",
  );
}

test("key typed in the window → sealed → AddOn on → prompt in the browser → provider → answer applied", async () => {
  const key = canary();
  const upstream = await provider(key);
  const shown = await openWindow({ SSL_CERT_FILE: upstream.ca });
  window = shown;

  await shown.click("nav-applications");
  await shown.click("app-add");
  await shown.type("app-name", "Spring Mailer");
  await shown.type("origin-input", "http://localhost:3000");
  await shown.click("app-save");
  expect(await shown.text("client-secret")).toMatch(/^[\w-]{43}$/);
  await shown.click("secret-close");
  await shown.gone("client-secret");

  await shown.click("nav-providers");
  await shown.click("provider-add");
  await shown.choose("provider-kind", "openai");
  await shown.type("provider-name", "OpenAI team");
  await shown.type("provider-base-url", upstream.url);
  // A wrong key first: it is tested before it is saved, and says why.
  await shown.click("key-type");
  await shown.type("key-input", "sk-wrong-key-0123456789");
  await shown.click("key-stage");
  await shown.click("provider-save");
  expect(await shown.text("test-result")).toContain("key rejected");
  await shown.click("key-discard");
  await shown.type("key-input", key);
  await shown.click("key-stage");
  expect(await shown.text("key-ready")).toContain(key.slice(-4));
  await shown.click("provider-save");
  expect(await shown.text("provider-row-OpenAI team")).toContain(key.slice(-4));

  await shown.click("nav-addons");
  await shown.click("addon-install-ai-integration");
  await shown.click("addon-switch-ai-integration");
  await shown.click("addon-edit-ai-integration");
  const chosen = await shown.driver.executeScript<string>(
    "return document.querySelector('[data-testid=addon-provider] option:not([disabled])').value",
  );
  await shown.choose("addon-provider", chosen);
  await shown.click("addon-save");
  await waitFor(async () =>
    (await shown.text("addon-card-ai-integration")).includes("Ready") ? true : undefined,
  );

  await shown.click("nav-overview");
  await shown.click("open-preview");
  const link = await shown.opened(1);
  browser = await launch();
  const { page, seen, complaints } = await watch(browser);
  await page.goto(link);
  await page.getByTestId("stream-switch").click();
  await page.getByTestId("module-5eed0000-0003-4000-8000-000000000002").click();
  await page.getByTestId("write-with-ai").first().click();
  await page.getByTestId("prompt").fill("A headline for our spring sale");
  await page.getByTestId("generate").click();
  await page.getByTestId("answer").waitFor();
  expect(await page.getByTestId("answer").textContent()).toContain("MARKER");
  await page.getByTestId("apply").click();
  await page.getByTestId("event-1001").waitFor();
  expect(await page.getByTestId("module-5eed0000-0003-4000-8000-000000000002").textContent()).toContain(
    "MARKER",
  );
  expect(complaints).toEqual([]);

  // The picture is lit by that call, and the provider saw the real key.
  await shown.get("recent-row");
  for (const [hop, lit] of [
    ["1", "false"],
    ["3", "true"],
    ["6", "true"],
    ["7", "true"],
  ] as const) {
    expect(await (await shown.get(`flow-hop-${hop}`)).getAttribute("data-lit")).toBe(lit);
  }
  expect(upstream.requests().at(-1)?.headers.authorization).toBe(`Bearer ${key}`);
  expect(upstream.requests().at(-1)?.body).toContain('"stream":true');

  const html = await shown.driver.executeScript<string>(
    "return document.documentElement.outerHTML + JSON.stringify(Object.entries(localStorage)) + [...document.querySelectorAll('input')].map((each) => each.value)",
  );
  expect(leaks(html + shown.said() + (await seen()), key)).toEqual([]);
  await shown.close();
  window = undefined;
  expect(leakingFiles(shown.dataDir, key)).toEqual([]);
});

test("first run leads to an answer from the sandbox; every screen passes axe in both themes", async () => {
  const shown = await openWindow();
  window = shown;
  // A window that has not drawn yet has nothing to be judged.
  await shown.get("first-run-sandbox");
  expect(await violations(shown)).toEqual([]);
  await shown.click("first-run-sandbox");
  const link = await shown.opened(1);
  browser = await launch();
  const { page } = await watch(browser);
  await page.goto(link);
  await page.getByTestId("module-5eed0000-0003-4000-8000-000000000002").click();
  await page.getByTestId("write-with-ai").first().click();
  await page.getByTestId("prompt").fill("Write about our spring sale on running shoes");
  await page.getByTestId("generate").click();
  await page.getByTestId("answer").waitFor();
  await shown.get("recent-row");
  for (const theme of ["light", "dark"]) {
    await shown.click(`theme-${theme}`);
    for (const screen of ["overview", "applications", "addons", "providers", "security", "settings"]) {
      await shown.click(`nav-${screen}`);
      expect(await violations(shown), `${screen} ${theme}`).toEqual([]);
    }
  }
  // The window may call its own commands and hear events; everything else is refused by name.
  for (const command of [
    "plugin:opener|open_url",
    "plugin:window|set_title",
    "plugin:fs|read_file",
    "nonsense",
  ]) {
    const refused = await shown.driver.executeAsyncScript<string>(
      "const done = arguments[1]; window.__TAURI_INTERNALS__.invoke(arguments[0], { url: 'http://x/', path: '/etc/passwd' }).then(() => done(''), (error) => done(String(error)));",
      command,
    );
    expect(refused, command).toMatch(/not allowed|not found/);
  }
  // Stopping the proxy stops it for everyone, and starting brings it back.
  const url = await shown.text("proxy-url");
  await shown.click("proxy-switch");
  await shown.gone("proxy-url");
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  await shown.click("proxy-switch");
  expect((await fetch(`${await shown.text("proxy-url")}/healthz`)).status).toBe(200);
});

test("a key is pasted by the back end and never enters the window", async () => {
  const key = canary();
  const clipboard = spawn("xclip", ["-selection", "clipboard", "-quiet"], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  clipboard.stdin.end(key);
  const shown = await openWindow();
  window = shown;
  await shown.click("first-run-sandbox");
  await shown.get("flow-hop-1");
  await shown.click("nav-providers");
  await shown.click("provider-add");
  await shown.choose("provider-kind", "openai");
  await shown.type("provider-name", "Pasted");
  await shown.click("key-paste");
  expect(await shown.text("key-ready")).toContain(key.slice(-4));
  clipboard.kill();
  const html = await shown.driver.executeScript<string>("return document.documentElement.outerHTML");
  expect(leaks(html + shown.said(), key)).toEqual([]);
});

/** Everything the page holds that could be read, typed or kept. */
const held = (shown: Driven) =>
  shown.driver.executeScript<string>(
    "return document.documentElement.outerHTML + JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]) + [...document.querySelectorAll('input')].map((each) => each.value)",
  );

/** The demo application, and a provider with a key of its own at a local server. */
async function withKey(shown: Driven, url: string, key: string) {
  await shown.click("first-run-sandbox");
  await shown.get("flow-hop-1");
  await shown.click("nav-providers");
  await shown.click("provider-add");
  await shown.choose("provider-kind", "openai");
  await shown.type("provider-name", "OpenAI team");
  await shown.type("provider-base-url", url);
  await shown.click("key-type");
  await shown.type("key-input", key);
  await shown.click("key-stage");
  await shown.get("key-ready");
  await shown.click("provider-save");
  await shown.get("provider-row-OpenAI team");
}

const says = (shown: Driven, testId: string, words: string) =>
  waitFor(async () => ((await shown.text(testId)).includes(words) ? true : undefined), `${testId}: ${words}`);

/** The stored key opens: the provider is asked with it and answers. */
async function keyWorks(shown: Driven) {
  await shown.click("nav-providers");
  await shown.get("provider-row-OpenAI team");
  const before = await shown.driver.executeScript(
    "return document.querySelector('[data-testid=test-result]')?.title",
  );
  await shown.click("provider-test");
  await waitFor(async () => {
    const now = await shown.driver.executeScript(
      "return document.querySelector('[data-testid=test-result]')?.title",
    );
    return now !== before ? true : undefined;
  }, "a test");
  expect(await shown.text("test-result")).toBe("Works");
}

test("the vault is rotated, locked and opened again; a kit is made, tried and its files deleted; the chain is whole", async () => {
  const key = canary();
  const upstream = await provider(key);
  const shown = await openWindow({ SSL_CERT_FILE: upstream.ca });
  window = shown;
  await shown.click("nav-security");
  await says(shown, "vault-key", "Nothing is sealed");
  await shown.click("nav-overview");
  await withKey(shown, upstream.url, key);

  await shown.click("nav-security");
  await says(shown, "vault-version", "master-v1");
  await shown.click("vault-rotate");
  await shown.click("confirm");
  await says(shown, "vault-version", "master-v2");
  await keyWorks(shown);

  // The kit: its code stands in the files, and is never in the window but as it is typed.
  await shown.click("nav-security");
  const folder = join(shown.dataDir, "../paper");
  mkdirSync(folder);
  await shown.click("kit-make");
  await shown.type("kit-folder", folder);
  await shown.click("confirm");
  await shown.get("kit-files");
  const [page, text] = await shown.driver.executeScript<string[]>(
    "return [...document.querySelectorAll('[data-testid=kit-files] code')].map((each) => each.textContent)",
  );
  expect([page, text]).toEqual([
    join(folder, "addon-console-recovery-kit.html"),
    join(folder, "addon-console-recovery-kit.txt"),
  ]);
  const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){8}/.exec(readFileSync(text ?? "", "utf8"))?.[0] ?? "";
  expect(code).toHaveLength(44);
  await shown.click("kit-open");
  expect(await shown.opened(2)).toBe(`file://${page}`);
  await shown.click("kit-forget");
  await shown.gone("kit-files");
  expect([page, text].some((path) => existsSync(path ?? ""))).toBe(false);
  await shown.click("kit-check-open");
  await shown.type("kit-code", `${code.slice(0, -1)}${code.endsWith("7") ? "8" : "7"}`);
  await shown.click("kit-check");
  await says(shown, "kit-checked", "This is not the code");
  await shown.type("kit-code", code.toLowerCase());
  await shown.click("kit-check");
  await says(shown, "kit-checked", "This is the code");
  expect((await held(shown)).toUpperCase()).not.toContain(code.slice(0, 9));

  await shown.click("vault-lock");
  await says(shown, "vault-state", "The vault is locked");
  for (const theme of ["light", "dark"]) {
    await shown.click(`theme-${theme}`);
    expect(await violations(shown), `locked ${theme}`).toEqual([]);
  }
  await shown.click("nav-providers");
  expect(await (await shown.get("provider-test")).getAttribute("aria-disabled")).toBe("true");
  await shown.click("vault-act");
  await shown.gone("vault-banner");
  await keyWorks(shown);

  await shown.click("nav-security");
  await shown.click("audit-verify");
  await says(shown, "audit-result", "Whole:");
  const said = await shown.driver.executeScript<string>("return document.querySelector('main').innerText");
  for (const act of ["Vault key made", "Vault key rotated", "Recovery kit made", "Provider added"]) {
    expect(said).toContain(act);
  }
  for (const theme of ["light", "dark"]) {
    await shown.click(`theme-${theme}`);
    expect(await violations(shown), `security ${theme}`).toEqual([]);
  }
  expect(leaks((await held(shown)) + shown.said(), key)).toEqual([]);
});

test("the vault key moves under a passphrase, which opens it and leaves no trace", async () => {
  const key = canary();
  const passphrase = canary();
  const upstream = await provider(key);
  const shown = await openWindow({ SSL_CERT_FILE: upstream.ca });
  window = shown;
  await withKey(shown, upstream.url, key);
  await shown.click("nav-security");
  await shown.click("vault-move-passphrase");
  await shown.type("passphrase-first", passphrase);
  await shown.type("passphrase-second", passphrase);
  await shown.click("passphrase-save");
  await says(shown, "vault-custody", "Passphrase");
  await shown.click("vault-lock");
  await shown.type("unlock-passphrase", "a wrong passphrase");
  await shown.click("unlock");
  await says(shown, "problem", "does not open the vault");
  await shown.type("unlock-passphrase", passphrase);
  await shown.click("unlock");
  await shown.gone("vault-state");
  await keyWorks(shown);
  const all = (await held(shown)) + shown.said();
  expect([...leaks(all, passphrase), ...leaks(all, key)]).toEqual([]);
  await shown.close();
  window = undefined;
  expect(leakingFiles(shown.dataDir, passphrase)).toEqual([]);
});
