// The host app as the stand-in sees it: its configuration, and its callbacks, which a loadConfig may replace.
// What can't be told in a callback must be told on the console: nothing is ignored in silence.
import type { HaAddonConfig, HaAddonProblem } from "@addon-console/ha-addon";

const CALLBACKS = [
  ...["onInfo", "onWarning", "onError", "onLoad", "onStart", "onChange", "onSelectElement"],
  ...["onSave", "onSaveAsTemplate", "onAutoSave", "onSend", "onTemplateLanguageChange"],
  ...["onPreview", "onTogglePreview", "onViewChange"],
] as const;
export type Callback = (typeof CALLBACKS)[number];

export type BeeConfig = HaAddonConfig & {
  readonly container?: string | HTMLElement;
  readonly trackChanges?: boolean;
  /** Seconds. */
  readonly autosave?: number;
} & { readonly [option: string]: unknown };

/** Options with an effect here, and those that ask for nothing. */
const TAKEN: ReadonlySet<string> = new Set<string>([
  ...CALLBACKS,
  ...["uid", "language", "addOns", "translations", "advancedPermissions", "debug", "stream"],
  ...["templateLanguage", "templateLanguages", "templateLanguageAutoTranslation", "trackChanges", "autosave"],
  // Ours, as createHaAddon takes them.
  ...["proxyUrl", "onTokenRefresh"],
  // All failures are told here, with or without extendedOnError.
  ...["container", "startOrigin", "startOriginVersion", "extendedOnError"],
]);
const TAKEN_INSIDE: Readonly<Record<string, readonly string[]>> = {
  contentDialog: ["upsell", "customLLM"],
  hooks: ["brandTone"],
};

/** The options given that the stand-in does nothing with, by name. */
export function ignored(config: BeeConfig): string[] {
  return Object.entries(config).flatMap(([name, value]) => {
    const inside = TAKEN_INSIDE[name];
    if (value === undefined || TAKEN.has(name)) return [];
    if (!inside || typeof value !== "object" || value === null) return [name];
    return Object.keys(value)
      .filter((key) => !inside.includes(key))
      .map((key) => `${name}.${key}`);
  });
}

export class HostApp {
  #config: BeeConfig;

  constructor(
    config: BeeConfig,
    private readonly template: () => string | undefined,
  ) {
    this.#config = config;
  }

  get config(): BeeConfig {
    return this.#config;
  }

  merge(partial: BeeConfig): void {
    this.#config = { ...this.#config, ...partial };
  }

  /** False if the host has no such callback. A fault in it is the host's, and stops nothing here. */
  call(name: Callback, ...args: unknown[]): boolean {
    const callback = this.#config[name];
    if (typeof callback !== "function") return false;
    try {
      callback(...args);
    } catch (error) {
      globalThis.reportError(error);
    }
    return true;
  }

  warn(warning: HaAddonProblem): void {
    if (!this.call("onWarning", warning)) console.warn("BeePlugin.js:", warning);
  }

  fail(error: HaAddonProblem): void {
    if (!this.call("onError", this.#withTemplate(error))) console.error("BeePlugin.js:", error);
  }

  /** What an unsupported method or option is told with; 9999 is Beefree's number for the rest. */
  cannot(what: string, data: Readonly<Record<string, unknown>>): HaAddonProblem {
    const message = `${what}: not in AddOn Console's stand-in for Beefree's plugin`;
    const detail = `${message}. It previews the AI AddOns; the rest needs Beefree's own.`;
    const warning = { code: 9999, message, detail, name: "not-in-stand-in", data };
    this.warn(warning);
    return warning;
  }

  /** 5101 and 5102 ask for a new login: the host starts again with the template it finds in the event. */
  #withTemplate(error: HaAddonProblem): HaAddonProblem {
    const template = this.template();
    if ((error.code !== 5101 && error.code !== 5102) || template === undefined) return error;
    return { ...error, template, detail: { message: error.detail, template } } as HaAddonProblem;
  }
}
