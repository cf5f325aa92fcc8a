// Everything the parts of the panel need to draw themselves, computed in one place.
// It must stay a plain snapshot: parts read it, and act through PanelActions only.

import { addOnState, blockPermission } from "../../config/permissions.js";
import { languageOf, type Texts } from "../../i18n/texts.js";
import type { BlockType, UpsellDialog } from "../../types/beefree.js";
import type { AiModule, Provider } from "../../types/wire.js";
import type { AddOnContext } from "../context.js";
import { customState } from "../custom-ai-integration/custom.js";
import { WRITING } from "../handles.js";
import type { Conversation, Turn } from "./conversation.js";
import { readSettings, type WritingSettings } from "./settings.js";
import { type UsageState, usageState } from "./usage.js";

export interface PanelModel {
  readonly t: Texts;
  readonly language: string;
  readonly visible: boolean;
  readonly locked: boolean;
  readonly module: AiModule;
  readonly moduleName: string;
  readonly settings: WritingSettings;
  readonly usage: UsageState;
  readonly tokenLabel: string;
  readonly upsell: UpsellDialog | undefined;
  readonly provider: Provider | undefined;
  readonly conversation: Conversation;
}

export interface PanelActions {
  generate(prompt: string): void;
  regenerate(turn: Turn): void;
  apply(turn: Turn): void;
  stop(): void;
  clear(): void;
  restart(): void;
}

export interface View {
  readonly element: HTMLElement;
  update(model: PanelModel): void;
}

const NAMES = {
  TITLE: "module-title",
  PARAGRAPH: "module-paragraph",
  LIST: "module-list",
  BUTTON: "module-button",
} as const;

export function access(context: AddOnContext, type: BlockType) {
  const state = addOnState(WRITING, context.config.current, context.session());
  const permission = blockPermission(context.config.current.advancedPermissions, type);
  const custom = customState(context);
  return {
    visible: (custom.active || state.enabled) && permission.show,
    locked: permission.locked || (custom.active && custom.disabled),
    settings: state.settings,
  };
}

export function buildModel(context: AddOnContext, module: AiModule, conversation: Conversation): PanelModel {
  const t = context.texts();
  const { visible, locked, settings: raw } = access(context, module.type);
  const settings = readSettings(raw);
  const latest = conversation.turns.findLast((turn) => turn.provider)?.provider;
  const configured = context.session()?.addOns.find((a) => a.handle === WRITING)?.provider;
  return {
    t,
    language: languageOf(context.config.current),
    visible,
    locked,
    module: conversation.fresh ? { ...module, content: "", isDefault: true } : module,
    moduleName: t(NAMES[module.type]),
    settings,
    usage: usageState(settings),
    tokenLabel: settings.tokenLabel ?? t("token-label"),
    upsell: context.config.current.contentDialog?.upsell,
    provider: latest ?? configured ?? undefined,
    conversation,
  };
}
