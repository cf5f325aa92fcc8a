// Asks the proxy for an email's or page's details, and checks what comes back.
// It must hand out only the fields that were asked for.
import type { TokenUsage } from "../types/events.js";
import type { Provider } from "../types/wire.js";
import { ask, replyInvalid } from "./ask.js";
import { AddonError } from "./errors.js";
import type { ProxyClient } from "./http.js";
import { text } from "./json.js";
import { readProvider, readUsage } from "./text.js";

export type MetaField = "subject" | "preheader" | "title" | "description";
export type MetaTexts = Partial<Record<MetaField, string>>;

export interface MetadataRequest {
  readonly fields: readonly MetaField[];
  readonly options: { readonly toneOfVoice: string; readonly language?: string };
  readonly template: unknown;
}

export interface MetadataAnswer {
  readonly promptId: string;
  readonly texts: MetaTexts;
  readonly usage: TokenUsage;
  readonly provider: Provider;
}

export async function requestMetadata(
  client: ProxyClient,
  body: MetadataRequest,
  signal: AbortSignal,
): Promise<MetadataAnswer> {
  const reply = await ask(client, "/v1/ai/metadata", body, { signal });
  if (typeof reply.promptId !== "string") throw replyInvalid();
  const texts: MetaTexts = {};
  for (const field of body.fields) if (text(reply[field]).trim()) texts[field] = text(reply[field]);
  return {
    promptId: reply.promptId,
    texts,
    usage: readUsage(reply.usage),
    provider: readProvider(reply.provider),
  };
}

export function answerEmpty(): AddonError {
  return new AddonError({ code: 9999, reason: "answer-empty", message: "The answer was empty" });
}
