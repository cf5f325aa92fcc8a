// The stream reader gives the same events however the network cuts the bytes.
import { describe, expect, it } from "vitest";
import { type SseEvent, SseParser } from "../src/client/sse.js";

const SOURCE =
  '\uFEFF: ping\n\nevent: start\r\ndata: {"promptId":"p1"}\r\n\r\n' +
  ":comment\rdata: è un tè – 茶 🍵\rdata:second line\r\revent: done\nid: 7\ndata\ndata:  x\n\nevent: lost\ndata: cut";

const EXPECTED: SseEvent[] = [
  { event: "start", data: '{"promptId":"p1"}' },
  { event: "message", data: "è un tè – 茶 🍵\nsecond line" },
  { event: "done", data: "\n x" },
];

const bytes = new TextEncoder().encode(SOURCE);

function parse(...chunks: Uint8Array[]): SseEvent[] {
  const parser = new SseParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
}

describe("SseParser", () => {
  it("reads the whole at once", () => expect(parse(bytes)).toEqual(EXPECTED));

  it("reads it byte by byte", () => {
    expect(parse(...[...bytes].map((b) => new Uint8Array([b])))).toEqual(EXPECTED);
  });

  it("reads it split at every single place", () => {
    for (let i = 0; i <= bytes.length; i++) {
      expect(parse(bytes.slice(0, i), bytes.slice(i)), `split at ${i}`).toEqual(EXPECTED);
    }
  });

  it("reads it in pieces of every size", () => {
    for (let size = 1; size < 40; size++) {
      const chunks: Uint8Array[] = [];
      for (let i = 0; i < bytes.length; i += size) chunks.push(bytes.slice(i, i + size));
      expect(parse(...chunks), `size ${size}`).toEqual(EXPECTED);
    }
  });

  it("refuses an event without end", () => {
    const parser = new SseParser();
    const big = new TextEncoder().encode(`data: ${"x".repeat(1024 * 1024)}\n`);
    expect(() => {
      for (let i = 0; i < 6; i++) parser.push(big);
    }).toThrow(RangeError);
  });
});
