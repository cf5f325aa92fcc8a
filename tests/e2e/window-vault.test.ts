// The vault in the real window: first key, rotation, lock, recovery kit, audit chain; and the states it can be found in.
// No passphrase and no code is ever found in the page, but as it is typed.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { keyWorks, says, withKey } from "../support/acts";
import { canary, leakingFiles, leaks } from "../support/canary";
import { held, violations } from "../support/page";
import { provider, scratch, start, stopAll } from "../support/programs";
import { type Driven, onceMore, openWindow } from "../support/window";

let window: Driven | undefined;

afterEach(async () => {
  await window?.close();
  window = undefined;
  await stopAll();
});

/** Makes a recovery kit; its files, and the code that stands in them. */
async function kit(shown: Driven) {
  const folder = join(shown.dataDir, "../paper");
  mkdirSync(folder);
  await shown.click("kit-make");
  await shown.type("kit-folder", folder);
  await shown.click("confirm");
  await shown.get("kit-files");
  const [page = "", text = ""] = await shown.driver.executeScript<string[]>(
    "return [...document.querySelectorAll('[data-testid=kit-files] code')].map((each) => each.textContent)",
  );
  expect([page, text]).toEqual([
    join(folder, "addon-console-recovery-kit.html"),
    join(folder, "addon-console-recovery-kit.txt"),
  ]);
  const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){8}/.exec(readFileSync(text, "utf8"))?.[0] ?? "";
  return { page, text, code };
}

test(
  "the vault is rotated, locked and opened again; a kit is made, tried and its files deleted; the chain is whole",
  onceMore,
  async () => {
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
    await keyWorks(shown, upstream, key);

    // The kit: its code stands in the files, and is never in the window but as it is typed.
    await shown.click("nav-security");
    const { page, text, code } = await kit(shown);
    expect(code).toHaveLength(44);
    await shown.click("kit-open");
    expect(await shown.opened(2)).toBe(`file://${page}`);
    await shown.click("kit-forget");
    await shown.gone("kit-files");
    expect([page, text].some(existsSync)).toBe(false);
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
    await keyWorks(shown, upstream, key);

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
  },
);

test("the vault key moves under a passphrase, which opens it and leaves no trace", onceMore, async () => {
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
  await keyWorks(shown, upstream, key);
  const all = (await held(shown)) + shown.said();
  expect([...leaks(all, passphrase), ...leaks(all, key)]).toEqual([]);
  await shown.close();
  window = undefined;
  expect(leakingFiles(shown.dataDir, passphrase)).toEqual([]);
});

/** A session bus that nobody is on: no keyring can answer. */
const NO_KEYRING = { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" };

test(
  "without a keyring the first key is saved under a passphrase, and nothing typed is lost",
  onceMore,
  async () => {
    const key = canary();
    const passphrase = canary();
    const upstream = await provider(key);
    const shown = await openWindow({ SSL_CERT_FILE: upstream.ca, ...NO_KEYRING });
    window = shown;
    await withKey(shown, upstream.url, key, async () => {
      await shown.get("passphrase-instead");
      expect(await violations(shown)).toEqual([]);
      await shown.type("passphrase-first", passphrase);
      await shown.type("passphrase-second", passphrase);
      await shown.click("passphrase-save");
    });
    await keyWorks(shown, upstream, key);
    await shown.click("nav-security");
    await says(shown, "vault-custody", "Passphrase");
    const all = (await held(shown)) + shown.said();
    expect([...leaks(all, passphrase), ...leaks(all, key)]).toEqual([]);
  },
);

test("a vault whose keyring is gone is opened with the kit's code and a passphrase", onceMore, async () => {
  const key = canary();
  const upstream = await provider(key);
  const env = { SSL_CERT_FILE: upstream.ca };
  const before = await openWindow(env);
  window = before;
  await withKey(before, upstream.url, key);
  await before.click("nav-security");
  const { code } = await kit(before);
  await before.close();

  const shown = await openWindow({ ...env, ...NO_KEYRING }, before.dataDir);
  window = shown;
  await says(shown, "vault-banner", "No keyring answers");
  await shown.click("nav-security");
  for (const theme of ["light", "dark"]) {
    await shown.click(`theme-${theme}`);
    expect(await violations(shown), `no keyring ${theme}`).toEqual([]);
  }
  await shown.click("security.with-kit");
  await shown.type("recover-code", code);
  await shown.type("passphrase-first", "a new passphrase");
  await shown.type("passphrase-second", "a new passphrase");
  await shown.click("recover-act");
  await shown.gone("vault-state");
  await says(shown, "vault-custody", "Passphrase");
  await keyWorks(shown, upstream, key);
  expect(await held(shown)).not.toContain(code.slice(0, 9));
});

test(
  "a back end that did not start fills the window with what holds it and what to do",
  onceMore,
  async () => {
    const dataDir = join(scratch(), "data");
    await start("addonctl", ["--data-dir", dataDir, "serve", "--port", "0"]);
    const shown = await openWindow({}, dataDir);
    window = shown;
    expect(await shown.text("no-back-end")).toMatch(
      /Another AddOn Console is running[\s\S]*process \d+[\s\S]*in-use/,
    );
    expect(await violations(shown)).toEqual([]);
  },
);
