// A headless proxy with one application, set up by `addonctl` alone, for clients to call. Knows no test.
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canary, leakingFiles, leaks } from "./canary";
import { addonctl, type Started, scratch, start } from "./programs";

const ORIGIN = "http://localhost:3000";

export interface Desk {
  /** `http://127.0.0.1:PORT`. */
  url: string;
  token: string;
  /** Where a provider's own API is passed on. */
  through: (provider: string) => string;
  /** Runs `addonctl`; its reply. Throws what it said when it failed. */
  run: (words: string[], input?: string) => Promise<Record<string, unknown>>;
  /** Adds a provider with a new canary key (or the one given), and gives the key. */
  provider: (name: string, kind: string, url: string, more?: string[], key?: string) => Promise<string>;
  /** Installs an AddOn and switches it on with these providers. */
  addon: (handle: string, ...providers: string[]) => Promise<void>;
  /** Calls an AddOn's route as the host app's back end would. */
  post: (path: string, body: unknown) => Promise<{ status: number; json: Record<string, unknown> }>;
  /** The newest row of activity. */
  lastRow: () => Promise<Record<string, unknown>>;
  /** Keeps what a client was given, to be searched for keys. */
  received: <T>(what: T) => T;
  /** Searches what was received, all output, the logs and the data directory, best once all is stopped. Throws where a key is. */
  searchForKeys: () => void;
}

export async function desk(): Promise<Desk> {
  const home = scratch();
  const file = join(home, "passphrase");
  writeFileSync(file, "correct horse\n");
  const dataDir = join(mkdtempSync(join(home, "d")), "data");
  const globals = ["--data-dir", dataDir, "--json", "--custody", "passphrase", "--passphrase-file", file];
  const env = { DISPLAY: "", WAYLAND_DISPLAY: "", DBUS_SESSION_BUS_ADDRESS: "" };
  const keys: string[] = [];
  let said = "";
  let received = "";
  const run = async (words: string[], input = "") => {
    const ran = await addonctl([...globals, ...words], { input, env });
    said += ran.out + ran.err;
    if (ran.code !== 0) throw new Error(`addonctl ${words.join(" ")}: ${ran.err}`);
    return JSON.parse(ran.out) as Record<string, unknown>;
  };
  await run(["app", "add", "Mailer", "--type", "email", "--origin", ORIGIN]);
  const served: Started = await start("addonctl", [...globals, "serve", "--port", "0"], env);
  const url = String(served.first.url);
  const { access_token } = await run(["token", "--app", "Mailer", "--uid", "ada", "--origin", ORIGIN]);
  const token = String(access_token);
  return {
    url,
    token,
    through: (provider) => `${url}/providers/${provider}`,
    run,
    async provider(name, kind, base, more = [], key = canary()) {
      keys.push(key);
      const add = ["provider", "add", name, "--app", "Mailer", "--kind", kind, "--base-url", base];
      await run([...add, ...more, "--key-stdin"], `${key}\n`);
      return key;
    },
    async addon(handle, ...providers) {
      await run(["addon", "install", handle, "--app", "Mailer"]);
      const chosen = providers.flatMap((name) => ["--provider", name]);
      await run(["addon", "enable", handle, "--app", "Mailer", ...chosen]);
    },
    async post(path, body) {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const reply = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
      const text = await reply.text();
      received += JSON.stringify([...reply.headers]) + text;
      return { status: reply.status, json: JSON.parse(text) as Record<string, unknown> };
    },
    async lastRow() {
      const { items } = (await run(["activity", "--limit", "1"])) as { items: Record<string, unknown>[] };
      if (!items[0]) throw new Error("no call was recorded");
      return items[0];
    },
    received(what) {
      received += JSON.stringify(what);
      return what;
    },
    searchForKeys() {
      if (received.length === 0) throw new Error("nothing was received: a search of nothing proves nothing");
      for (const key of keys) {
        const found = [...leaks(said + served.said() + received, key), ...leakingFiles(dataDir, key)];
        if (found.length > 0) throw new Error(`a key leaked: ${found.join(", ")}`);
      }
    },
  };
}
