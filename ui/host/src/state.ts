// What the page shows, in one object; the parts read it and ask the app to change it.
// Parts must not keep copies of their own.
import type { HaAddonInfo, HaAddonInstance, HaAddonProblem, Session } from "@addon-console/ha-addon";
import type { Balances } from "./balances.js";
import type { Language, T } from "./i18n/texts.js";
import type { Preferences } from "./preferences.js";
import type { Meta, Module, Template } from "./template/types.js";

export const HANDLES = {
  writing: "ai-integration",
  customWriting: "custom-ai-integration",
  altText: "ai-alt-text",
  images: "ai-image-generation",
  translation: "ai-translation",
  agent: "ai-agent",
} as const;

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
  readonly balances: Balances;
  session: Session;
  template: Template;
  /** The template's language on the stage; "" is the main one. */
  shown: string;
  translating: boolean;
  /** Once the visitor changed a text, switching the language keeps the newsletter. */
  edited: boolean;
  selected: Module | undefined;
  events: HostEvent[];
}

export interface Actions {
  t(): T;
  select(module: Module | undefined): void;
  edit(module: Module, text: string, promptId?: string): void;
  editAlt(module: Module, alt: string): void;
  editImage(module: Module, src: string): void;
  editMeta(meta: Partial<Meta>): void;
  /** Which language of the template the stage shows; "" is the main one. */
  show(language: string): void;
  translate(): void;
  resetTranslation(): void;
  setLanguage(language: Language): void;
  toggleTheme(): void;
  setStream(on: boolean): void;
  setAllowance(tokens: number): void;
  clearEvents(): void;
  checkSession(): void;
}

export function addOnOf(session: Session, handle: string) {
  return session.addOns.find((a) => a.handle === handle);
}

export function writingAddOn(session: Session) {
  return addOnOf(session, HANDLES.writing);
}

/** The writing assistant of the host's own takes the place of the other. */
export function customWriting(session: Session): boolean {
  return addOnOf(session, HANDLES.customWriting)?.enabled === true;
}
