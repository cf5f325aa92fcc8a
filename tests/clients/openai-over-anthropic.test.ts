// OpenAI's clients in front of Anthropic: the application's writing provider in OpenAI's dialect, translated both ways.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canary } from "../support/canary";
import type { Client } from "../support/client";
import { type Desk, desk } from "../support/desk";
import { recorded } from "../support/expect";
import { type Aimock, aimock, GREETING, golden, stopPeers } from "../support/peers";
import { stopAll } from "../support/programs";
import { pythonClient, stopPython } from "../support/python";
import { endless, pieces, type Said, type Standin, standin, stopStandins } from "../support/upstream";
import { anthropic } from "./node/anthropic";
import { openai } from "./node/openai";

const key = canary();
let proxy: Desk;
let models: Aimock;
let upstream: Standin;

beforeAll(async () => {
  [proxy, models, upstream] = await Promise.all([desk(), aimock(key), standin()]);
  await proxy.provider("aimock", "anthropic", models.url, [], key);
  await proxy.provider("scripted", "anthropic", upstream.url);
});

afterAll(async () => {
  stopPeers();
  stopPython();
  stopStandins();
  await stopAll();
  proxy.searchForKeys();
});

const clients: [string, Client][] = [
  ["Python", pythonClient("openai_client")],
  ["Node", openai],
];

const event = (type: string, data: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
const begun = [
  event("message_start", {
    message: {
      ...{ id: "msg_1", type: "message", role: "assistant", model: "m", content: [] },
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  }),
  event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
  event("content_block_delta", { index: 0, delta: { type: "text_delta", text: "Hel" } }),
];

describe.each(clients)("%s", (_, client) => {
  const call = async (action: string, more: object = {}) =>
    proxy.received(
      await client({ base: `${proxy.url}/v1`, key: proxy.token, model: "default", action, ...more }),
    );

  describe("against aimock", () => {
    beforeAll(() => proxy.addon("ai-integration", "aimock"));

    test("chat, whole and streamed", async () => {
      const said = { text: GREETING, finish: "stop", usage: [4, 6, 10] };
      expect(await call("chat")).toMatchObject({ ok: said });
      const row = { route: "chat-completions", provider_kind: "anthropic", status: 200 };
      await recorded(proxy, { ...row, streamed: false, usage: { total_tokens: 10 } });
      expect(await call("stream")).toMatchObject({ ok: said });
      await recorded(proxy, { ...row, streamed: true });
    });

    test("tools, there and back, and streamed", async () => {
      const called = ["weather", { city: "Rome" }];
      const there = await call("tools", { say: "weather?" });
      expect(there).toMatchObject({ ok: { call: called, text: "Sunny in Rome" } });
      const streamed = await call("stream-tools", { say: "weather?" });
      expect(streamed).toMatchObject({ ok: { call: called, finish: "tool_calls" } });
    });

    test("the list of models, and a wrong session token", async () => {
      expect(await call("models")).toMatchObject({ ok: ["claude-haiku-5-5"] });
      const before = await models.served();
      const wrong = await call("chat", { key: "not-a-token" });
      expect(wrong).toMatchObject({ raised: { class: "AuthenticationError", status: 401 } });
      expect(await models.served()).toBe(before);
    });
  });

  describe("against recordings and failures", () => {
    beforeAll(() => proxy.addon("ai-integration", "scripted"));

    test.each(["stream-events-text", "stream-short"])(
      "the recorded stream %s says to OpenAI's client what it says to Anthropic's",
      async (name) => {
        const bytes = readFileSync(golden(`providers/anthropic/streams/${name}.sse`));
        // Split where no event and no character ends.
        const split = () =>
          pieces(
            bytes
              .toString("latin1")
              .match(/[\s\S]{1,37}/g)
              ?.map(latin) ?? [],
          );
        upstream.answer(() => ({ body: split() }));
        const base = proxy.through("scripted");
        const wanted = await anthropic({ base, key: proxy.token, action: "stream" });
        expect(wanted).toHaveProperty("ok");
        const { text, usage } = wanted.ok as { text: string; usage: number[] };
        const { ok } = await call("stream");
        const total = (usage[0] ?? 0) + (usage[1] ?? 0);
        expect(ok).toMatchObject({ text, usage: [usage[0], usage[1], total] });
      },
    );

    test("a request arrives in Anthropic's words", async () => {
      const before = upstream.asked.length;
      const body = {
        ...{ id: "msg_1", type: "message", role: "assistant", model: "m", stop_reason: "tool_use" },
        content: [{ type: "tool_use", id: "t", name: "weather", input: { city: "Rome" } }],
        usage: { input_tokens: 3, output_tokens: 4 },
      };
      upstream.answer(() => ({ body }));
      expect(await call("tools")).toMatchObject({ ok: { call: ["weather", { city: "Rome" }] } });
      const [first, second] = upstream.asked.slice(before).map((asked) => JSON.parse(asked.body));
      const question = { role: "user", content: [{ type: "text", text: "hello" }] };
      expect(first).toMatchObject({
        model: "claude-haiku-5-5",
        max_tokens: 8192,
        messages: [question],
        tools: [{ name: "weather", input_schema: { type: "object" } }],
        tool_choice: { type: "auto" },
      });
      expect(second.messages).toMatchObject([
        question,
        {
          role: "assistant",
          content: [{ type: "tool_use", id: "t", name: "weather", input: { city: "Rome" } }],
        },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: "sunny" }] },
      ]);
    });

    test("a recorded call of a tool, in pieces", async () => {
      const bytes = readFileSync(golden("providers/anthropic/streams/sdk-tool-use-response.sse"));
      upstream.answer(() => ({ body: pieces([bytes]) }));
      const called = { call: ["get_weather", { location: "Paris" }], finish: "tool_calls" };
      expect(await call("stream-tools")).toMatchObject({ ok: called });
    });

    test("a recorded call of a tool that takes nothing", async () => {
      const bytes = readFileSync(golden("providers/anthropic/streams/stream-events-tool-calls.sse"));
      upstream.answer(() => ({ body: pieces([bytes]) }));
      const called = { call: ["pelican_name_generator", {}], finish: "tool_calls" };
      expect(await call("stream-tools")).toMatchObject({ ok: called });
    });

    const says = (status: number, type: string, message = "It failed."): Said => ({
      status,
      headers: { "retry-after-ms": "1" },
      body: { type: "error", error: { type, message }, request_id: "req_1" },
    });
    test.each([
      [400, "invalid_request_error", "InternalServerError", 502, "upstream-rejected"],
      [401, "authentication_error", "InternalServerError", 502, "key-rejected"],
      [404, "not_found_error", "InternalServerError", 502, "model-unknown"],
      [429, "rate_limit_error", "RateLimitError", 429, "rate-limited"],
      [500, "api_error", "InternalServerError", 502, "upstream-error"],
      [529, "overloaded_error", "InternalServerError", 503, "upstream-overloaded"],
    ])("%s %s", async (status, type, kind, given, code) => {
      upstream.answer(() => says(status, type, "model: claude-none"));
      const { raised } = await call("chat");
      expect(raised).toMatchObject({ class: kind, status: given, code });
      await recorded(proxy, { status: given, upstream_status: status, cause: code });
    });

    test.each([
      [401, "authentication_error"],
      [404, "not_found_error"],
    ])("what cannot get better is asked once: %s", async (status, type) => {
      const before = upstream.asked.length;
      upstream.answer(() => says(status, type, "model: claude-none"));
      await call("chat");
      expect(upstream.asked.length - before).toBe(1);
    });

    test("a busy provider is not asked by the proxy's tries times the client's", async () => {
      const before = upstream.asked.length;
      upstream.answer(() => says(529, "overloaded_error"));
      await call("chat");
      expect(upstream.asked.length - before).toBeLessThanOrEqual(3);
    });

    test.each([
      ["overloaded", event("error", { error: { type: "overloaded_error", message: "Overloaded" } })],
      ["cut", ""],
    ])("a stream that fails in the middle: %s", async (name, last) => {
      const cut = name === "cut" ? ("inside" as const) : undefined;
      upstream.answer(() => ({ body: pieces([...begun, last]), cut }));
      const { ok, raised } = await call("stream");
      expect(ok).toBeUndefined();
      const code = name === "cut" ? "stream-cut" : "upstream-overloaded";
      expect(raised).toMatchObject({ class: "APIError", code });
      await recorded(proxy, { streamed: true, cause: code });
    });

    test("a client that goes away closes the connection upstream", async () => {
      const gone: Promise<boolean>[] = [];
      upstream.answer((asked) => {
        gone.push(asked.over);
        return { body: endless(asked, begun) };
      });
      expect(await call("abort")).toHaveProperty("ok");
      expect(await Promise.all(gone)).toEqual([true]);
      await recorded(proxy, { streamed: true, cause: "client-gone" });
    });
  });
});

function latin(text: string): Buffer {
  return Buffer.from(text, "latin1");
}
