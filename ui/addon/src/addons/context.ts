// What every AddOn front end gets to work with, and what it has to offer.
// It must not name a particular AddOn: a new one is a new module plus one line in instance.ts.
import type { ProxyClient } from "../client/http.js";
import type { ConfigStore } from "../config/store.js";
import type { Sentence } from "../i18n/causes.js";
import type { Texts } from "../i18n/texts.js";
import type { HaAddonInfo } from "../types/events.js";
import type { Session } from "../types/wire.js";
import type { PanelSlot } from "./shared/slot.js";

export interface AddOnContext {
  readonly client: ProxyClient;
  readonly config: ConfigStore;
  readonly slot: PanelSlot;
  /** The last known session; undefined before the first reply, or when the proxy can't be reached. */
  session(): Session | undefined;
  texts(): Texts;
  info(info: HaAddonInfo): void;
  /** Tells the host in onError, and finds the sentence for the end user. */
  fail(error: unknown): Promise<Sentence>;
  /** Called when configuration or session changed. Returns the way to stop listening. */
  onChange(listener: () => void): () => void;
}

export interface AddOnModule<Api extends { destroy(): void }> {
  readonly handle: string;
  create(context: AddOnContext): Api;
}

/** Calls host code: a fault there is reported as the host's and must not stop ours. */
export function callHost<A extends unknown[]>(fn: ((...args: A) => void) | undefined, ...args: A): void {
  try {
    fn?.(...args);
  } catch (error) {
    globalThis.reportError?.(error);
  }
}
