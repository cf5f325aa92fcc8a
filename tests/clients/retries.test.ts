// The official clients decide through the proxy as they do directly: what they raise, how often they try.
import * as deepl from "deepl-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, desk } from "../support/desk";
import { stopAll } from "../support/programs";
import { call } from "../support/python";
import { type Asked, type Said, type Standin, standin, stopStandins } from "../support/upstream";

let proxy: Desk;
let upstream: Standin;
let received = "";

beforeAll(async () => {
  proxy = await desk();
  upstream = await standin();
  await proxy.provider("openai", "openai", upstream.url);
  await proxy.provider("anthropic", "anthropic", upstream.url);
  await proxy.provider("deepl", "deepl", upstream.url);
  await proxy.provider("azure", "azure-openai", upstream.url, ["--deployment", "my-gpt"]);
  await proxy.provider("vision", "azure-vision", upstream.url);
});

afterAll(async () => {
  proxy.searchForKeys(received);
  await stopAll();
  await stopStandins();
});

/** The same call directly and through the proxy: outcome and number of tries. */
async function both(client: string, provider: string, action: string, script: (asked: Asked) => Said) {
  const tried = async (base: string, key: string) => {
    const before = upstream.asked.length;
    upstream.answer((asked) => script({ ...asked, nth: asked.nth - before }));
    const outcome = await call(client, base, key, action);
    received += JSON.stringify(outcome);
    return { outcome, tries: upstream.asked.length - before };
  };
  const direct = await tried(upstream.url, "direct-key");
  const proxied = await tried(
    // DeepL's client joins paths as browsers do: its base URL ends in a slash.
    `${proxy.url}/providers/${provider}${client === "deepl" ? "/" : ""}`,
    proxy.token,
  );
  return { direct, proxied };
}

const openaiError = (type: string, code: string | null) => ({
  error: { message: "It failed.", type, param: null, code },
});
const chat = {
  ...{ id: "c", object: "chat.completion", created: 1, model: "m" },
  choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
};

test.each([
  ["400", { status: 400, body: openaiError("invalid_request_error", "unsupported_parameter") }, 1],
  ["401", { status: 401, body: openaiError("invalid_request_error", "invalid_api_key") }, 1],
  ["403", { status: 403, body: openaiError("invalid_request_error", null) }, 1],
  ["404", { status: 404, body: openaiError("invalid_request_error", "model_not_found") }, 1],
  ["408", { status: 408, body: openaiError("timeout", null) }, 3],
  ["409", { status: 409, body: openaiError("conflict", null) }, 3],
  [
    "429",
    { status: 429, headers: { "retry-after": "1" }, body: openaiError("requests", "rate_limit_exceeded") },
    3,
  ],
  ["429 in ms", { status: 429, headers: { "retry-after-ms": "5" }, body: openaiError("requests", null) }, 3],
  ["500", { status: 500, body: openaiError("server_error", null) }, 3],
  ["503", { status: 503, body: openaiError("server_error", null) }, 3],
  ["never again", { status: 503, headers: { "x-should-retry": "false" }, body: openaiError("x", null) }, 1],
] as [string, Said, number][])("OpenAI's client on %s", async (_, said, tries) => {
  const { direct, proxied } = await both("openai", "openai", "chat", () => said);
  expect(proxied).toEqual(direct);
  expect(proxied.tries).toBe(tries);
});

test("a try that works ends the trying", async () => {
  const script = (asked: Asked) =>
    asked.nth === 0 ? { status: 503, body: openaiError("x", null) } : { body: chat };
  const { direct, proxied } = await both("openai", "openai", "chat", script);
  expect(proxied).toEqual(direct);
  expect(proxied).toEqual({ outcome: { ok: { text: "Hi", total: 3 } }, tries: 2 });
});

test.each([
  ["400", 400, "invalid_request_error", {}],
  ["401", 401, "authentication_error", {}],
  ["404", 404, "not_found_error", {}],
  ["429", 429, "rate_limit_error", { "retry-after": "1" }],
  ["529", 529, "overloaded_error", {}],
])("Anthropic's client on %s", async (_, status, type, headers) => {
  const body = { type: "error", error: { type, message: "It failed." }, request_id: "req_1" };
  const { direct, proxied } = await both("anthropic", "anthropic", "chat", () => ({ status, headers, body }));
  expect(proxied).toEqual(direct);
});

test.each([403, 404, 429, 456, 503])("DeepL's client on %s", async (status) => {
  const { direct, proxied } = await both("deepl", "deepl", "translate", () => ({
    status,
    body: { message: "It failed." },
  }));
  expect(proxied).toEqual(direct);
});

test.each([
  ["azure-dated", "", 404, "DeploymentNotFound"],
  ["azure-dated", "", 401, "401"],
  ["azure-v1", "/openai/v1", 429, "429"],
])("Azure's client (%s) on %s", async (client, path, status, code) => {
  const body = { error: { code, message: "It failed." } };
  const tried = async (base: string, key: string) => {
    const before = upstream.asked.length;
    upstream.answer(() => ({ status: status as number, body }));
    const outcome = await call(client, base + path, key, "chat");
    return { outcome, paths: upstream.asked.slice(before).map((asked) => asked.path) };
  };
  const direct = await tried(upstream.url, "direct-key");
  expect(await tried(`${proxy.url}/providers/azure`, proxy.token)).toEqual(direct);
});

test("Azure's vision client: a caption, and an error", async () => {
  const caption = {
    captionResult: { text: "a boat", confidence: 0.9 },
    metadata: { width: 1, height: 1 },
    modelVersion: "1",
  };
  const good = await both("vision", "vision", "analyze", () => ({ body: caption }));
  expect(good.proxied).toEqual(good.direct);
  expect(good.proxied.outcome).toEqual({ ok: "a boat" });
  expect(upstream.asked.at(-1)?.body).toBe("image bytes");
  const bad = await both("vision", "vision", "analyze", () => ({
    status: 401,
    body: { error: { code: "401", message: "Access denied" } },
  }));
  expect(bad.proxied).toEqual(bad.direct);
});

test("DeepL's client for Node sends its form unchanged, and its characters are counted", async () => {
  const reply = { translations: [{ detected_source_language: "EN", text: "<b>Hallo</b>" }] };
  upstream.answer(() => ({ body: reply }));
  const bodies = [];
  for (const [serverUrl, key] of [
    [upstream.url, "direct-key"],
    [`${proxy.url}/providers/deepl`, proxy.token],
  ] as [string, string][]) {
    const client = new deepl.DeepLClient(key, { serverUrl });
    const { text } = await client.translateText("<b>Hello</b>", null, "de", { tagHandling: "html" });
    expect(text).toBe("<b>Hallo</b>");
    bodies.push(upstream.asked.at(-1)?.body);
  }
  expect(bodies[1]).toBe(bodies[0]);
  expect((await proxy.lastRow()).characters).toBe("<b>Hello</b>".length);
});
