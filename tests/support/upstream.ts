// A server that answers as a test says and remembers what it was asked. It stands in for any provider; knows none.
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** How many requests came before. */
  nth: number;
}

export interface Said {
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a list of texts chunk by chunk. */
  body?: object | string | string[];
}

export interface Standin {
  url: string;
  asked: Asked[];
  answer: (script: (asked: Asked) => Said) => void;
}

const running = new Set<Server>();

/** Stops every stand-in. */
export async function stopStandins() {
  for (const server of running) {
    server.closeAllConnections();
    server.close();
  }
  running.clear();
}

export async function standin(): Promise<Standin> {
  let script: (asked: Asked) => Said = () => ({ status: 500 });
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one: Asked = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
      nth: asked.length,
    };
    asked.push(one);
    const { status = 200, headers = {}, body = "" } = script(one);
    const stream = Array.isArray(body);
    const kind = stream ? "text/event-stream" : typeof body === "string" ? "text/plain" : "application/json";
    response.writeHead(status, { "content-type": kind, ...headers });
    if (stream) for (const piece of body) response.write(piece);
    else response.write(typeof body === "string" ? body : JSON.stringify(body));
    response.end();
  });
  // Delayed acknowledgements would spoil timings.
  server.on("connection", (socket) => socket.setNoDelay(true));
  running.add(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, answer: (next) => (script = next) };
}
