// Talks to the Co-Pilot: the AI SDK's UI message stream protocol, version 1.
// It must not call an answer complete that was cut off, and must skip kinds of parts it does not know.
import { cutOff, replyInvalid } from "./ask.js";
import { type AddonError, errorFromBody, isAbort, isAddonError } from "./errors.js";
import type { ProxyClient } from "./http.js";
import { isRecord, type Json, parseJson, record, text } from "./json.js";
import { readSse } from "./sse.js";

export interface AgentEvents {
  readonly started: (messageId: string) => void;
  readonly delta: (partId: string, piece: string) => void;
  readonly finished: (metadata: Json) => void;
}

/** The proxy puts its error body into the text, as the protocol has no other field; others send plain words. */
function failure(event: Json): AddonError {
  const words = text(event.errorText);
  const inside = parseJson(words);
  const outside = { code: event.code, cause: event.cause, message: words };
  return errorFromBody(isRecord(inside) ? inside : outside, 0, "upstream");
}

export async function requestChat(
  client: ProxyClient,
  body: unknown,
  signal: AbortSignal,
  on: AgentEvents,
): Promise<void> {
  const response = await client.request("/v1/agent/chat", { body, accept: "text/event-stream", signal });
  const type = response.headers.get("content-type") ?? "";
  if (!type.startsWith("text/event-stream") || !response.body) throw replyInvalid();
  let finished = false;
  try {
    for await (const { data } of readSse(response.body)) {
      if (data === "[DONE]") break;
      const event = record(parseJson(data));
      if (event.type === "error") throw failure(event);
      if (event.type === "start") on.started(text(event.messageId));
      if (event.type === "text-delta") on.delta(text(event.id), text(event.delta));
      if (event.type === "finish") {
        finished = true;
        on.finished(record(event.messageMetadata));
      }
    }
  } catch (error) {
    if (isAbort(error) || isAddonError(error)) throw error;
  }
  if (!finished) throw cutOff();
}
