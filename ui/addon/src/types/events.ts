// What the host app is told: Beefree's callback shapes, field for field.
// The same number means different things in onInfo, onWarning and onError: never share constants between them.
import type { UIMessage } from "../addons/ai-agent/messages.js";

export interface TokenUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly uid: string;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number };
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number };
}

/** An answer arrived. */
export interface TokenUsageInfo {
  readonly code: 1000;
  readonly message: string;
  readonly detail: { readonly handle: string; readonly promptId: string; readonly usage: TokenUsage };
}

/** Images were described or made. */
export interface ImageUsageInfo {
  readonly code: 1000;
  readonly message: string;
  readonly detail: {
    readonly handle: "ai-alt-text" | "ai-image-generation";
    readonly uid: string;
    readonly consumedImages: number;
  };
}

/** The end user pressed Apply. */
export interface PromptAppliedInfo {
  readonly code: 1001;
  readonly message: string;
  readonly detail: {
    readonly handle: string;
    readonly promptId: string;
    readonly moduleId: string;
    readonly content: string;
  };
}

/** The Co-Pilot's chat changed; the host stores it and gives it back as `initialMessages`. */
export interface MessagesChangedInfo {
  readonly code: 1010;
  readonly message: string;
  /** Messages in the AI SDK's shape (`UIMessage`). */
  readonly detail: { readonly handle: "ai-agent"; readonly messages: readonly UIMessage[] };
}

export type HaAddonInfo = TokenUsageInfo | ImageUsageInfo | PromptAppliedInfo | MessagesChangedInfo;

export interface HaAddonProblem {
  readonly code: number;
  readonly message: string;
  readonly detail: unknown;
  readonly name?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export type HaAddonWarning = HaAddonProblem;
export type HaAddonError = HaAddonProblem;

export interface Callbacks {
  readonly onInfo?: (info: HaAddonInfo) => void;
  readonly onWarning?: (warning: HaAddonWarning) => void;
  readonly onError?: (error: HaAddonError) => void;
}
