// A keyring that does not answer, in the real window: it says what it waits for or what is missing, freezes nothing, changes
// nothing, and has the way on.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { keyWorks, says, withKey } from "../support/acts";
import { canary, leaks } from "../support/canary";
import { type Keyring, startKeyring } from "../support/keyring";
import { held, violations } from "../support/page";
import { provider, stopAll } from "../support/programs";
import { type Driven, onceMore, openWindow } from "../support/window";

let window: Driven | undefined;
let keyring: Keyring | undefined;

afterEach(async () => {
  await window?.close();
  keyring?.close();
  window = undefined;
  keyring = undefined;
  await stopAll();
});

/** How long the window takes to show another screen, in milliseconds. */
async function goes(shown: Driven, nav: string, shows: string) {
  const began = Date.now();
  await shown.click(nav);
  await shown.get(shows);
  return Date.now() - began;
}

/** What the store holds of keys and of where the vault key is, and what was done to them. */
const stored = (dataDir: string) =>
  execFileSync("python3", [
    "-c",
    `import sqlite3, sys
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
for table in ("providers", "sealed_keys", "custody_slots", "audit"):
    print(table, db.execute(f"select * from {table}").fetchall())`,
    join(dataDir, "addon-console.db"),
  ]).toString();

/** A vault whose key is in the keyring, and what is stored of it. */
async function withVault(session: Keyring) {
  const key = canary();
  const upstream = await provider(key);
  const env = { SSL_CERT_FILE: upstream.ca, ...session.env };
  const shown = await openWindow(env);
  window = shown;
  await withKey(shown, upstream.url, key);
  await shown.close();
  const { dataDir } = shown;
  const before = stored(dataDir);
  expect(before).toContain("OpenAI team");
  const asked = upstream.requests().length;
  const untouched = () => {
    expect(stored(dataDir)).toBe(before);
    expect(upstream.requests()).toHaveLength(asked);
  };
  return { key, upstream, env, dataDir, untouched };
}

/** All that needs no key works, and at once. */
async function nothingIsFrozen(shown: Driven) {
  for (const [nav, shows] of [
    ["nav-providers", "provider-row-OpenAI team"],
    ["nav-settings", "theme-dark"],
    ["nav-security", "vault-state"],
  ] as const) {
    expect(await goes(shown, nav, shows), nav).toBeLessThan(3_000);
  }
  for (const theme of ["dark", "light"]) {
    await shown.click(`theme-${theme}`);
    expect(await violations(shown), theme).toEqual([]);
  }
}

test(
  "a locked keyring whose prompt nobody answers is waited for, and nothing else is",
  onceMore,
  async () => {
    keyring = await startKeyring();
    const { key, upstream, env, dataDir, untouched } = await withVault(keyring);
    await keyring.lock();
    const shown = await openWindow(env, dataDir);
    window = shown;
    await says(shown, "vault-banner", "Waiting for the keyring");
    await nothingIsFrozen(shown);
    // Still: a person may look for the password for minutes.
    await says(shown, "vault-state", "Waiting for the keyring");
    untouched();

    keyring.dismiss();
    await says(shown, "vault-state", "The vault is locked");
    untouched();
    await keyring.unlock();
    await shown.click("unlock");
    await shown.gone("vault-state");
    await keyWorks(shown, upstream, key);
    expect(leaks((await held(shown)) + shown.said(), key)).toEqual([]);
  },
);

test("a keyring that hangs is called so, and is there again when it is asked again", onceMore, async () => {
  keyring = await startKeyring();
  const { key, upstream, env, dataDir, untouched } = await withVault(keyring);
  keyring.freeze();
  const shown = await openWindow(env, dataDir);
  window = shown;
  // Its answer is due within two seconds: the library's own limit for each question.
  await says(shown, "vault-banner", "No keyring answers");
  await nothingIsFrozen(shown);
  untouched();
  keyring.thaw();
  await shown.click("unlock");
  await shown.gone("vault-state");
  await keyWorks(shown, upstream, key);
});
