// Asks the proxy for a text, whole or as a stream, and checks what comes back.
// It must not touch the page, and must not call an answer complete that was cut off.
import type { TextAnswer, TextRequest } from "../types/wire.js";
import { AddonError, errorFromBody, isAbort } from "./errors.js";
import type { ProxyClient } from "./http.js";
import { number, parseJson, record, text } from "./json.js";
import { readSse } from "./sse.js";

export interface TextOptions {
  readonly signal?: AbortSignal;
  /** Given: the answer is streamed, and this receives each piece. */
  readonly onDelta?: (piece: string) => void;
}

const PATH = "/v1/ai/text";

export async function requestText(
  client: ProxyClient,
  body: TextRequest,
  options: TextOptions = {},
): Promise<TextAnswer> {
  const accept = options.onDelta ? "text/event-stream" : "application/json";
  const response = await client.request(PATH, {
    body,
    accept,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const type = response.headers.get("content-type") ?? "";
  try {
    if (type.startsWith("text/event-stream") && response.body) {
      return await readStream(response.body, response.status, options.onDelta);
    }
    return readAnswer(parseJson(await response.text()));
  } catch (error) {
    if (isAbort(error) || error instanceof AddonError) throw error;
    throw cutOff();
  }
}

async function readStream(
  body: ReadableStream<Uint8Array>,
  status: number,
  onDelta: ((piece: string) => void) | undefined,
): Promise<TextAnswer> {
  for await (const { event, data } of readSse(body)) {
    const value = parseJson(data);
    if (event === "delta") onDelta?.(text(record(value).text));
    if (event === "error") throw errorFromBody(value, status, "upstream");
    if (event === "done") return readAnswer(value);
  }
  throw cutOff();
}

function cutOff(): AddonError {
  return new AddonError({ code: 9900, reason: "stream-cut", message: "The answer was cut off" });
}

function readAnswer(value: unknown): TextAnswer {
  const body = record(value);
  if (typeof body.promptId !== "string" || typeof body.content !== "string") {
    throw new AddonError({
      code: 9999,
      reason: "reply-invalid",
      message: "The proxy sent a reply that is not an answer",
    });
  }
  const usage = record(body.usage);
  const provider = record(body.provider);
  return {
    promptId: body.promptId,
    content: body.content,
    usage: {
      ...usage,
      prompt_tokens: number(usage.prompt_tokens),
      completion_tokens: number(usage.completion_tokens),
      total_tokens: number(usage.total_tokens),
      uid: text(usage.uid),
    },
    provider: { name: text(provider.name), type: text(provider.type), model: text(provider.model) },
  };
}
