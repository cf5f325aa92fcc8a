// The real window: first run, a key typed in, the AddOn switched on, a prompt in a browser, the answer applied; and
// afterwards a search for the key in everything there is.
import { spawn } from "node:child_process";
import type { Browser } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { launch, watch } from "../support/browser";
import { canary, leakingFiles, leaks } from "../support/canary";
import { violations } from "../support/page";
import { provider, stopAll } from "../support/programs";
import { type Driven, onceMore, openWindow, waitFor } from "../support/window";

let window: Driven | undefined;
let browser: Browser | undefined;

afterEach(async () => {
  await window?.close();
  await browser?.close();
  window = browser = undefined;
  await stopAll();
});

test(
  "key typed in the window → sealed → AddOn on → prompt in the browser → provider → answer applied",
  onceMore,
  async () => {
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
  },
);

test(
  "first run leads to an answer from the sandbox; every screen passes axe in both themes",
  onceMore,
  async () => {
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
      for (const screen of [
        ...["overview", "applications", "addons", "providers", "activity", "usage", "security", "settings"],
      ]) {
        await shown.click(`nav-${screen}`);
        if (screen === "activity") {
          await shown.click("activity-row");
          await shown.get("waterfall");
        }
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
  },
);

test("a key is pasted by the back end and never enters the window", onceMore, async () => {
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
