// Asks the proxy for a picture made from words, and checks what comes back.
// It must hand out no address but http(s): the page puts it into an <img>.

import type { Provider } from "../types/wire.js";
import { ask, replyInvalid } from "./ask.js";
import type { ProxyClient } from "./http.js";
import { number, record, text } from "./json.js";
import { readProvider } from "./text.js";

export interface ImageRequest {
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly aspectRatio: string;
  readonly style?: string;
  readonly cfgScale?: number;
  readonly steps?: number;
  readonly folderName: string;
}

export interface GeneratedImage {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly folder: string;
  readonly fileName: string;
}

export interface ImageAnswer {
  readonly image: GeneratedImage;
  readonly consumedImages: number;
  readonly provider: Provider;
}

export async function requestImage(
  client: ProxyClient,
  body: ImageRequest,
  signal: AbortSignal,
): Promise<ImageAnswer> {
  const reply = await ask(client, "/v1/ai/images", body, { signal });
  const image = record(Array.isArray(reply.images) ? reply.images[0] : undefined);
  const url = text(image.url);
  if (!/^https?:\/\//i.test(url)) throw replyInvalid();
  return {
    image: {
      url,
      width: number(image.width),
      height: number(image.height),
      folder: text(image.folder),
      fileName: text(image.fileName),
    },
    consumedImages: number(reply.consumedImages, 1),
    provider: readProvider(reply.provider),
  };
}
