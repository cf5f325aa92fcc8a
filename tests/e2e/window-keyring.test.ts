// A keyring that never answers, in the real window: it says what it waits for, freezes nothing, changes nothing, and goes
// on by itself once there is an answer.
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
  keyring?.answer();
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

test("a keyring that does not answer is waited for, and nothing else is", onceMore, async () => {
  const key = canary();
  const upstream = await provider(key);
  keyring = await startKeyring();
  const env = { SSL_CERT_FILE: upstream.ca, ...keyring.env };
  const before = await openWindow(env);
  window = before;
  await withKey(before, upstream.url, key);
  await before.close();
  const sealed = stored(before.dataDir);
  expect(sealed).toContain("OpenAI team");
  const asked = upstream.requests().length;

  keyring.fallSilent();
  const shown = await openWindow(env, before.dataDir);
  window = shown;
  await says(shown, "vault-banner", "Waiting for the keyring");
  // All that needs no key works meanwhile, and at once.
  for (const [nav, shows] of [
    ["nav-providers", "provider-row-OpenAI team"],
    ["nav-settings", "theme-dark"],
    ["nav-security", "vault-state"],
  ] as const) {
    expect(await goes(shown, nav, shows), nav).toBeLessThan(3_000);
  }
  for (const theme of ["dark", "light"]) {
    await shown.click(`theme-${theme}`);
    expect(await violations(shown), `waiting ${theme}`).toEqual([]);
  }
  expect(stored(before.dataDir)).toBe(sealed);
  expect(upstream.requests()).toHaveLength(asked);

  // Nobody presses anything.
  keyring.answer();
  await shown.gone("vault-state");
  await shown.gone("vault-banner");
  await keyWorks(shown, upstream, key);
  expect(leaks((await held(shown)) + shown.said(), key)).toEqual([]);
});
