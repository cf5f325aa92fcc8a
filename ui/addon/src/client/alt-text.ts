// Asks the proxy for alternate texts: of one image, or of many with each result as it is ready.
// It must not decide which images are worth asking for.
import { ask, replyInvalid } from "./ask.js";
import { type AddonError, errorFromBody } from "./errors.js";
import type { ProxyClient } from "./http.js";
import { isRecord, type Json, number, text } from "./json.js";

export interface AltTextImage {
  readonly moduleId: string;
  readonly itemId?: string;
  readonly src: string;
}

export interface AltTextResult {
  readonly moduleId: string;
  readonly itemId?: string;
  readonly alt?: string;
  readonly error?: AddonError;
}

export interface AltTextReply {
  readonly results: readonly AltTextResult[];
  readonly consumedImages: number;
}

function readResult(value: Json): AltTextResult {
  const place = {
    moduleId: text(value.moduleId),
    ...(typeof value.itemId === "string" ? { itemId: value.itemId } : {}),
  };
  if (typeof value.alt === "string") return { ...place, alt: value.alt };
  return {
    ...place,
    error: isRecord(value.error) ? errorFromBody(value.error, 0, "upstream") : replyInvalid(),
  };
}

/** The proxy takes pictures inside the address only as base64; editors also write them percent-encoded. */
export function asBase64(src: string): string {
  const [, head = "", data = ""] = /^data:([^,]*),(.*)$/s.exec(src) ?? [];
  if (!data || /;base64$/i.test(head)) return src;
  const bytes = new TextEncoder().encode(decodeURIComponent(data));
  return `data:${head};base64,${btoa(String.fromCharCode(...bytes))}`;
}

export async function requestAltTexts(
  client: ProxyClient,
  images: readonly AltTextImage[],
  signal: AbortSignal,
  onResult?: (result: AltTextResult) => void,
): Promise<AltTextReply> {
  const body = {
    images: images.map(({ moduleId, itemId, src }) => ({
      moduleId,
      ...(itemId === undefined ? {} : { itemId }),
      src: asBase64(src),
    })),
  };
  const onEvent =
    onResult && ((event: string, value: Json) => event === "result" && onResult(readResult(value)));
  const reply = await ask(client, "/v1/ai/alt-text", body, { signal, onEvent });
  if (!Array.isArray(reply.results)) throw replyInvalid();
  return {
    results: reply.results.filter(isRecord).map(readResult),
    consumedImages: number(reply.consumedImages),
  };
}
