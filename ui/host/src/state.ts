// What the page shows, in one object; the parts read it and ask the app to change it.
// Parts must not keep copies of their own.
import type { HaAddonInfo, HaAddonInstance, HaAddonProblem, Session } from "@addon-console/ha-addon";
import type { Language, T } from "./i18n/texts.js";
import type { Preferences } from "./preferences.js";
import type { Module, Template } from "./template/types.js";
import type { TokenCounter } from "./usage.js";

export const HANDLE = "ai-integration";

export type Callback = "onInfo" | "onWarning" | "onError";

export interface HostEvent {
  readonly id: number;
  readonly callback: Callback;
  readonly at: Date;
  /** The very object the callback got. */
  readonly payload: HaAddonInfo | HaAddonProblem;
}

export interface State {
  readonly preferences: Preferences;
  readonly addon: HaAddonInstance;
  readonly counter: TokenCounter;
  session: Session;
  template: Template;
  /** Once the visitor changed a text, switching the language keeps the newsletter. */
  edited: boolean;
  selected: Module | undefined;
  events: HostEvent[];
}

export interface Actions {
  t(): T;
  select(module: Module | undefined): void;
  edit(module: Module, text: string, promptId?: string): void;
  setLanguage(language: Language): void;
  toggleTheme(): void;
  setStream(on: boolean): void;
  setAllowance(tokens: number): void;
  clearEvents(): void;
  checkSession(): void;
}

export function writingAddOn(session: Session) {
  return session.addOns.find((a) => a.handle === HANDLE);
}
