// Shapes that are Beefree's own, so that a host app's existing configuration fits unchanged.
// Nothing here may be renamed or "improved": a difference would make the preview untrue.

export type BlockType = "TITLE" | "PARAGRAPH" | "LIST" | "BUTTON";

/** The whole reply of the login call, passed on unaltered. */
export interface BeeToken {
  readonly access_token: string;
  readonly v2: boolean;
}

export interface AddOnConfig {
  readonly id: string;
  readonly enabled?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Translations {
  readonly [key: string]: string | Translations;
}

export interface BlockPermission {
  readonly show?: boolean;
  readonly locked?: boolean;
}

export interface AdvancedPermissions {
  readonly content?: {
    readonly [block: string]:
      | { readonly properties?: { readonly aiIntegration?: BlockPermission } }
      | undefined;
  };
}

/** The host must call `resolve` or `reject`; until then the panel waits. */
export interface UpsellDialog {
  readonly label?: string;
  readonly handler: (
    resolve: (config?: PartialConfig) => void,
    reject: (reason?: unknown) => void,
    args: { readonly handle: string },
  ) => void;
}

export interface CustomLlmAnswer {
  /** For a list, one item per line. */
  readonly generatedText: string;
}

/** The host's own writing assistant. The editor waits until `resolve` or `reject` is called. */
export interface CustomLlmDialog {
  readonly label?: string;
  readonly handler: (
    resolve: (answer: CustomLlmAnswer) => void,
    reject: (reason?: unknown) => void,
    args: { readonly moduleUUID: string; readonly moduleType: BlockType; readonly moduleContent: string },
  ) => void;
}

/** The host keeps the brand tones; `resolve` takes an array for `get`, an id for `getSelected`, nothing otherwise. */
export interface BrandToneHook {
  readonly handler: (
    resolve: (answer?: unknown) => void,
    reject: (reason?: unknown) => void,
    args: { readonly action: string; readonly data?: unknown },
  ) => void;
}

export interface TemplateLanguage {
  readonly value: string;
  readonly label?: string;
}

export interface HaAddonConfig {
  readonly uid?: string;
  readonly language?: string;
  readonly addOns?: readonly AddOnConfig[];
  readonly translations?: Translations;
  readonly advancedPermissions?: AdvancedPermissions;
  readonly contentDialog?: { readonly upsell?: UpsellDialog; readonly customLLM?: CustomLlmDialog };
  readonly hooks?: { readonly brandTone?: BrandToneHook };
  /** The language the template is written in. */
  readonly templateLanguage?: TemplateLanguage;
  /** The languages it may be translated into. */
  readonly templateLanguages?: readonly TemplateLanguage[];
  readonly templateLanguageAutoTranslation?: boolean;
  readonly debug?: { readonly showTranslationKeys?: boolean };
  /** Ours, not Beefree's: show words as they come. Off by default, because Beefree delivers the answer whole. */
  readonly stream?: boolean;
}

export type PartialConfig = HaAddonConfig;

export interface LoadConfigOptions {
  /** Reject the promise of a debounced call instead of resolving it with the current configuration. */
  readonly rejectDebounced?: boolean;
}
