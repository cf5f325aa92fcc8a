// The live configuration: applies loadConfig calls, debounces rapid ones, tells who listens.
// No change may be lost: debounced calls are collected and applied together.
import type { HaAddonConfig, LoadConfigOptions, PartialConfig } from "../types/beefree.js";
import type { HaAddonWarning } from "../types/events.js";
import { mergeConfig } from "./merge.js";

// Beefree publishes neither the length of the window nor whether a debounced change still counts; it does say
// "without loss". We choose 200 ms, apply every change, and warn once per debounced call.
export const DEBOUNCE_MS = 200;

export const DEBOUNCED: HaAddonWarning = {
  code: 3001,
  message: "loadConfig request was debounced due to rapid consecutive calls",
  detail: "loadConfig request was debounced due to rapid consecutive calls",
};

export class ConfigStore {
  #config: HaAddonConfig;
  #pending: PartialConfig[] = [];
  #waiting: ((config: HaAddonConfig) => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    config: HaAddonConfig,
    private readonly warn: (warning: HaAddonWarning) => void,
  ) {
    this.#config = config;
  }

  get current(): HaAddonConfig {
    return this.#config;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  load(partial: PartialConfig, options: LoadConfigOptions = {}): Promise<HaAddonConfig> {
    const rapid = this.#timer !== undefined;
    this.#restart();
    if (!rapid) {
      this.apply(partial);
      return Promise.resolve(this.#config);
    }
    this.#pending.push(partial);
    this.warn(DEBOUNCED);
    if (options.rejectDebounced) return Promise.reject(new Error(DEBOUNCED.message));
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Applies at once, without debounce: for answers of a content dialog. */
  apply(...partials: PartialConfig[]): void {
    if (partials.length === 0) return;
    this.#config = partials.reduce<HaAddonConfig>(mergeConfig, this.#config);
    for (const listener of this.#listeners) listener();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
    for (const resolve of this.#waiting.splice(0)) resolve(this.#config);
  }

  #restart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.apply(...this.#pending.splice(0));
      for (const resolve of this.#waiting.splice(0)) resolve(this.#config);
    }, DEBOUNCE_MS);
  }
}
