// Asks the proxy for a text, whole or as a stream, and checks what comes back.
// It must not touch the page.

import type { TokenUsage } from "../types/events.js";
import type { Provider, TextAnswer, TextRequest } from "../types/wire.js";
import { ask, replyInvalid } from "./ask.js";
import type { ProxyClient } from "./http.js";
import { type Json, number, record, text } from "./json.js";

export interface TextOptions {
  readonly signal?: AbortSignal;
  /** Given: the answer is streamed, and this receives each piece. */
  readonly onDelta?: (piece: string) => void;
}

export async function requestText(
  client: ProxyClient,
  body: TextRequest,
  { signal, onDelta }: TextOptions = {},
): Promise<TextAnswer> {
  const onEvent = onDelta && ((event: string, value: Json) => event === "delta" && onDelta(text(value.text)));
  const reply = await ask(client, "/v1/ai/text", body, { signal, onEvent });
  if (typeof reply.promptId !== "string" || typeof reply.content !== "string") throw replyInvalid();
  return {
    promptId: reply.promptId,
    content: reply.content,
    usage: readUsage(reply.usage),
    provider: readProvider(reply.provider),
  };
}

export function readUsage(value: unknown): TokenUsage {
  const usage = record(value);
  return {
    ...usage,
    prompt_tokens: number(usage.prompt_tokens),
    completion_tokens: number(usage.completion_tokens),
    total_tokens: number(usage.total_tokens),
    uid: text(usage.uid),
  };
}

export function readProvider(value: unknown): Provider {
  const provider = record(value);
  return { name: text(provider.name), type: text(provider.type), model: text(provider.model) };
}
