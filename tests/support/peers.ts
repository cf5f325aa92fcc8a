// Starts servers nobody here wrote: aimock for language models, Prism for any provider's own API description.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type Server } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { join, resolve } from "node:path";
import { scratch } from "./programs";

const bin = (name: string) => resolve(import.meta.dirname, "../node_modules/.bin", name);
/** A file below `tests/golden`. */
export const golden = (path: string) => resolve(import.meta.dirname, "../golden", path);

const children = new Set<ChildProcess>();
const forwarders = new Set<Server>();

/** Stops them all. */
export function stopPeers() {
  for (const child of children) child.kill();
  for (const server of forwarders) server.close();
  children.clear();
  forwarders.clear();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts a program and waits until it says that it listens. */
async function serve(program: string, words: string[], port: number, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(bin(program), words, { env: { ...process.env, ...env }, stdio: "pipe" });
  children.add(child);
  let said = "";
  await new Promise<void>((done, fail) => {
    const hear = (bytes: Buffer) => {
      said += bytes;
      if (said.includes("listening on")) done();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", (code) => fail(new Error(`${program} ended with ${code}: ${said}`)));
  });
  return `http://127.0.0.1:${port}`;
}

/** A server that behaves as a provider's own description says, read from a file or changed for a test. */
export async function prism(spec: string, change?: (document: SpecDocument) => void): Promise<string> {
  let file = golden(spec);
  if (change) {
    const document = JSON.parse(readFileSync(file, "utf8"));
    change(document);
    file = join(scratch(), "spec.json");
    writeFileSync(file, JSON.stringify(document));
  }
  const port = await freePort();
  return serve("prism", ["mock", "-h", "127.0.0.1", "-p", String(port), file], port);
}

// A description has any shape; a test that changes one knows it.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type SpecDocument = any;

/** Takes a path's beginning away on the way to `target`: Prism knows no base path of a description. */
export async function without(beginning: string, target: string): Promise<string> {
  const server = createHttpServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? "";
    // A call without the beginning finds nothing, as at the provider.
    if (!path.startsWith(`${beginning}/`)) return response.writeHead(404).end();
    const { host: _, "content-length": __, connection: ___, ...rest } = request.headers;
    const headers = Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]);
    const body = request.method === "GET" ? undefined : Buffer.concat(chunks);
    const reply = await fetch(target + path.slice(beginning.length), {
      method: request.method,
      headers,
      body,
    });
    response.writeHead(reply.status, { "content-type": reply.headers.get("content-type") ?? "" });
    response.end(Buffer.from(await reply.arrayBuffer()));
  });
  server.listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  forwarders.add(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const usage = { prompt_tokens: 4, completion_tokens: 6, total_tokens: 10, input_tokens: 4, output_tokens: 6 };
export const GREETING = "Hello from aimock: grüße, 你好";
export const PICTURE =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const fixtures = [
  { match: { endpoint: "image" }, response: { image: { b64Json: PICTURE } } },
  {
    match: { userMessage: "weather", hasToolResult: false },
    response: { toolCalls: [{ id: "call_1", name: "weather", arguments: { city: "Rome" } }], usage },
  },
  { match: { userMessage: "weather", hasToolResult: true }, response: { content: "Sunny in Rome", usage } },
  { match: { userMessage: "hello" }, response: { content: GREETING, usage } },
];

export interface Aimock {
  url: string;
  /** How many requests with the right key it answered. */
  served: () => Promise<number>;
}

/** A language model of every dialect that refuses every key but this one. */
export async function aimock(key: string): Promise<Aimock> {
  const file = join(scratch(), "fixtures.json");
  writeFileSync(file, JSON.stringify({ fixtures }));
  const port = await freePort();
  const words = ["-p", String(port), "-f", file, "--strict"];
  const url = await serve("llmock", words, port, { AIMOCK_API_KEYS: key });
  const served = async () => {
    const reply = await fetch(`${url}/__aimock/journal`, { headers: { authorization: `Bearer ${key}` } });
    return ((await reply.json()) as unknown[]).length;
  };
  return { url, served };
}
