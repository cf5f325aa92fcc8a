// A server that answers as a test says and remembers what it was asked. It stands in for any provider; knows none.
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  body: string;
  /** Settles once the answer is over: `true` if its receiver went away before its end. */
  over: Promise<boolean>;
}

export interface Said {
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON, bytes as they are, pieces of a stream one by one as they come. */
  body?: object | string | Buffer | AsyncIterable<Buffer | string>;
  /** Closes the connection in place of an answer, or in the middle of one. */
  cut?: "before" | "inside";
}

export interface Standin {
  url: string;
  asked: Asked[];
  answer: (script: (asked: Asked) => Said) => void;
}

const running = new Set<Server>();

/** Stops every stand-in. */
export function stopStandins() {
  for (const server of running) {
    server.closeAllConnections();
    server.close();
  }
  running.clear();
}

const isPieces = (body: unknown): body is AsyncIterable<Buffer | string> =>
  typeof body === "object" && body !== null && Symbol.asyncIterator in body;

export async function standin(): Promise<Standin> {
  let script: (asked: Asked) => Said = () => ({ status: 500 });
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const one: Asked = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      bytes,
      body: bytes.toString(),
      over: new Promise((done) => response.once("close", () => done(!response.writableFinished))),
    };
    asked.push(one);
    const { status = 200, headers = {}, body = "", cut } = script(one);
    if (cut === "before") return response.destroy();
    const raw = typeof body === "string" || Buffer.isBuffer(body);
    const kind = isPieces(body) ? "text/event-stream" : raw ? "text/plain" : "application/json";
    response.writeHead(status, { "content-type": kind, ...headers });
    // Settles once the bytes have left; a connection that is cut before would lose them.
    const write = (bytes: Buffer | string) =>
      new Promise<void>((done) => {
        response.write(bytes, () => done());
      });
    if (isPieces(body)) {
      for await (const piece of body) {
        if (response.destroyed) return;
        await write(piece);
      }
    } else await write(raw ? body : JSON.stringify(body));
    if (cut === "inside") response.destroy();
    else response.end();
  });
  // Delayed acknowledgements would spoil timings.
  server.on("connection", (socket) => socket.setNoDelay(true));
  running.add(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    answer: (next) => {
      script = next;
    },
  };
}

/** A stream's pieces. */
export async function* pieces(texts: (Buffer | string)[]) {
  yield* texts;
}

/** A stream that says `first` and then nothing more for as long as somebody listens. */
export async function* endless(asked: Asked, first: string[]) {
  yield* first;
  await asked.over;
}
