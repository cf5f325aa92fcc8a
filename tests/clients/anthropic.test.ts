// Anthropic's clients for Python and Node against aimock, which takes the real key only, and Anthropic's own description.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canary } from "../support/canary";
import type { Client } from "../support/client";
import { type Desk, desk } from "../support/desk";
import { recorded } from "../support/expect";
import { type Aimock, aimock, GREETING, prism, stopPeers } from "../support/peers";
import { stopAll } from "../support/programs";
import { pythonClient, stopPython } from "../support/python";
import { anthropic } from "./node/anthropic";

const key = canary();
let proxy: Desk;
let models: Aimock;

beforeAll(async () => {
  const spec = prism("providers/anthropic/openapi.trimmed.json");
  [proxy, models] = await Promise.all([desk(), aimock(key)]);
  await proxy.provider("anthropic", "anthropic", models.url, [], key);
  await proxy.provider("described", "anthropic", await spec);
});

afterAll(async () => {
  stopPeers();
  stopPython();
  await stopAll();
  proxy.searchForKeys();
});

const clients: [string, Client][] = [
  ["Python", pythonClient("anthropic_client")],
  ["Node", anthropic],
];

describe.each(clients)("%s", (_, client) => {
  const call = async (action: string, more: object = {}) => {
    const ask = { base: proxy.through("anthropic"), key: proxy.token, action, ...more };
    return proxy.received(await client(ask));
  };
  const said = { text: GREETING, finish: "end_turn", usage: [4, 6] };

  test("messages, whole", async () => {
    expect(await call("chat")).toMatchObject({ ok: said });
    const usage = { prompt_tokens: 4, completion_tokens: 6, total_tokens: 10 };
    await recorded(proxy, { route: "pass-through", provider_kind: "anthropic", status: 200, usage });
  });

  test("messages, streamed", async () => {
    expect(await call("stream")).toMatchObject({ ok: said });
    await recorded(proxy, { streamed: true, status: 200, usage: { completion_tokens: 6 } });
  });

  test("tools, there and back", async () => {
    const called = ["weather", { city: "Rome" }];
    const outcome = await call("tools", { say: "weather?" });
    expect(outcome).toMatchObject({ ok: { call: called, text: "Sunny in Rome" } });
  });

  test("count_tokens and models, by Anthropic's own description", async () => {
    const base = proxy.through("described");
    expect(await call("count", { base })).toMatchObject({ ok: expect.any(Number) });
    expect(await call("models", { base })).toMatchObject({ ok: [expect.any(String)] });
    expect(await call("chat", { base })).toMatchObject({ ok: { text: expect.any(String) } });
  });

  test("a wrong session token never gets to aimock", async () => {
    const before = await models.served();
    const wrong = await call("chat", { key: "not-a-token" });
    expect(wrong).toMatchObject({ raised: { class: "AuthenticationError", status: 401 } });
    expect(wrong.raised?.message).not.toContain("Invalid API key");
    expect(await models.served()).toBe(before);
  });
});
