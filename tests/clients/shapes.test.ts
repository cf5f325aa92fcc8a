// What the official clients read is what they read directly: recorded streams to the byte, tools, responses, images,
// lists. And OpenAI's client in front of Anthropic reads tools and streams translated.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, desk } from "../support/desk";
import { stopAll } from "../support/programs";
import { call } from "../support/python";
import { type Said, type Standin, standin, stopStandins } from "../support/upstream";

const golden = (path: string) =>
  readFileSync(resolve(import.meta.dirname, "../golden/providers", path), "utf8");
let proxy: Desk;
let upstream: Standin;

beforeAll(async () => {
  proxy = await desk();
  upstream = await standin();
  await proxy.provider("openai", "openai", upstream.url);
  await proxy.provider("anthropic", "anthropic", upstream.url);
  await proxy.addon("ai-integration", "anthropic");
});

afterAll(async () => {
  proxy.searchForKeys("");
  await stopAll();
  await stopStandins();
});

/** In pieces that cut through events and characters. */
const pieces = (text: string) => text.match(/[\s\S]{1,97}/g) ?? [];
const toolCall = {
  ...{ id: "c", object: "chat.completion", created: 1, model: "m" },
  choices: [
    {
      index: 0,
      finish_reason: "tool_calls",
      message: {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "t", type: "function", function: { name: "weather", arguments: '{"city":"Rome"}' } },
        ],
      },
    },
  ],
};
const anthropicTool = {
  ...{ id: "msg_1", type: "message", role: "assistant", model: "claude-haiku-5-5", stop_reason: "tool_use" },
  content: [{ type: "tool_use", id: "t", name: "weather", input: { city: "Rome" } }],
  usage: { input_tokens: 3, output_tokens: 4 },
};

test.each([
  ["openai", "openai", "tools", { body: toolCall }],
  [
    "openai",
    "openai",
    "stream",
    { body: pieces(golden("openai/streams/chat-stream-tool-then-text-usage.1.sse")) },
  ],
  ["openai", "openai", "images", { body: { created: 1, data: [{ b64_json: "aGk=" }] } }],
  [
    "openai",
    "openai",
    "models",
    {
      body: {
        object: "list",
        data: [
          { id: "b", object: "model" },
          { id: "a", object: "model" },
        ],
      },
    },
  ],
  ["anthropic", "anthropic", "stream", { body: pieces(golden("anthropic/streams/stream-events-text.sse")) }],
  ["anthropic", "anthropic", "count", { body: { input_tokens: 9 } }],
  ["anthropic", "anthropic", "models", { body: { data: [{ id: "m", type: "model" }], has_more: false } }],
] as [string, string, string, Said][])("%s's client, %s: %s", async (client, provider, action, said) => {
  upstream.answer(() => said);
  const direct = await call(client, upstream.url, "direct-key", action);
  const proxied = await call(client, `${proxy.url}/providers/${provider}`, proxy.token, action);
  expect(direct).toHaveProperty("ok");
  expect(proxied).toEqual(direct);
  const [own, passed] = upstream.asked.slice(-2);
  expect(passed?.body).toBe(own?.body);
});

test("a recorded stream arrives to the byte", async () => {
  const recorded = golden("openai/streams/chat-stream-tool-then-text-usage.1.sse");
  upstream.answer(() => ({ body: pieces(recorded) }));
  const reply = await fetch(`${proxy.url}/providers/openai/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${proxy.token}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "m", messages: [], stream: true }),
  });
  expect(await reply.text()).toBe(recorded);
});

test("OpenAI's client in front of Anthropic: tools and streams translated", async () => {
  upstream.answer(() => ({ body: anthropicTool }));
  expect(await call("openai", `${proxy.url}/v1`, proxy.token, "tools")).toEqual({
    ok: [["weather", { city: "Rome" }]],
  });
  expect(JSON.parse(upstream.asked.at(-1)?.body ?? "")).toMatchObject({
    max_tokens: 8192,
    tools: [{ name: "weather", input_schema: { type: "object" } }],
    tool_choice: { type: "auto" },
  });
  upstream.answer(() => ({ body: pieces(golden("anthropic/streams/stream-events-text.sse")) }));
  const direct = await call("anthropic", upstream.url, "direct-key", "stream");
  const translated = await call("openai", `${proxy.url}/v1`, proxy.token, "stream");
  expect(direct).toHaveProperty("ok");
  expect((translated as { ok: { text: string; total: number } }).ok.text).toBe(
    (direct as { ok: { text: string } }).ok.text,
  );
  expect((translated as { ok: { total: number } }).ok.total).toBeGreaterThan(0);
});
