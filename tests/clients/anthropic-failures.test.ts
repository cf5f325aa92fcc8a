// What Anthropic's clients make of failures: the same through the proxy as directly, down to the number of tries.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Alike, expectAlike } from "../support/alike";
import type { Client } from "../support/client";
import { type Desk, desk } from "../support/desk";
import { recorded } from "../support/expect";
import { stopAll } from "../support/programs";
import { pythonClient, stopPython } from "../support/python";
import { endless, pieces, type Said, type Standin, standin, stopStandins } from "../support/upstream";
import { anthropic } from "./node/anthropic";

let proxy: Desk;
let upstream: Standin;
let alike: Alike;

beforeAll(async () => {
  [proxy, upstream] = await Promise.all([desk(), standin()]);
  const key = await proxy.provider("anthropic", "anthropic", upstream.url);
  alike = new Alike(proxy, key, upstream, ({ body }) => String(JSON.parse(body).model));
});

afterAll(async () => {
  stopPython();
  stopStandins();
  await stopAll();
  proxy.searchForKeys();
});

const clients: [string, Client][] = [
  ["Python", pythonClient("anthropic_client")],
  ["Node", anthropic],
];

const request_id = "req_011CSHoEeqs5C35K2UUqR7Fy";
const says = (status: number, type: string, headers = {}): Said => ({
  status,
  headers: { "request-id": request_id, ...headers },
  body: { type: "error", error: { type, message: "It failed." }, request_id },
});
const good: Said = {
  body: {
    ...{ id: "msg_1", type: "message", role: "assistant", model: "m", stop_sequence: null },
    ...{ content: [{ type: "text", text: "Hi" }], stop_reason: "end_turn" },
    usage: { input_tokens: 1, output_tokens: 2 },
  },
};
const limits = { "anthropic-ratelimit-requests-remaining": "0", "retry-after": "1" };

const cases: [string, Said[], number, string][] = [
  ["400", [says(400, "invalid_request_error")], 1, "BadRequestError"],
  ["401", [says(401, "authentication_error")], 1, "AuthenticationError"],
  ["403", [says(403, "permission_error")], 1, "PermissionDeniedError"],
  ["404", [says(404, "not_found_error")], 1, "NotFoundError"],
  ["408", [says(408, "timeout_error", { "retry-after-ms": "5" })], 3, "RequestTimeoutError"],
  ["409", [says(409, "conflict_error", { "retry-after-ms": "5" })], 3, "ConflictError"],
  ["413", [says(413, "request_too_large")], 1, "ContentTooLargeError"],
  ["429", [says(429, "rate_limit_error", limits)], 3, "RateLimitError"],
  ["429, never", [says(429, "rate_limit_error", { "x-should-retry": "false" })], 1, "RateLimitError"],
  ["500", [says(500, "api_error")], 3, "InternalServerError"],
  ["503", [says(503, "api_error", { "retry-after-ms": "5" })], 3, "ServiceUnavailableError"],
  ["529", [says(529, "overloaded_error")], 3, "OverloadedError"],
  ["529, then good", [says(529, "overloaded_error", { "retry-after-ms": "5" }), good], 2, ""],
];

describe.each(clients)("%s", (language, client) => {
  const both = (name: string, script: Said[], action = "chat") => {
    const model = `${language}: ${name}`;
    const ask = { base: upstream.url, key: "", action, model };
    return alike.both(client, model, script, ask, proxy.through("anthropic"));
  };

  test.concurrent.each(cases)("%s", async (name, script, tries, kind) => {
    const ways = await both(name, script);
    expectAlike(ways, tries);
    const { ok, raised } = ways.proxied.outcome;
    if (kind === "") expect(ok).toMatchObject({ text: "Hi" });
    else {
      expect(raised).toMatchObject({ status: script[0]?.status, request_id });
      expect(raised?.class).toBe(kind);
    }
    // The client's own version, not one of ours, and the key where Anthropic documents it.
    const [direct, proxied] = [ways.direct.tries[0]?.headers, ways.proxied.tries[0]?.headers];
    expect(proxied?.["anthropic-version"]).toBe(direct?.["anthropic-version"]);
    expect(proxied).toHaveProperty("x-api-key");
    expect(proxied).not.toHaveProperty("authorization");
  });

  const event = (type: string, data: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
  const message = {
    ...{ id: "msg_1", type: "message", role: "assistant", model: "m", content: [] },
    ...{ stop_reason: null, stop_sequence: null, usage: { input_tokens: 1, output_tokens: 1 } },
  };
  const begun = [
    event("message_start", { message }),
    event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
    event("content_block_delta", { index: 0, delta: { type: "text_delta", text: "Hel" } }),
  ];

  test.concurrent("overloaded in the middle of a stream", async () => {
    const overloaded = event("error", { error: { type: "overloaded_error", message: "Overloaded" } });
    const body = { [Symbol.asyncIterator]: () => pieces([...begun, overloaded]) };
    const ways = await both("stream error", [{ body }], "stream");
    expectAlike(ways, 1);
    expect(ways.proxied.outcome.raised?.message).toContain("Overloaded");
  });

  test.concurrent("a stream that is cut", async () => {
    const body = { [Symbol.asyncIterator]: () => pieces(begun) };
    const ways = await both("stream cut", [{ body, cut: "inside" }], "stream");
    expect(ways.direct.outcome.ok, "a cut stream is no success directly").toBeUndefined();
    expect(ways.proxied.outcome.raised?.class).toBe(ways.direct.outcome.raised?.class);
    expect(ways.proxied.tries).toHaveLength(1);
  });

  test("a client that goes away in the middle of a stream closes the connection upstream", async () => {
    const gone: Promise<boolean>[] = [];
    upstream.answer((asked) => {
      gone.push(asked.over);
      return { body: endless(asked, begun) };
    });
    const base = proxy.through("anthropic");
    const outcome = await client({ base, key: proxy.token, action: "abort", model: "abort" });
    expect(proxy.received(outcome)).toMatchObject({ ok: { first: "Hel" } });
    expect(await Promise.all(gone)).toEqual([true]);
    await recorded(proxy, { cause: "client-gone", streamed: true });
    alike.listen();
  });
});
