// Azure OpenAI's clients for Python and Node by both of its surfaces: against aimock, and against exact failures.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Alike, expectAlike } from "../support/alike";
import { canary } from "../support/canary";
import type { Client } from "../support/client";
import { type Desk, desk } from "../support/desk";
import { recorded } from "../support/expect";
import { type Aimock, aimock, GREETING, stopPeers } from "../support/peers";
import { stopAll } from "../support/programs";
import { pythonClient, stopPython } from "../support/python";
import { type Asked, type Said, type Standin, standin, stopStandins } from "../support/upstream";
import { openai } from "./node/openai";

const key = canary();
let proxy: Desk;
let models: Aimock;
let upstream: Standin;
let alike: Alike;

beforeAll(async () => {
  [proxy, models, upstream] = await Promise.all([desk(), aimock(key), standin()]);
  const deployment = ["--deployment", "my-gpt", "--option", "api-version=2024-10-21"];
  await proxy.provider("azure", "azure-openai", models.url, deployment, key);
  const other = await proxy.provider("scripted", "azure-openai", upstream.url, deployment);
  // Azure's deployments stand in the path on one surface and in the body on the other.
  const markOf = ({ path, body }: Asked) =>
    /deployments\/([^/]+)\//.exec(path)?.[1] ?? String(JSON.parse(body).model);
  alike = new Alike(proxy, other, upstream, markOf);
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
const dated = { api_version: "2024-10-21" };

describe.each(clients)("%s", (language, client) => {
  test("the dated surface against aimock", async () => {
    const ask = { base: proxy.through("azure"), key: proxy.token, model: "my-gpt", ...dated };
    const said = { ok: { text: GREETING, finish: "stop", usage: [4, 6, 10] } };
    expect(proxy.received(await client({ ...ask, action: "chat" }))).toMatchObject(said);
    await recorded(proxy, { provider_kind: "azure-openai", status: 200, usage: { total_tokens: 10 } });
    expect(proxy.received(await client({ ...ask, action: "stream" }))).toMatchObject(said);
    await recorded(proxy, { streamed: true, usage: { total_tokens: 10 } });
    const called = await client({ ...ask, action: "tools", say: "weather?" });
    expect(called).toMatchObject({ ok: { call: ["weather", { city: "Rome" }], text: "Sunny in Rome" } });
    const before = await models.served();
    const wrong = await client({ ...ask, action: "chat", key: "not-a-token" });
    expect(wrong).toMatchObject({ raised: { class: "AuthenticationError", status: 401 } });
    expect(await models.served()).toBe(before);
  });

  test("the writing provider's dialect in front of Azure", async () => {
    await proxy.addon("ai-integration", "azure");
    const ask = { base: `${proxy.url}/v1`, key: proxy.token, model: "default" };
    for (const action of ["chat", "stream"]) {
      const outcome = proxy.received(await client({ ...ask, action }));
      expect(outcome).toMatchObject({ ok: { text: GREETING, finish: "stop", usage: [4, 6, 10] } });
      await recorded(proxy, { route: "chat-completions", provider_kind: "azure-openai" });
    }
  });

  const says = (status: number, code: string, headers = {}): Said => ({
    status,
    headers: { "x-request-id": "r-1", "apim-request-id": "0123", "x-ms-region": "West Europe", ...headers },
    body: { error: { code, message: "It failed." } },
  });
  const filtered: Said = {
    status: 400,
    headers: { "x-request-id": "r-2" },
    body: {
      error: {
        message: "The response was filtered",
        type: null,
        param: "prompt",
        code: "content_filter",
        status: 400,
        innererror: { code: "ResponsibleAIPolicyViolation" },
      },
    },
  };
  const good: Said = {
    body: {
      ...{ id: "c", object: "chat.completion", created: 1, model: "m" },
      choices: [
        {
          ...{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hi" } },
          content_filter_results: { hate: { filtered: false, severity: "safe" } },
        },
      ],
      prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }],
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    },
  };
  const cases: [string, Said[], number][] = [
    ["good", [good], 1],
    ["401", [says(401, "401")], 1],
    ["404", [says(404, "DeploymentNotFound")], 1],
    ["filter", [filtered], 1],
    ["429", [says(429, "429", { "retry-after": "1" })], 3],
    ["429-ms", [says(429, "429", { "retry-after-ms": "20" }), good], 2],
    ["500", [says(500, "InternalServerError")], 3],
  ];

  test.concurrent.each(cases)("the dated surface: %s", async (name, script, tries) => {
    const model = `${language}-dated-${name}`;
    const ask = { base: upstream.url, key: "", action: "chat", model, ...dated };
    const ways = await alike.both(client, model, script, ask, proxy.through("scripted"));
    expectAlike(ways, tries);
    const path = `/openai/deployments/${model}/chat/completions?api-version=2024-10-21`;
    expect(ways.direct.tries[0]?.path).toBe(path);
    expect(ways.proxied.tries[0]?.path).toBe(path);
  });

  test.concurrent.each(cases)("the v1 surface: %s", async (name, script, tries) => {
    const model = `${language}-v1-${name}`;
    const ask = { base: `${upstream.url}/openai/v1`, key: "", action: "chat", model };
    const ways = await alike.both(client, model, script, ask, `${proxy.through("scripted")}/openai/v1`);
    expectAlike(ways, tries);
    expect(ways.proxied.tries[0]?.path).toBe("/openai/v1/chat/completions");
    // Whatever the client calls it, Azure gets its key where it wants it.
    expect(ways.proxied.tries[0]?.headers).toHaveProperty("api-key");
  });
});
