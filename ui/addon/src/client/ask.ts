// Sends one request and hands out the reply's object, whole or at the end of a stream of events.
// It must not know any AddOn's fields, and must not call an answer complete that was cut off.
import { AddonError, errorFromBody, isAbort, isAddonError } from "./errors.js";
import type { ProxyClient } from "./http.js";
import { type Json, parseJson, record } from "./json.js";
import { readSse } from "./sse.js";

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** Given: a stream is asked for, and this receives each event before the last one, `done`. */
  readonly onEvent?: ((event: string, value: Json) => void) | undefined;
}

export async function ask(
  client: ProxyClient,
  path: string,
  body: unknown,
  { signal, onEvent }: AskOptions = {},
): Promise<Json> {
  const accept = onEvent ? "text/event-stream" : "application/json";
  const response = await client.request(path, { body, accept, ...(signal ? { signal } : {}) });
  const type = response.headers.get("content-type") ?? "";
  try {
    if (!type.startsWith("text/event-stream") || !response.body) {
      return record(parseJson(await response.text()));
    }
    for await (const { event, data } of readSse(response.body)) {
      const value = parseJson(data);
      if (event === "error") throw errorFromBody(value, response.status, "upstream");
      if (event === "done") return record(value);
      onEvent?.(event, record(value));
    }
  } catch (error) {
    if (isAbort(error) || isAddonError(error)) throw error;
  }
  throw cutOff();
}

export function cutOff(): AddonError {
  return new AddonError({ code: 9900, reason: "stream-cut", message: "The answer was cut off" });
}

export function replyInvalid(): AddonError {
  return new AddonError({
    code: 9999,
    reason: "reply-invalid",
    message: "The proxy sent a reply that is not an answer",
  });
}
