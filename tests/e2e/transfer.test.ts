// Export and import by `addonctl`: settings without a key in them, keys in a file that the ordinary `age` tool opens, and
// files from elsewhere. A key ends where it belongs or nowhere.
import { spawn } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { canary, leakingFiles, leaks } from "../support/canary";
import { addonctl, provider, scratch, start, stopAll } from "../support/programs";

afterEach(stopAll);

const ORIGIN = "http://localhost:3000";

function machine(name: string, home: string, ca: string) {
  const env: NodeJS.ProcessEnv = {
    DISPLAY: "",
    WAYLAND_DISPLAY: "",
    DBUS_SESSION_BUS_ADDRESS: "",
    SSL_CERT_FILE: ca,
  };
  const dataDir = join(home, name);
  const globals = [
    "--data-dir",
    dataDir,
    "--json",
    "--custody",
    "key-file",
    "--key-file",
    join(home, `${name}.key`),
  ];
  let said = "";
  const run = async (words: string[], input = "") => {
    const ran = await addonctl([...globals, ...words], { input, env });
    said += ran.out + ran.err;
    return ran;
  };
  return { dataDir, globals, env, run, said: () => said };
}

/** What the ordinary `age` tool makes of a file. It reads passphrases from a terminal only, so it gets one. */
function age(file: string, passphrase: string): Promise<string> {
  const child = spawn("script", ["-qec", `age -d ${file}`, "/dev/null"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let said = "";
  let asked = false;
  return new Promise((done) => {
    child.stdout.on("data", (bytes) => {
      said += bytes;
      if (!asked && said.includes("passphrase")) {
        asked = true;
        child.stdin.write(`${passphrase}\n`);
      }
    });
    child.once("close", () => done(said));
  });
}

test("settings and keys move to another machine, each in its own file", async () => {
  const key = canary();
  const upstream = await provider(key);
  const home = scratch();
  const one = machine("one", home, upstream.ca);
  expect((await one.run(["app", "add", "Mailer", "--type", "email", "--origin", ORIGIN])).code).toBe(0);
  const add = ["provider", "add", "Team", "--app", "Mailer", "--kind", "openai", "--base-url", upstream.url];
  expect((await one.run([...add, "--key-stdin"], `${key}\n`)).code).toBe(0);
  expect((await one.run(["addon", "install", "ai-integration", "--app", "Mailer"])).code).toBe(0);
  expect(
    (await one.run(["addon", "enable", "ai-integration", "--app", "Mailer", "--provider", "Team"])).code,
  ).toBe(0);

  const at = (name: string) => join(home, name);
  const [settings, keys, pass, wrong] = [at("settings.json"), at("keys.age"), at("pass"), at("wrong")];
  writeFileSync(pass, "a passphrase for the file\n");
  writeFileSync(wrong, "another passphrase\n");
  expect((await one.run(["export", settings])).code).toBe(0);
  expect((await one.run(["export", settings])).code).toBe(1);
  expect((await one.run(["export", "--keys", keys])).code).toBe(1);
  expect((await one.run(["export", "--keys", keys, "--export-passphrase-file", pass])).code).toBe(0);
  for (const file of [settings, keys]) expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(leaks(readFileSync(settings, "utf8") + readFileSync(keys, "latin1"), key)).toEqual([]);
  expect(readFileSync(settings, "utf8")).not.toMatch(/secret|tail/);
  expect(await age(keys, "a passphrase for the file")).toContain(`"key": "${key}"`);
  expect(await age(keys, "another passphrase")).not.toContain(key.slice(0, 8));
  expect(JSON.parse((await one.run(["audit", "list", "--limit", "1"])).out).items[0].act).toBe(
    "keys-exported",
  );

  const two = machine("two", home, upstream.ca);
  const preview = JSON.parse((await two.run(["import", settings, "--dry-run"])).out);
  expect(preview.changes.map((each: { verdict: string }) => each.verdict)).toEqual([
    "unchanged",
    "added",
    "added",
    "added",
  ]);
  expect(JSON.parse((await two.run(["app", "list"])).out).items).toEqual([]);
  // Keys have nowhere to go before the settings are there.
  const early = JSON.parse((await two.run(["import", keys, "--export-passphrase-file", pass])).out);
  expect([early.changes, early.ignored]).toEqual([[], [{ name: "Mailer / Team", why: "no-such-provider" }]]);
  expect((await two.run(["import", settings])).code).toBe(0);
  expect((await two.run(["import", keys, "--export-passphrase-file", wrong])).code).toBe(3);
  expect((await two.run(["import", keys])).code).toBe(1);
  expect((await two.run(["import", keys, "--export-passphrase-file", pass])).code).toBe(0);
  const again = JSON.parse((await two.run(["import", settings])).out);
  expect(new Set(again.changes.map((each: { verdict: string }) => each.verdict))).toEqual(
    new Set(["unchanged"]),
  );

  const served = await start("addonctl", [...two.globals, "serve", "--port", "0"], two.env);
  const token = JSON.parse(
    (await two.run(["token", "--app", "Mailer", "--uid", "u", "--origin", ORIGIN])).out,
  );
  const reply = await fetch(`${served.first.url}/v1/ai/text`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token.access_token}`,
      "content-type": "application/json",
      origin: ORIGIN,
    },
    body: JSON.stringify({
      handle: "ai-integration",
      module: { uuid: "m", type: "TITLE", content: "", isDefault: true },
      prompt: "Spring sale",
    }),
  });
  expect(reply.status).toBe(200);
  expect(upstream.requests().at(-1)?.headers.authorization).toBe(`Bearer ${key}`);
  for (const each of [one, two]) {
    expect(leakingFiles(each.dataDir, key)).toEqual([]);
    expect(leaks(each.said(), key)).toEqual([]);
  }
});

test("an edited file sends no key elsewhere, and bad files change nothing", async () => {
  const home = scratch();
  const key = canary();
  const desk = machine("one", home, "");
  await desk.run(["app", "add", "Mailer", "--type", "email"]);
  const file = (name: string, text: string) => {
    writeFileSync(join(home, name), text);
    return join(home, name);
  };
  const env = file(".env", `OPENAI_API_KEY="${key}"\nUNKNOWN=1\n`);
  expect((await desk.run(["import", env])).code).toBe(1);
  const read = JSON.parse((await desk.run(["import", env, "--app", "Mailer"])).out);
  expect(read.ignored).toEqual([{ name: "UNKNOWN", why: "unknown-name" }]);
  const settings = join(home, "settings.json");
  await desk.run(["export", settings]);
  const edited = file(
    "edited.json",
    readFileSync(settings, "utf8").replace("api.openai.com", "evil.example"),
  );
  const preview = JSON.parse((await desk.run(["import", edited])).out);
  expect(preview.changes.find((each: { subject: string }) => each.subject === "provider").verdict).toBe(
    "conflict",
  );
  const { items } = JSON.parse((await desk.run(["provider", "list", "--app", "Mailer"])).out);
  expect(items[0].base_url).toContain("api.openai.com");
  for (const bad of [
    "{",
    '{"format":"addon-console/settings/v9"}',
    '{"format":"addon-console/settings/v1","typo":1}',
  ]) {
    expect((await desk.run(["import", file("bad.json", bad)])).code).toBe(1);
  }
  const config = file(
    "config.yaml",
    "model_list:\n- model_name: claude\n  litellm_params: {model: anthropic/c-1, api_key: os.environ/HOME}\n",
  );
  const lite = JSON.parse((await desk.run(["import", config, "--app", "Mailer"])).out);
  expect(lite.ignored).toEqual([{ name: "HOME", why: "in-environment" }]);
  expect(leaks(desk.said(), key)).toEqual([]);
  expect(leakingFiles(desk.dataDir, key)).toEqual([]);
});
