// A demo made with OpenAI's own clients: recorded once at aimock, carried to another machine as a file, and played there to
// the same clients, with no key that is worth anything and nobody to ask.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canary } from "../support/canary";
import type { Client, Outcome } from "../support/client";
import { type Desk, desk } from "../support/desk";
import { aimock, GREETING, stopPeers } from "../support/peers";
import { scratch, stopAll } from "../support/programs";
import { pythonClient, stopPython } from "../support/python";
import { openai } from "./node/openai";

/** Nobody listens there. */
const NOBODY = "http://127.0.0.1:9/v1";
const clients: [string, Client][] = [
  ["Python", pythonClient("openai_client")],
  ["Node", openai],
];
const acts: [string, object][] = [
  ["chat", {}],
  ["stream", {}],
  ["tools", { say: "weather?" }],
  ["stream-tools", { say: "weather?" }],
  ["responses", {}],
  ["stream-responses", {}],
  ["images", {}],
];
const first = new Map<string, Outcome>();
let there: Desk;

async function each(proxy: Desk, act: (name: string, outcome: Outcome) => void) {
  for (const [language, client] of clients) {
    for (const [action, more] of acts) {
      const ask = { base: `${proxy.through("openai")}/v1`, key: proxy.token, action, ...more };
      act(`${language}, ${action}`, proxy.received(await client(ask)));
    }
  }
}

beforeAll(async () => {
  const key = canary();
  const [here, models] = await Promise.all([desk(), aimock(key)]);
  await here.provider("openai", "openai", `${models.url}/v1`, [], key);
  await here.run(["tape", "record", "openai", "--set", "Spring demo"]);
  await each(here, (name, outcome) => first.set(name, outcome));
  await here.run(["tape", "stop", "openai"]);
  const folder = scratch();
  const [file, passphrase] = [join(folder, "demo.aoctapes"), join(folder, "passphrase")];
  writeFileSync(passphrase, "a passphrase for a colleague\n");
  const under = ["--export-passphrase-file", passphrase];
  await here.run(["tape", "export", "Spring demo", file, ...under]);
  stopPeers();
  there = await desk();
  await there.run(["tape", "import", file, ...under]);
  // Its type wants a key to be added: any text, which nobody is ever sent.
  await there.provider("openai", "openai", NOBODY);
  here.searchForKeys();
});

afterAll(async () => {
  stopPeers();
  stopPython();
  await stopAll();
  there.searchForKeys();
});

test("what was recorded is what the clients got", () => {
  expect(first.get("Node, stream")).toMatchObject({ ok: { text: GREETING, usage: [4, 6, 10] } });
  for (const [name, outcome] of first) expect(outcome, name).toHaveProperty("ok");
});

test("without the tapes nobody answers", async () => {
  const ask = { base: `${there.through("openai")}/v1`, key: there.token, action: "chat" };
  expect(await openai(ask)).toHaveProperty("raised");
  expect(await there.lastRow()).toMatchObject({ cause: "connection-refused", from_tape: false });
});

test.each([[[]], [["--fast"]]])("the same clients get the same answers from the tapes %j", async (more) => {
  await there.run(["tape", "play", "openai", "--set", "Spring demo", ...more]);
  await each(there, (name, outcome) => expect(outcome, name).toEqual(first.get(name)));
  expect(await there.lastRow()).toMatchObject({
    from_tape: true,
    status: 200,
    provider_kind: "openai",
  });
});

test("what nobody recorded is refused loudly, and the client says so", async () => {
  const ask = {
    base: `${there.through("openai")}/v1`,
    key: there.token,
    action: "chat",
    say: "Something new",
  };
  for (const [, client] of clients) {
    const { raised } = await client(ask);
    expect(raised).toMatchObject({ status: 502 });
    expect(await there.lastRow()).toMatchObject({ cause: "tape-miss" });
  }
});
