// Reads server-sent events from bytes, however the network cuts them.
// It must not interpret what an event means.

export interface SseEvent {
  readonly event: string;
  readonly data: string;
}

const MAX_EVENT = 4 * 1024 * 1024;

export class SseParser {
  readonly #decoder = new TextDecoder("utf-8");
  #line = "";
  #event = "";
  #data: string[] = [];
  #size = 0;
  #afterCr = false;

  /** Takes the next bytes; returns the events they completed. */
  push(bytes: Uint8Array): SseEvent[] {
    const events: SseEvent[] = [];
    const chunk = this.#decoder.decode(bytes, { stream: true });
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const c = chunk.charCodeAt(i);
      if (c !== 10 && c !== 13) {
        this.#afterCr = false;
        continue;
      }
      // CR LF is one line end, also when the two arrive in different chunks.
      if (!(c === 10 && this.#afterCr)) this.#endLine(this.#line + chunk.slice(start, i), events);
      this.#line = "";
      start = i + 1;
      this.#afterCr = c === 13;
    }
    this.#line += chunk.slice(start);
    if (this.#line.length + this.#size > MAX_EVENT) throw new RangeError("server-sent event too large");
    return events;
  }

  #endLine(line: string, events: SseEvent[]): void {
    if (line === "") {
      if (this.#data.length > 0)
        events.push({ event: this.#event || "message", data: this.#data.join("\n") });
      this.#event = "";
      this.#data = [];
      this.#size = 0;
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const rest = colon < 0 ? "" : line.slice(colon + 1);
    const value = rest.startsWith(" ") ? rest.slice(1) : rest;
    if (field === "event") this.#event = value;
    if (field === "data") {
      this.#data.push(value);
      this.#size += value.length;
    }
  }
}

/** The events of a body, in order; ends when the body ends. */
export async function* readSse(body: ReadableStream<Uint8Array>): AsyncGenerator<SseEvent> {
  const parser = new SseParser();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.push(value);
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
