// What travels between this SDK and the proxy. The proxy's own contract is the authority; this only mirrors it.
// No provider key ever appears in any of these shapes, in either direction.
import type { BlockType } from "./beefree.js";
import type { TokenUsage } from "./events.js";

export interface Provider {
  readonly name: string;
  readonly type: string;
  readonly model: string;
}

export interface SessionAddOn {
  readonly handle: string;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly provider: Provider | null;
}

export interface Session {
  readonly application: {
    readonly id: string;
    readonly name: string;
    readonly clientId: string;
    readonly type: string;
    readonly environment: string;
  };
  readonly uid: string;
  readonly features: Readonly<Record<string, unknown>>;
  readonly addOns: readonly SessionAddOn[];
  readonly limits: Readonly<Record<string, unknown>>;
}

/** One block of the template, as the AddOn sees it. */
export interface AiModule {
  readonly uuid: string;
  readonly type: BlockType;
  /** Plain text. */
  readonly content: string;
  /** True while the block still holds the builder's own placeholder text. */
  readonly isDefault: boolean;
}

export interface HistoryEntry {
  readonly promptId: string;
  readonly prompt: string;
  readonly content: string;
}

export interface TextRequest {
  readonly handle: "ai-integration";
  readonly module: AiModule;
  readonly prompt: string;
  readonly history: readonly HistoryEntry[];
  readonly regenerateOf?: string;
  readonly language?: string;
  /** As the host keeps it. */
  readonly brandTone?: unknown;
}

export interface TextAnswer {
  readonly promptId: string;
  readonly content: string;
  readonly usage: TokenUsage;
  readonly provider: Provider;
}
