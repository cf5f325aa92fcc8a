// Makes docs/screenshots/: every screen of the real window and the demo page, in both themes. Run by script/screenshots.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { askTheProvider, withKey } from "../support/acts";
import { launch } from "../support/browser";
import { canary } from "../support/canary";
import { provider, stopAll } from "../support/programs";
import { type Driven, openWindow, waitFor } from "../support/window";

const folder = resolve(import.meta.dirname, "../../docs/screenshots");
const title = "module-5eed0000-0003-4000-8000-000000000002";
let window: Driven | undefined;
let browser: Browser | undefined;

afterAll(async () => {
  await window?.close();
  await browser?.close();
  await stopAll();
});

/** The display as it is: WebKitGTK's own screenshots never come back without a GPU. */
async function shoot(shown: Driven, name: string) {
  // What the window has just said would cover what it shows.
  await waitFor(async () => {
    const said = await shown.driver.executeScript(
      "return document.querySelectorAll('[aria-live] > p').length",
    );
    return said === 0 ? true : undefined;
  });
  await new Promise((painted) => setTimeout(painted, 700));
  execFileSync("import", ["-window", "root", join(folder, `${name}.png`)], { timeout: 10_000 });
}

test("every screen, in both themes", async () => {
  mkdirSync(folder, { recursive: true });
  const key = canary();
  const upstream = await provider(key);
  const shown = await openWindow({ SSL_CERT_FILE: upstream.ca });
  window = shown;
  await shown.get("first-run-sandbox");
  for (const theme of ["light", "dark"]) {
    await shown.click(`theme-${theme}`);
    await shoot(shown, `first-run-${theme}`);
  }
  await withKey(shown, upstream.url, key);
  await askTheProvider(shown);
  await rotated(shown);
  browser = await launch();
  await recorded(shown, () => call(shown, browser as Browser));
  for (const theme of ["light", "dark"]) {
    await shown.click(`theme-${theme}`);
    for (const screen of [
      "overview",
      "applications",
      "addons",
      "activity",
      "tapes",
      "usage",
      "settings",
      "security",
      "providers",
    ]) {
      await shown.click(`nav-${screen}`);
      if (screen === "activity") await shown.click("activity-row");
      if (screen === "providers") {
        await shown.click("provider-test");
        await shown.click("test-result");
        await shown.get("test-stages");
      }
      await shoot(shown, `${screen}-${theme}`);
      if (screen === "security") await kit(shown, theme);
    }
    await shown.click("provider-replace");
    await shoot(shown, `replace-key-${theme}`);
    await cancel(shown);
    await shown.click("provider-add");
    await shown.choose("provider-kind", "azure-openai");
    await shown.type("provider-name", "Azure, West Europe");
    const pasted = "https://my-resource.openai.azure.com/openai/deployments/my-gpt/chat/completions";
    await shown.type("provider-base-url", `${pasted}?api-version=2024-10-21`);
    // Leaving the field splits the address; nothing is asked of anybody.
    await shown.click("provider-name");
    await shoot(shown, `provider-form-${theme}`);
  }
  await locked(shown);
  expect(upstream.requests().length).toBeGreaterThan(0);
}, 240_000);

/** Tapes with what was asked meanwhile. */
async function recorded(shown: Driven, meanwhile: () => Promise<void>) {
  await shown.click("nav-tapes");
  await shown.type("tape-name", "Spring demo");
  await shown.click("tape-record");
  await shown.get("tape-notice");
  await meanwhile();
  await shown.click("tape-stop");
  await shown.gone("tape-notice");
}

/** Something for the audit chain to show. */
async function rotated(shown: Driven) {
  await shown.click("nav-security");
  await shown.click("vault-rotate");
  await shown.click("confirm");
  await waitFor(async () => ((await shown.text("vault-version")).includes("v2") ? true : undefined));
}

/** A kit just made, its files still there, and a chain just verified. */
async function kit(shown: Driven, theme: string) {
  await shown.click("kit-make");
  await shown.type("kit-folder", shown.dataDir);
  await shown.click("confirm");
  await shown.get("kit-files");
  await shown.click("audit-verify");
  await shown.driver.executeScript("document.querySelector('main').scrollTo(0, 0)");
  await shoot(shown, `recovery-kit-${theme}`);
  await shown.click("kit-forget");
  await shown.gone("kit-files");
}

/** A passphrase being chosen; then the vault locked, as the Security screen and as any other shows it. */
async function locked(shown: Driven) {
  for (const theme of ["light", "dark"]) {
    await shown.click(`theme-${theme}`);
    await shown.click("nav-security");
    await shown.click("vault-move-passphrase");
    await shown.type("passphrase-first", "a passphrase for pictures");
    await shown.type("passphrase-second", "a passphrase for pictures");
    await shoot(shown, `passphrase-${theme}`);
    if (theme === "light") await cancel(shown);
  }
  await shown.click("passphrase-save");
  await shown.gone("passphrase-save");
  await shown.click("vault-lock");
  await shown.get("unlock-passphrase");
  for (const theme of ["light", "dark"]) {
    await shown.click(`theme-${theme}`);
    await shown.click("nav-security");
    await shoot(shown, `security-locked-${theme}`);
    await shown.click("nav-providers");
    await shown.get("vault-banner");
    await shoot(shown, `providers-locked-${theme}`);
  }
}

const cancel = (shown: Driven) =>
  shown.driver.executeScript(
    "[...document.querySelectorAll('dialog button')].find((each) => each.textContent === 'Cancel').click()",
  );

/** One call through the demo page, photographed in both themes. */
async function call(shown: Driven, chromium: Browser) {
  await shown.click("open-preview");
  const page = await chromium.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
  await page.goto(await shown.opened(2));
  await page.getByTestId(title).click();
  await page.getByTestId("write-with-ai").first().click();
  await page.getByTestId("prompt").fill("A headline for our spring sale on running shoes");
  await page.getByTestId("generate").click();
  await page.getByTestId("answer").waitFor();
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: join(folder, `demo-page-${scheme}.png`) });
  }
  await shown.click("nav-overview");
  await shown.get("recent-row");
}
