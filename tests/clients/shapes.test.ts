// What the official clients read through the proxy is what they read directly: recorded answers and streams, in pieces
// that cut through events and characters; every answer of the same bytes, every request too.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Alike, expectAlike } from "../support/alike";
import type { Client } from "../support/client";
import { type Desk, desk } from "../support/desk";
import { golden } from "../support/peers";
import { stopAll } from "../support/programs";
import { pythonClient, stopPython } from "../support/python";
import { pieces, type Said, type Standin, standin, stopStandins } from "../support/upstream";
import { anthropic } from "./node/anthropic";
import { openai } from "./node/openai";

let proxy: Desk;
const upstreams: Record<string, { standin: Standin; alike: Alike; base: string }> = {};

beforeAll(async () => {
  proxy = await desk();
  for (const kind of ["openai", "anthropic"]) {
    const server = await standin();
    const base = kind === "openai" ? `${server.url}/v1` : server.url;
    const key = await proxy.provider(kind, kind, base);
    upstreams[kind] = { standin: server, alike: new Alike(proxy, key, server, () => mark), base };
  }
});

afterAll(async () => {
  stopPython();
  stopStandins();
  await stopAll();
  proxy.searchForKeys();
});

let mark = "";
const clients: Record<string, [string, Client][]> = {
  openai: [
    ["Python", pythonClient("openai_client")],
    ["Node", openai],
  ],
  anthropic: [
    ["Python", pythonClient("anthropic_client")],
    ["Node", anthropic],
  ],
};

const recording = (path: string) => readFileSync(golden(`providers/${path}`));
const reply = (path: string): Said => ({ body: JSON.parse(recording(path).toString()) });
/** Read anew by each call. */
const stream = (path: string): Said => {
  const bytes = recording(path);
  const cut = Array.from({ length: Math.ceil(bytes.length / 97) }, (_, n) =>
    bytes.subarray(n * 97, (n + 1) * 97),
  );
  // Where upstream gives no id of its own the proxy gives one.
  return { headers: { "x-request-id": "req_1" }, body: { [Symbol.asyncIterator]: () => pieces(cut) } };
};
const model = (id: string) => ({ id, object: "model", type: "model", created: 1, owned_by: "x" });

const cases: [string, string, string, Said][] = [
  ["openai", "chat", "chat-text", reply("openai/replies/chat-text.json")],
  ["openai", "images", "images-generation", reply("openai/replies/images-generation.json")],
  ["openai", "models", "two", { body: { object: "list", data: [model("b"), model("a")] } }],
  ["openai", "stream", "text", stream("openai/streams/chat-stream-tool-then-text-usage.1.sse")],
  ["openai", "stream-tools", "tool", stream("openai/streams/chat-stream-tool-then-text-usage.0.sse")],
  ["openai", "stream-tools", "no usage", stream("openai/streams/chat-stream-tools-no-usage.sse")],
  ["openai", "stream", "filter results", stream("azure-openai/streams/chat-stream.sse")],
  ["openai", "stream", "error inside", stream("openai-compatible/streams/openrouter-stream-error.sse")],
  ["openai", "stream-responses", "text", stream("openai/streams/responses-background.sse")],
  ["openai", "stream-responses", "error inside", stream("openai/streams/responses-error.sse")],
  ["anthropic", "chat", "message-text", reply("anthropic/replies/message-text.json")],
  ["anthropic", "stream", "text", stream("anthropic/streams/stream-events-text.sse")],
  ["anthropic", "stream", "tool", stream("anthropic/streams/stream-events-tool-calls.sse")],
  ["anthropic", "stream", "short", stream("anthropic/streams/stream-short.sse")],
  ["anthropic", "stream", "refusal", stream("anthropic/streams/sdk-refusal-response.sse")],
  ["anthropic", "count", "nine", { body: { input_tokens: 9 } }],
  ["anthropic", "models", "one", { body: { data: [model("m")], has_more: false } }],
];

test.each(cases)("%s's clients, %s: %s", async (kind, action, name, said) => {
  const { alike, base } = upstreams[kind] ?? { alike: undefined, base: "" };
  const given = clients[kind] ?? [];
  expect(given).toHaveLength(2);
  for (const [language, client] of given) {
    mark = `${language} ${action} ${name}`;
    const through = proxy.through(kind) + (kind === "openai" ? "/v1" : "");
    const ways = await alike?.both(client, mark, [said], { base, key: "", action }, through);
    if (!ways) throw new Error("no such client");
    expectAlike(ways, 1);
    // A recording that says nothing to a client would prove nothing.
    if (!/error|refusal/.test(name)) expect(ways.direct.outcome).toHaveProperty("ok");
  }
});
