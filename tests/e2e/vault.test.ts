// The vault by `addonctl` alone: each state with its exit code and its way out, rotation under calls, recovery on another
// machine, lock on suspend, and the audit chain. A real binary, real files, no keyring.
import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { canary, leakingFiles, leaks } from "../support/canary";
import { addonctl, provider, scratch, start, stop, stopAll } from "../support/programs";
import { waitFor } from "../support/window";

afterEach(stopAll);

const ORIGIN = "http://localhost:3000";

/** A vault kept in a key file, with one provider at a stand-in that knows `key`. */
async function keyFileVault() {
  const home = scratch();
  const [dataDir, keyFile] = [join(home, "data"), join(home, "vault.key")];
  const key = canary();
  const upstream = await provider(key);
  const env: NodeJS.ProcessEnv = {
    DISPLAY: "",
    WAYLAND_DISPLAY: "",
    DBUS_SESSION_BUS_ADDRESS: "",
    SSL_CERT_FILE: upstream.ca,
  };
  let said = "";
  const run = async (words: string[], input = "", dir = dataDir) => {
    const ran = await addonctl(["--data-dir", dir, "--json", ...words], { input, env });
    said += ran.out + ran.err;
    return ran;
  };
  const custody = ["--custody", "key-file", "--key-file", keyFile];
  expect((await run([...custody, "app", "add", "Mailer", "--type", "email", "--origin", ORIGIN])).code).toBe(
    0,
  );
  const add = ["provider", "add", "Team", "--app", "Mailer", "--kind", "openai", "--base-url", upstream.url];
  expect((await run([...custody, ...add, "--key-stdin"], `${key}\n`)).code).toBe(0);
  expect((await run(["addon", "install", "ai-integration", "--app", "Mailer"])).code).toBe(0);
  expect(
    (await run(["addon", "enable", "ai-integration", "--app", "Mailer", "--provider", "Team"])).code,
  ).toBe(0);
  const status = async (dir = dataDir) => {
    const ran = await run(["vault", "status"], "", dir);
    const { state, key_version } = JSON.parse(ran.out);
    return { code: ran.code, state, key_version };
  };
  return { home, dataDir, keyFile, key, upstream, env, run, status, said: () => said };
}

/** One call through a running proxy; its status and body. */
async function write(url: string, token: string) {
  const reply = await fetch(`${url}/v1/ai/text`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", origin: ORIGIN },
    body: JSON.stringify({
      handle: "ai-integration",
      module: { uuid: "m", type: "TITLE", content: "", isDefault: true },
      prompt: "Spring sale",
    }),
  });
  return { status: reply.status, body: await reply.text() };
}

test("each state has its exit code and its way out, and a kit restores the keys on another machine", async () => {
  const desk = await keyFileVault();
  const { dataDir, keyFile, run, status } = desk;
  expect(await status()).toEqual({ code: 0, state: "open", key_version: 1 });
  const kit = JSON.parse((await run(["vault", "kit", "--folder", desk.home])).out);
  const code = readFileSync(kit.text, "utf8").match(/^ {4}(\S+)$/m)?.[1] ?? "";
  expect((await run(["vault", "rotate"])).code).toBe(0);
  expect(await status()).toEqual({ code: 0, state: "open", key_version: 2 });
  expect((await run(["vault", "kit-check", "--code-stdin"], code)).code).toBe(0);
  expect((await run(["vault", "kit-check", "--code-stdin"], `${code}x`)).code).toBe(3);

  // The key file is gone: nothing is made anew, and the code brings it back.
  const kept = readFileSync(keyFile);
  rmSync(keyFile);
  expect(await status()).toMatchObject({ code: 5, state: "key-missing" });
  const refused = await run(
    ["provider", "add", "Other", "--app", "Mailer", "--kind", "openai", "--key-stdin"],
    canary(),
  );
  expect(refused.code).toBe(5);
  expect(readdirSync(desk.home)).not.toContain("vault.key");
  writeFileSync(keyFile, kept, { mode: 0o644 });
  expect(await status()).toMatchObject({ code: 4, state: "keyring-missing" });
  rmSync(keyFile);
  expect((await run(["vault", "recover", "--code-stdin"], code)).code).toBe(0);
  expect(await status()).toMatchObject({ code: 0, state: "open" });

  // Another machine: a copy of the data directory, no key file, a passphrase from now on.
  const moved = join(desk.home, "moved");
  cpSync(dataDir, moved, { recursive: true });
  rmSync(keyFile);
  const [passphrase, wrong] = [join(desk.home, "pp"), join(desk.home, "wrong")];
  writeFileSync(passphrase, "correct horse battery\n");
  writeFileSync(wrong, "wrong horse\n");
  expect(
    (await run(["vault", "recover", "--code-stdin", "--new-passphrase-file", passphrase], code, moved)).code,
  ).toBe(0);
  expect(await status(moved)).toMatchObject({ code: 3, state: "locked" });
  const withIt = (file: string) => ["--custody", "passphrase", "--passphrase-file", file];
  expect((await run([...withIt(wrong), "vault", "rotate"], "", moved)).code).toBe(3);
  const served = await start(
    "addonctl",
    ["--data-dir", moved, "--json", ...withIt(passphrase), "serve", "--port", "0"],
    desk.env,
  );
  const issued = await run(["token", "--app", "Mailer", "--uid", "u", "--origin", ORIGIN], "", moved);
  expect((await write(String(served.first.url), JSON.parse(issued.out).access_token)).status).toBe(200);
  expect(desk.upstream.requests().at(-1)?.headers.authorization).toBe(`Bearer ${desk.key}`);
  await stop(served.child);

  // A record that does not open is named; the rest works.
  expect(JSON.parse((await run([...withIt(passphrase), "audit", "verify"], "", moved)).out).ok).toBe(true);
  for (const dir of [dataDir, moved]) expect(leakingFiles(dir, desk.key)).toEqual([]);
  expect(leaks(desk.said() + served.said(), desk.key)).toEqual([]);
});

test("a running console rotates under calls, locks when the machine sleeps, and is unlocked again", async () => {
  const desk = await keyFileVault();
  const { dataDir, run, status } = desk;
  const bus = process.env.DBUS_SESSION_BUS_ADDRESS ?? "";
  const served = await start("addonctl", ["--data-dir", dataDir, "--json", "serve", "--port", "0"], {
    ...desk.env,
    DBUS_SYSTEM_BUS_ADDRESS: bus,
  });
  const url = String(served.first.url);
  const issued = await run(["token", "--app", "Mailer", "--uid", "u", "--origin", ORIGIN]);
  const token = JSON.parse(issued.out).access_token;
  // Calls all the time while the vault key changes three times.
  let going = true;
  const calls = (async () => {
    const seen: number[] = [];
    while (going) seen.push((await write(url, token)).status);
    return seen;
  })();
  for (const version of [2, 3, 4]) {
    expect(JSON.parse((await run(["vault", "rotate"])).out).key_version).toBe(version);
  }
  going = false;
  const seen = await calls;
  expect(seen.length).toBeGreaterThan(3);
  expect(seen.every((each) => each === 200)).toBe(true);

  const sleep = () =>
    execFileSync("dbus-send", [
      `--bus=${bus}`,
      "--type=signal",
      "/org/freedesktop/login1",
      "org.freedesktop.login1.Manager.PrepareForSleep",
      "boolean:true",
    ]);
  expect((await run(["vault", "lock-policy", "--on-suspend", "yes"])).code).toBe(0);
  // The watcher may still be connecting: said again until heard.
  await waitFor(async () => {
    sleep();
    return (await status()).state === "locked" ? true : undefined;
  }, "the lock on suspend");
  const locked = await write(url, token);
  expect([locked.status, JSON.parse(locked.body).cause]).toEqual([503, "vault-locked"]);
  const made = desk.upstream.requests().length;
  expect((await run(["vault", "unlock"])).code).toBe(0);
  expect((await write(url, token)).status).toBe(200);
  expect(desk.upstream.requests().length).toBe(made + 1);
  expect((await run(["vault", "lock"])).code).toBe(0);
  expect(await status()).toMatchObject({ code: 3, state: "locked" });
  expect(JSON.parse((await run(["audit", "list"])).out).items[0]).toMatchObject({ act: "setting-changed" });
  expect(leaks(desk.said() + served.said(), desk.key)).toEqual([]);
});
