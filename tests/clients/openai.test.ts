// OpenAI's clients for Python and Node, with only base URL and key changed, against aimock, which takes the real key only.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canary } from "../support/canary";
import type { Client } from "../support/client";
import { type Desk, desk } from "../support/desk";
import { recorded } from "../support/expect";
import { type Aimock, aimock, GREETING, PICTURE, stopPeers } from "../support/peers";
import { stopAll } from "../support/programs";
import { pythonClient, stopPython } from "../support/python";
import { openai } from "./node/openai";

const keys = [canary(), canary()] as const;
let proxy: Desk;
let models: Aimock;
let local: Aimock;

beforeAll(async () => {
  [proxy, models, local] = await Promise.all([desk(), aimock(keys[0]), aimock(keys[1])]);
  await proxy.provider("openai", "openai", `${models.url}/v1`, [], keys[0]);
  await proxy.provider("local", "openai-compatible", `${local.url}/v1`, ["--model", "llama4"], keys[1]);
});

afterAll(async () => {
  stopPeers();
  stopPython();
  await stopAll();
  proxy.searchForKeys();
});

const clients: [string, Client][] = [
  ["Python", pythonClient("openai_client")],
  ["Node", openai],
];

describe.each(clients)("%s", (_, client) => {
  const call = async (action: string, more: object = {}) => {
    const ask = { base: `${proxy.through("openai")}/v1`, key: proxy.token, action, ...more };
    return proxy.received(await client(ask));
  };

  test.each(["openai", "openai/v1", "local", "local/v1"])("chat by /providers/%s", async (name) => {
    const said = { text: GREETING, finish: "stop", usage: [4, 6, 10] };
    expect(await call("chat", { base: proxy.through(name) })).toMatchObject({ ok: said });
    await recorded(proxy, {
      route: "pass-through",
      provider_kind: name.startsWith("local") ? "openai-compatible" : "openai",
      status: 200,
      streamed: false,
      usage: { prompt_tokens: 4, completion_tokens: 6, total_tokens: 10 },
    });
    expect(await call("stream", { base: proxy.through(name) })).toMatchObject({ ok: said });
    await recorded(proxy, { streamed: true, usage: { total_tokens: 10 } });
  });

  test("tools, there and back, and streamed", async () => {
    const called = ["weather", { city: "Rome" }];
    const there = await call("tools", { say: "weather?" });
    expect(there).toMatchObject({ ok: { call: called, text: "Sunny in Rome" } });
    const streamed = await call("stream-tools", { say: "weather?" });
    expect(streamed).toMatchObject({ ok: { call: called, finish: "tool_calls" } });
  });

  test("the list of models is the one a direct call gets", async () => {
    const direct = await client({ base: `${models.url}/v1`, key: keys[0], action: "models" });
    expect(direct).toMatchObject({ ok: expect.arrayContaining(["gpt-4o"]) });
    expect(await call("models")).toEqual(direct);
  });

  test("responses, whole and streamed", async () => {
    expect(await call("responses")).toMatchObject({ ok: { text: GREETING, usage: [4, 6] } });
    await recorded(proxy, { usage: { prompt_tokens: 4, completion_tokens: 6 } });
    const streamed = { text: GREETING, last: "response.completed", usage: [4, 6] };
    expect(await call("stream-responses")).toMatchObject({ ok: streamed });
    await recorded(proxy, { streamed: true, usage: { total_tokens: 10 } });
  });

  test("images", async () => {
    expect(await call("images")).toMatchObject({ ok: [PICTURE] });
    await recorded(proxy, { images: 1, status: 200 });
  });

  test("a wrong session token, or the wrong provider's name, never gets to aimock", async () => {
    const before = await models.served();
    const wrong = await call("chat", { key: "not-a-token" });
    expect(wrong).toMatchObject({ raised: { class: "AuthenticationError", status: 401 } });
    expect(wrong.raised?.message).not.toContain("Invalid API key");
    const nowhere = await call("chat", { base: `${proxy.url}/providers/nobody/v1` });
    expect(nowhere).toMatchObject({ raised: { class: "NotFoundError", status: 404 } });
    expect(await models.served()).toBe(before);
  });

  test("the application's default model in OpenAI's dialect", async () => {
    for (const provider of ["openai", "local"]) {
      const provider_kind = provider === "local" ? "openai-compatible" : "openai";
      await proxy.addon("ai-integration", provider);
      const more = { base: `${proxy.url}/v1`, model: "default" };
      const said = { text: GREETING, finish: "stop", usage: [4, 6, 10] };
      expect(await call("chat", more)).toMatchObject({ ok: said });
      await recorded(proxy, { route: "chat-completions", provider_kind, status: 200 });
      expect(await call("stream", more)).toMatchObject({ ok: said });
      const called = await call("tools", { ...more, say: "weather?" });
      expect(called).toMatchObject({ ok: { call: ["weather", { city: "Rome" }], text: "Sunny in Rome" } });
      const [id] = (await call("models", more)).ok as string[];
      expect(id).toBe(provider === "local" ? "llama4" : "gpt-6-luna");
    }
  });
});
