// What OpenAI's clients make of failures: the same through the proxy as directly, down to the number of tries.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Alike, expectAlike } from "../support/alike";
import type { Client } from "../support/client";
import { type Desk, desk } from "../support/desk";
import { recorded } from "../support/expect";
import { stopAll } from "../support/programs";
import { pythonClient, stopPython } from "../support/python";
import { endless, pieces, type Said, type Standin, standin, stopStandins } from "../support/upstream";
import { openai } from "./node/openai";

let proxy: Desk;
let upstream: Standin;
let alike: Alike;

beforeAll(async () => {
  [proxy, upstream] = await Promise.all([desk(), standin()]);
  const key = await proxy.provider("openai", "openai", `${upstream.url}/v1`);
  const marks = (body: string) => JSON.parse(body).model as string;
  alike = new Alike(proxy, key, upstream, ({ body }) => marks(body));
});

afterAll(async () => {
  stopPython();
  stopStandins();
  await stopAll();
  proxy.searchForKeys();
});

const clients: [string, Client][] = [
  ["Python", pythonClient("openai_client")],
  ["Node", openai],
];

const failed = (code: string | null, type = "invalid_request_error", param: string | null = null) => ({
  error: { message: "It failed.", type, param, code },
});
const id = { "x-request-id": "req_0123456789" };
const says = (status: number, body: Said["body"], headers = {}): Said => ({
  status,
  body,
  headers: { ...id, ...headers },
});
const good = says(200, {
  ...{ id: "c", object: "chat.completion", created: 1, model: "m" },
  choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
});
const limit = { "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s" };
const later = new Date(Date.now() + 1_000).toUTCString();

/** What it is, what upstream says, how often a client asks, what the client comes to. */
const cases: [string, Said[], number, string][] = [
  ["400", [says(400, failed("unsupported_parameter", undefined, "max_tokens"))], 1, "BadRequestError"],
  ["401", [says(401, failed("invalid_api_key"))], 1, "AuthenticationError"],
  ["403", [says(403, failed("unsupported_country_region_territory"))], 1, "PermissionDeniedError"],
  ["404", [says(404, failed("model_not_found"))], 1, "NotFoundError"],
  ["408", [says(408, failed(null, "timeout"))], 3, "APIError|APIStatusError"],
  ["409", [says(409, failed(null, "conflict"))], 3, "ConflictError"],
  ["422", [says(422, failed("invalid_value"))], 1, "UnprocessableEntityError"],
  [
    "429, in s",
    [says(429, failed("rate_limit_exceeded"), { ...limit, "retry-after": "1" })],
    3,
    "RateLimitError",
  ],
  ["429, in ms", [says(429, failed("rate_limit_exceeded"), { "retry-after-ms": "70" })], 3, "RateLimitError"],
  ["429, by date", [says(429, failed("rate_limit_exceeded"), { "retry-after": later })], 3, "RateLimitError"],
  ["429, no word when", [says(429, failed("insufficient_quota", "insufficient_quota"))], 3, "RateLimitError"],
  ["429, never", [says(429, failed(null), { "x-should-retry": "false" })], 1, "RateLimitError"],
  ["500", [says(500, failed(null, "server_error"))], 3, "InternalServerError"],
  [
    "502, no JSON",
    [says(502, "<html>Bad gateway</html>", { "content-type": "text/html" })],
    3,
    "InternalServerError",
  ],
  ["503", [says(503, failed("slow_down", "service_unavailable_error"))], 3, "InternalServerError"],
  ["503, never", [says(503, failed(null), { "x-should-retry": "false" })], 1, "InternalServerError"],
  ["500, no body", [says(500, "")], 3, "InternalServerError"],
  [
    "400, again",
    [says(400, failed(null), { "x-should-retry": "true", "retry-after-ms": "5" })],
    3,
    "BadRequestError",
  ],
  ["500, then good", [says(500, failed(null), { "retry-after-ms": "5" }), good], 2, ""],
  ["429, 503, then good", [says(429, failed(null)), says(503, failed(null)), good], 3, ""],
];

describe.each(clients)("%s", (language, client) => {
  const both = (name: string, script: Said[], action = "chat") => {
    const model = `${language}: ${name}`;
    const ask = { base: `${upstream.url}/v1`, key: "", action, model };
    return alike.both(client, model, script, ask, `${proxy.through("openai")}/v1`);
  };

  test.concurrent.each(cases)("%s", async (name, script, tries, kind) => {
    const ways = await both(name, script);
    expectAlike(ways, tries);
    if (kind === "") expect(ways.proxied.outcome).toMatchObject({ ok: { text: "Hi" } });
    else {
      expect(ways.proxied.outcome.raised?.class).toMatch(new RegExp(`^(${kind})$`));
      const status = script[0]?.status;
      expect(ways.proxied.outcome.raised).toMatchObject({ status, request_id: "req_0123456789" });
    }
  });

  test.concurrent.each(["retry-after", "retry-after-ms"])("waits as long as %s says", async (header) => {
    const headers = { [header]: header === "retry-after" ? "2" : "250" };
    const ways = await both(header, [says(429, failed(null), headers), good]);
    expectAlike(ways, 2);
    // Python says what it would have waited; Node waits.
    if (language === "Python")
      expect(ways.proxied.outcome.waits).toEqual([header === "retry-after" ? 2 : 0.25]);
  });

  test.concurrent("an error in the middle of a stream", async () => {
    const first = `data: {"choices":[{"index":0,"delta":{"content":"Hel"}}]}\n\n`;
    const error = `data: ${JSON.stringify(failed("server_error", "server_error"))}\n\n`;
    const script = [says(200, { [Symbol.asyncIterator]: () => pieces([first, error]) })];
    const ways = await both("stream error", script, "stream");
    expectAlike(ways, 1);
    expect(ways.proxied.outcome.raised).toMatchObject({ class: "APIError", code: "server_error" });
  });

  test.concurrent("a stream that is cut", async () => {
    const first = `data: {"choices":[{"index":0,"delta":{"content":"Hel"}}]}\n\n`;
    const body = { [Symbol.asyncIterator]: () => pieces([first]) };
    const ways = await both("stream cut", [{ ...says(200, body), cut: "inside" }], "stream");
    expect(ways.direct.outcome.ok, "a cut stream is no success directly").toBeUndefined();
    expect(ways.proxied.outcome.raised?.class).toBe(ways.direct.outcome.raised?.class);
    expect(ways.proxied.tries).toHaveLength(1);
  });

  test("a client that goes away in the middle of a stream closes the connection upstream", async () => {
    const model = `${language}: abort`;
    const gone: Promise<boolean>[] = [];
    const chunk = `data: {"choices":[{"index":0,"delta":{"content":"Hel"}}]}\n\n`;
    upstream.answer((asked) => {
      gone.push(asked.over);
      return says(200, endless(asked, [chunk]));
    });
    const base = `${proxy.through("openai")}/v1`;
    const outcome = await client({ base, key: proxy.token, action: "abort", model });
    expect(proxy.received(outcome)).toMatchObject({ ok: { first: "Hel" } });
    expect(await Promise.all(gone)).toEqual([true]);
    await recorded(proxy, { cause: "client-gone", streamed: true });
    alike.listen();
  });

  test("an upstream that hangs up is the proxy's 502, which says so", async () => {
    const model = `${language}: hang up`;
    upstream.answer(() => ({ cut: "before" }));
    const base = `${proxy.through("openai")}/v1`;
    const outcome = proxy.received(await client({ base, key: proxy.token, action: "chat", model }));
    expect(outcome.raised).toMatchObject({ class: "InternalServerError", status: 502 });
    alike.listen();
  });
});
