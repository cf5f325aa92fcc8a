// Export and import in the real window, by paths: the page names files and never reads one; the system's own window for
// choosing them is the back end's, and no page can open it by itself.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { scratch, stopAll } from "../support/programs";
import { type Driven, openWindow, waitFor } from "../support/window";

let window: Driven | undefined;

afterEach(async () => {
  await window?.close();
  window = undefined;
  await stopAll();
});

test("settings are exported, edited by hand, looked at and applied", async () => {
  const shown = await openWindow({});
  window = shown;
  await shown.click("nav-applications");
  await shown.click("app-add");
  await shown.type("app-name", "Spring Mailer");
  await shown.type("origin-input", "http://localhost:3000");
  await shown.click("app-save");
  await shown.click("secret-close");

  const file = join(scratch(), "settings.json");
  await shown.click("nav-settings");
  await shown.type("export-path", file);
  await shown.click("export-settings");
  expect(await shown.text("export-written")).toContain(file);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  writeFileSync(file, readFileSync(file, "utf8").replace("localhost:3000", "localhost:4000"));
  await shown.type("import-path", file);
  await shown.click("import-look");
  expect(await shown.text("change-application-changed")).toContain("localhost:4000");
  await shown.click("import-apply");
  await shown.gone("import-preview");
  await shown.click("nav-applications");
  const text = () => shown.driver.executeScript<string>("return document.body.innerText");
  await waitFor(async () => (await text()).includes("localhost:4000") || undefined, "the new origin");

  const open =
    "return window.__TAURI_INTERNALS__.invoke('plugin:dialog|open', {options: {}}).catch((e) => e)";
  expect(await shown.driver.executeScript<string>(open)).toContain("not allowed");
});
