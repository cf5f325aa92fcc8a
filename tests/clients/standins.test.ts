// Official clients and AddOn routes against servers nobody here wrote: aimock for the language models, Prism over the
// providers' own descriptions for DeepL, Stability AI and Azure AI Vision. aimock accepts the real key only.
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, desk } from "../support/desk";
import { scratch, stopAll } from "../support/programs";
import { call } from "../support/python";

const here = import.meta.dirname;
const bin = (name: string) => resolve(here, "../node_modules/.bin", name);
const golden = (path: string) => resolve(here, "../golden/providers", path);
const children: ChildProcess[] = [];
const forwarders: Server[] = [];
let proxy: Desk;
let received = "";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts a server on `port` and waits until it answers anything at all. */
async function serve(program: string, port: number, words: string[], env: NodeJS.ProcessEnv = {}) {
  children.push(spawn(bin(program), words, { env: { ...process.env, ...env }, stdio: "pipe" }));
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) return url;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${program} does not answer`);
}

/** A server that behaves as a provider's own description says. */
async function prism(spec: string) {
  const port = await freePort();
  return serve("prism", port, ["mock", "-h", "127.0.0.1", "-p", String(port), golden(spec)]);
}

/** Takes a path's beginning away on the way to `target`: Prism knows no base path of a description. */
async function without(beginning: string, target: string) {
  const server = createHttpServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = (request.url ?? "").replace(beginning, "");
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const { host: _, "content-length": __, connection: ___, ...rest } = headers;
    const reply = await fetch(target + path, { method: "POST", headers: rest, body: Buffer.concat(chunks) });
    response.writeHead(reply.status, { "content-type": reply.headers.get("content-type") ?? "" });
    response.end(Buffer.from(await reply.arrayBuffer()));
  });
  server.listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  forwarders.push(server);
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** A language model that refuses every key but this one. */
async function aimock(port: number, key: string) {
  const file = join(scratch(), "fixtures.json");
  const usage = { prompt_tokens: 4, completion_tokens: 6, input_tokens: 4, output_tokens: 6 };
  const fixtures = [{ match: { userMessage: "hello" }, response: { content: "Hello from aimock", usage } }];
  writeFileSync(file, JSON.stringify({ fixtures }));
  await serve("llmock", port, ["-p", String(port), "-f", file], { AIMOCK_API_KEYS: key });
}

beforeAll(async () => {
  proxy = await desk();
  // A provider's address comes before its key: aimock is started once the key is made.
  for (const [name, kind, path, more] of [
    ["openai", "openai", "/v1", []],
    ["anthropic", "anthropic", "", []],
    ["azure", "azure-openai", "", ["--deployment", "my-gpt", "--option", "api-version=2024-10-21"]],
    ["local", "openai-compatible", "/v1", ["--model", "llama4"]],
  ] as [string, string, string, string[]][]) {
    const port = await freePort();
    const key = await proxy.provider(name, kind, `http://127.0.0.1:${port}${path}`, more);
    await aimock(port, key);
  }
  await proxy.provider("deepl", "deepl", await prism("deepl/openapi.trimmed.json"));
  await proxy.provider("painter", "stability", await prism("stability/openapi-v2beta-generate.trimmed.json"));
  const eyes = await prism("azure-vision/imageanalysis-2023-10-01.swagger.json");
  await proxy.provider("eyes", "azure-vision", await without("/computervision", eyes));
  await proxy.addon("ai-integration", "openai");
}, 180_000);

afterAll(async () => {
  proxy.searchForKeys(received);
  for (const child of children) child.kill();
  for (const server of forwarders) server.close();
  await stopAll();
});

const through = (name: string) => `${proxy.url}/providers/${name}`;
async function python(client: string, base: string, action: string) {
  const outcome = await call(client, base, proxy.token, action);
  received += JSON.stringify(outcome);
  return outcome;
}

test("OpenAI's clients, Python and Node, call and stream", async () => {
  expect(await python("openai", `${through("openai")}/v1`, "chat")).toMatchObject({
    ok: { text: "Hello from aimock" },
  });
  expect(await python("openai", through("openai"), "stream")).toMatchObject({
    ok: { text: "Hello from aimock" },
  });
  const client = new OpenAI({ baseURL: `${through("openai")}/v1`, apiKey: proxy.token });
  const messages = [{ role: "user" as const, content: "hello" }];
  const reply = await client.chat.completions.create({ model: "gpt-6-luna", messages });
  expect(reply.choices[0]?.message.content).toBe("Hello from aimock");
  let text = "";
  for await (const chunk of await client.chat.completions.create({ model: "m", messages, stream: true }))
    text += chunk.choices[0]?.delta.content ?? "";
  expect(text).toBe("Hello from aimock");
  expect(await proxy.lastRow()).toMatchObject({
    route: "pass-through",
    provider_kind: "openai",
    status: 200,
  });
});

test("Anthropic's clients, Python and Node, call and stream", async () => {
  for (const action of ["chat", "stream"])
    expect(await python("anthropic", through("anthropic"), action)).toMatchObject({
      ok: { text: "Hello from aimock" },
    });
  const client = new Anthropic({ baseURL: through("anthropic"), apiKey: proxy.token });
  const given = {
    model: "claude-haiku-5-5",
    max_tokens: 64,
    messages: [{ role: "user" as const, content: "hello" }],
  };
  const reply = await client.messages.create(given);
  expect(reply.content[0]).toMatchObject({ type: "text", text: "Hello from aimock" });
  expect(await client.messages.stream(given).finalText()).toBe("Hello from aimock");
});

test("Azure's dated surface takes the deployment from the path", async () => {
  expect(await python("azure-dated", through("azure"), "chat")).toMatchObject({
    ok: { text: "Hello from aimock" },
  });
  expect(await python("azure-dated", through("azure"), "stream")).toMatchObject({
    ok: { text: "Hello from aimock" },
  });
});

test.each(["openai", "anthropic", "azure", "local"])(
  "OpenAI's client in front of %s, and the writing assistant too",
  async (name) => {
    await proxy.addon("ai-integration", name);
    for (const action of ["chat", "stream"]) {
      const outcome = await python("openai", `${proxy.url}/v1`, action);
      expect(outcome).toMatchObject({ ok: { text: "Hello from aimock" } });
    }
    const module = { type: "PARAGRAPH", content: "", isDefault: true };
    const reply = await proxy.post("/v1/ai/text", { handle: "ai-integration", module, prompt: "hello" });
    expect(reply).toMatchObject({ status: 200, json: { content: "Hello from aimock", provider: { name } } });
  },
);

test("a wrong session token reaches nobody", async () => {
  const outcome = await call("openai", through("openai"), "not-a-token", "chat");
  expect(outcome).toMatchObject({ raised: { class: "AuthenticationError", status: 401 } });
});

// The Python client joins paths as browsers do: its base URL ends in a slash.
test("DeepL's client translates against DeepL's own description", async () => {
  expect(await python("deepl", `${through("deepl")}/`, "usage")).toHaveProperty("ok");
  expect(await python("deepl", `${through("deepl")}/`, "translate")).toHaveProperty("ok");
  await proxy.addon("ai-translation", "deepl");
  const body = { sourceLanguage: "en-US", targetLanguage: "de-DE", texts: ["Hello {{name}}"] };
  const translated = await proxy.post("/v1/ai/translate", body);
  // The example's answer has lost the merge tag: the source stays, and the reply says so.
  expect(translated).toMatchObject({ status: 200, json: { texts: ["Hello {{name}}"], skippedFields: 1 } });
  expect((await proxy.lastRow()).characters).toBeGreaterThan(0);
});

test("image generation and alternate text against Stability's and Azure's own descriptions", async () => {
  await proxy.addon("ai-alt-text", "eyes");
  const png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const images = [{ moduleId: "m", src: `data:image/png;base64,${png}` }];
  const described = await proxy.post("/v1/ai/alt-text", { images });
  expect(described).toMatchObject({ status: 200, json: { consumedImages: 1 } });
  await proxy.addon("ai-image-generation", "painter");
  const order = { prompt: "a boat", negativePrompt: "people", aspectRatio: "16:9", style: "anime", seed: 7 };
  const drawn = await proxy.post("/v1/ai/images", order);
  // Prism accepts the request; the picture of its example is no picture, and the proxy says so.
  expect(drawn).toMatchObject({
    status: 502,
    json: { cause: "reply-invalid", detail: { upstreamStatus: null } },
  });
});
