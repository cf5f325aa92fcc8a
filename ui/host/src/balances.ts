// What this host feeds back to the AddOns with loadConfig: the balances it keeps, per AddOn.
// It must hold the sums of onInfo 1000 only; the AddOns themselves never count.
import type { AddOnConfig, HaAddonInfo, Session } from "@addon-console/ha-addon";
import { HANDLES } from "./state.js";
import { Counter, DEFAULT_ALLOWANCE, DEFAULT_IMAGES } from "./usage.js";

export class Balances {
  readonly tokens: Counter;
  readonly #images: ReadonlyMap<string, Counter>;

  constructor(uid: string) {
    this.tokens = new Counter(uid, "tokens", DEFAULT_ALLOWANCE);
    this.#images = new Map(
      [HANDLES.altText, HANDLES.images].map((handle) => [handle, new Counter(uid, handle, DEFAULT_IMAGES)]),
    );
  }

  /** True if it changed a balance. */
  take(info: HaAddonInfo): boolean {
    if (info.code !== 1000) return false;
    if ("usage" in info.detail) this.tokens.add(info.detail.usage.total_tokens);
    else this.#images.get(info.detail.handle)?.add(info.detail.consumedImages);
    return true;
  }

  available(handle: string, session: Session): number {
    const settings = session.addOns.find((a) => a.handle === handle)?.settings;
    const counter = this.#images.get(handle);
    return counter
      ? counter.allowance(settings?.imagesAvailable)
      : this.tokens.allowance(settings?.tokensAvailable);
  }

  buy(handle: string, amount: number, session: Session): AddOnConfig {
    const counter = this.#images.get(handle) ?? this.tokens;
    counter.chosen = this.available(handle, session) + amount;
    return this.#config(handle, session);
  }

  /** Images used and to be had, of all AddOns together, for the rail. */
  images(session: Session): { used: number; available: number } {
    let [used, available] = [0, 0];
    for (const [handle, counter] of this.#images) {
      used += counter.used;
      available += this.available(handle, session);
    }
    return { used, available };
  }

  config(session: Session): AddOnConfig[] {
    return [HANDLES.writing, ...this.#images.keys()].map((handle) => this.#config(handle, session));
  }

  #config(id: string, session: Session): AddOnConfig {
    const available = this.available(id, session);
    const counter = this.#images.get(id);
    const numbers = counter
      ? { imagesUsed: counter.used, imagesAvailable: available }
      : { tokensUsed: this.tokens.used, tokensAvailable: available };
    return { id, settings: { ...numbers, isUpsellEnabled: true } };
  }
}
