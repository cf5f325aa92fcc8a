// Asking for a text: whole, streamed, cut off, failing in mid-stream.
import { afterEach, describe, expect, it, vi } from "vitest";
import { AddonError } from "../src/client/errors.js";
import { ProxyClient } from "../src/client/http.js";
import { requestText } from "../src/client/text.js";
import type { TextRequest } from "../src/types/wire.js";
import { answer, fakeProxy, json, PROXY, sse } from "./support.js";

const BODY: TextRequest = {
  handle: "ai-integration",
  module: { uuid: "m1", type: "TITLE", content: "", isDefault: true },
  prompt: "hello",
  history: [],
};
const client = () => new ProxyClient(PROXY, { access_token: "t1", v2: true }, () => undefined);
const START = 'event: start\ndata: {"promptId":"p1"}\n\n';
const DELTAS = 'event: delta\ndata: {"text":"One "}\n\n: ping\n\nevent: delta\ndata: {"text":"two"}\n\n';
const done = `event: done\ndata: ${JSON.stringify(answer("p1", "One two"))}\n\n`;

afterEach(() => vi.unstubAllGlobals());

async function streamed(source: string): Promise<{ pieces: string[]; result: unknown }> {
  fakeProxy({ "/v1/ai/text": () => sse(source) });
  const pieces: string[] = [];
  const result = await requestText(client(), BODY, { onDelta: (p) => pieces.push(p) }).catch(
    (e: unknown) => e,
  );
  return { pieces, result };
}

describe("requestText", () => {
  it("returns a whole answer and asks for JSON", async () => {
    fakeProxy({ "/v1/ai/text": () => json(answer("p1", "Hi")) });
    expect(await requestText(client(), BODY)).toEqual(answer("p1", "Hi"));
  });

  it("passes pieces on and returns the last event", async () => {
    const { pieces, result } = await streamed(START + DELTAS + done);
    expect(pieces).toEqual(["One ", "two"]);
    expect(result).toEqual(answer("p1", "One two"));
  });

  it("treats the end of input without done as an error", async () => {
    const { result } = await streamed(START + DELTAS);
    expect(result).toBeInstanceOf(AddonError);
    expect(result).toMatchObject({ reason: "stream-cut", message: "The answer was cut off", code: 9900 });
  });

  it("treats half a last event as an error", async () => {
    const { result } = await streamed(START + DELTAS + done.slice(0, -1));
    expect(result).toMatchObject({ reason: "stream-cut" });
  });

  it("reports the error event of a stream", async () => {
    const error = { code: 9900, message: "x", detail: "", status_code: 429, cause: "rate-limited" };
    const { result } = await streamed(`${START}event: error\ndata: ${JSON.stringify(error)}\n\n`);
    expect(result).toMatchObject({ reason: "rate-limited", code: 9900, status: 429 });
  });

  it("takes a whole answer where it asked for a stream", async () => {
    fakeProxy({ "/v1/ai/text": () => json(answer("p1", "Hi")) });
    expect(await requestText(client(), BODY, { onDelta: () => undefined })).toEqual(answer("p1", "Hi"));
  });

  it("refuses a reply that is no answer", async () => {
    fakeProxy({ "/v1/ai/text": () => new Response("<html>hello</html>") });
    await expect(requestText(client(), BODY)).rejects.toMatchObject({ reason: "reply-invalid" });
  });

  it("lets an abort through as an abort", async () => {
    const abort = new AbortController();
    fakeProxy({
      "/v1/ai/text": ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
        }),
    });
    const asked = requestText(client(), BODY, { signal: abort.signal });
    abort.abort();
    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  });
});
