// The whole data flow over `addonctl` alone: no display, no session bus, a passphrase for custody.
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { canary, leakingFiles, leaks } from "../support/canary";
import { addonctl, provider, type Ran, scratch, start, stop, stopAll } from "../support/programs";

afterEach(stopAll);

const bare = {
  DISPLAY: "",
  WAYLAND_DISPLAY: "",
  DBUS_SESSION_BUS_ADDRESS: "",
  XDG_RUNTIME_DIR: "/nonexistent",
};
const origin = "http://localhost:3000";

/** A data directory kept by a passphrase, and `addonctl` bound to it. */
function desk(extra: NodeJS.ProcessEnv = {}) {
  const home = scratch();
  const file = join(home, "passphrase");
  writeFileSync(file, "correct horse\n");
  const dataDir = join(mkdtempSync(join(home, "d")), "data");
  const globals = ["--data-dir", dataDir, "--json", "--custody", "passphrase", "--passphrase-file", file];
  const env = { ...bare, ...extra };
  let said = "";
  const run = async (words: string[], input = ""): Promise<Ran> => {
    const ran = await addonctl([...globals, ...words], { input, env });
    said += ran.out + ran.err;
    return ran;
  };
  return { dataDir, globals, env, run, said: () => said };
}

test("a prompt travels to a TLS provider and back, and nothing but the provider sees the key", async () => {
  const key = canary();
  const upstream = await provider(key);
  const { dataDir, globals, env, run, said } = desk({ SSL_CERT_FILE: upstream.ca });

  const app = JSON.parse((await run(["app", "add", "Mailer", "--type", "email", "--origin", origin])).out);
  expect(app).toMatchObject({
    id: expect.any(String),
    client_id: expect.any(String),
    client_secret: expect.any(String),
  });
  const add = ["provider", "add", "Team", "--app", "Mailer", "--kind", "openai", "--base-url", upstream.url];
  const added = await run([...add, "--key-stdin"], `${key}\n`);
  expect(JSON.parse(added.out)).toMatchObject({ name: "Team", key_tail: key.slice(-4) });
  expect((await run(["provider", "test", "Team", "--app", "Mailer"])).code).toBe(0);
  await run(["addon", "install", "ai-integration", "--app", "Mailer", "--provider", "Team"]);
  const enabled = await run([
    "addon",
    "enable",
    "ai-integration",
    "--app",
    "Mailer",
    "--set",
    "tokensAvailable=100",
  ]);
  expect(JSON.parse(enabled.out)).toMatchObject({ state: "ready", settings: { tokensAvailable: 100 } });

  const served = await start("addonctl", [...globals, "serve", "--port", "0"], env);
  expect(served.first).toMatchObject({
    event: "listening",
    url: expect.stringContaining("http://127.0.0.1:"),
  });
  const token = JSON.parse((await run(["token", "--app", "Mailer", "--uid", "u-1", "--origin", origin])).out);
  expect(token).toMatchObject({ access_token: expect.any(String), expires_in: 300 });
  const replies: string[] = [];
  for (const accept of ["application/json", "text/event-stream"]) {
    const reply = await fetch(`${served.first.url}/v1/ai/text`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token.access_token}`,
        "content-type": "application/json",
        accept,
        origin,
      },
      body: JSON.stringify({
        handle: "ai-integration",
        module: { uuid: "m", type: "TITLE", content: "", isDefault: true },
        prompt: "Spring sale",
      }),
    });
    expect(reply.status).toBe(200);
    replies.push(JSON.stringify([...reply.headers]) + (await reply.text()));
  }
  expect(replies[0]).toContain("MARKER");
  expect(replies[1]).toContain("event: done");
  expect(upstream.requests().at(-1)?.headers.authorization).toBe(`Bearer ${key}`);
  const activity = JSON.parse((await run(["activity"])).out).items;
  expect(activity).toHaveLength(2);
  expect(activity[0]).toMatchObject({ status: 200, cause: null, provider_kind: "openai" });
  expect((await run(["doctor", "--origin", origin])).code).toBe(0);

  expect(await stop(served.child)).toBe(0);
  expect(leakingFiles(dataDir, key)).toEqual([]);
  expect(leaks(replies.join() + said() + served.said(), key)).toEqual([]);

  expect((await run(["provider", "remove", "Team", "--app", "Mailer"])).code).toBe(0);
  expect(leakingFiles(dataDir, key)).toEqual([]);
});

test("exit codes tell states apart, and bad input changes nothing", async () => {
  const { dataDir, globals, env, run } = desk();
  await run(["app", "add", "Mailer", "--type", "email"]);
  const add = ["provider", "add", "Team", "--app", "Mailer", "--kind", "openai", "--key-stdin"];
  expect((await run(["frobnicate"])).code).toBe(2);
  expect((await run(["app", "add", "Mailer", "--type", "email"])).code).toBe(1);
  const format = await run(add, "not a key\n");
  expect([format.code, JSON.parse(format.err).error.code]).toEqual([1, "key-format"]);
  // The keyring slot, where there is no keyring.
  const keyring = await addonctl(["--data-dir", dataDir, "--json", ...add], { input: canary(), env });
  expect([keyring.code, JSON.parse(keyring.err).error.code]).toEqual([4, "keyring-missing"]);
  expect((await run(add, canary())).code).toBe(0);
  // A wrong passphrase.
  const wrong = join(scratch(), "wrong");
  writeFileSync(wrong, "wrong horse\n");
  const locked = await addonctl(
    [
      ...globals.slice(0, 5),
      "--passphrase-file",
      wrong,
      ...add.map((word) => (word === "Team" ? "Other" : word)),
    ],
    { input: canary(), env },
  );
  expect(locked.code).toBe(3);
  const serving = await start("addonctl", [...globals, "serve", "--port", "0"], env);
  const second = await addonctl([...globals, "serve", "--port", "0"], { env });
  expect([second.code, JSON.parse(second.err.trim().split("\n").at(-1) ?? "").error.code]).toEqual([
    7,
    "in-use",
  ]);
  const other = desk();
  const taken = await other.run(["serve", "--port", String(serving.first.port)]);
  expect([taken.code, JSON.parse(taken.err.trim().split("\n").at(-1) ?? "").error.code]).toEqual([
    8,
    "port-taken",
  ]);
  expect(JSON.parse((await run(["provider", "list", "--app", "Mailer"])).out).items).toHaveLength(1);
});
