// What the page shows, in one object; the parts read it and ask the app to change it.
// Parts must not keep copies of their own.
import type { HaAddonInfo, HaAddonInstance, HaAddonProblem, Session } from "@addon-console/ha-addon";
import type { Balances } from "./balances.js";
import type { Language, T } from "./i18n/texts.js";
import type { Languages } from "./languages.js";
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

/** What the editor shows: on the demo page, and in the stand-in for Beefree's plugin. */
export interface EditorState {
  readonly addon: HaAddonInstance;
  /** The editor's own language. */
  readonly language: Language;
  readonly languages: Languages;
  session: Session;
  template: Template;
  /** The template's language on the stage; "" is the main one. */
  shown: string;
  translating: boolean;
  selected: Module | undefined;
}

export interface State extends EditorState {
  readonly preferences: Preferences;
  readonly balances: Balances;
  /** Once the visitor changed a text, switching the language keeps the newsletter. */
  edited: boolean;
  events: HostEvent[];
}

export interface EditorActions {
  t(): T;
  select(module: Module | undefined): void;
  edit(module: Module, text: string, promptId?: string): void;
  editAlt(module: Module, alt: string): void;
  editImage(module: Module, src: string): void;
  editMeta(meta: Partial<Meta>): void;
  /** Which language of the template the stage shows; "" is the main one. */
  show(language: string): void;
  /** Gives what went wrong, which onError was told too. */
  translate(language?: string): Promise<HaAddonProblem | undefined>;
  resetTranslation(language?: string): Promise<HaAddonProblem | undefined>;
  checkSession(): void;
}

export interface Actions extends EditorActions {
  setLanguage(language: Language): void;
  toggleTheme(): void;
  setStream(on: boolean): void;
  setAllowance(tokens: number): void;
  clearEvents(): void;
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
