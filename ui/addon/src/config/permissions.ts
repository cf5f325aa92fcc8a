// Answers whether an AddOn may be used: for the session, for this user, for this kind of block.
// It must not decide about balances: see the AddOn's own usage rules.
import type { AdvancedPermissions, BlockType, HaAddonConfig } from "../types/beefree.js";
import type { Session } from "../types/wire.js";

const BLOCKS: Record<BlockType, string> = {
  TITLE: "title",
  PARAGRAPH: "paragraph",
  LIST: "list",
  BUTTON: "button",
};

export function blockPermission(
  permissions: AdvancedPermissions | undefined,
  type: BlockType,
): { show: boolean; locked: boolean } {
  const ai = permissions?.content?.[BLOCKS[type]]?.properties?.aiIntegration;
  return { show: ai?.show !== false, locked: ai?.locked === true };
}

export interface AddOnState {
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What the console says about the AddOn, overridden by what the host says. An unknown session hides nothing. */
export function addOnState(handle: string, config: HaAddonConfig, session: Session | undefined): AddOnState {
  const known = session?.addOns.find((a) => a.handle === handle);
  const host = config.addOns?.find((a) => a.id === handle);
  const on = session === undefined || known?.enabled === true;
  return { enabled: on && host?.enabled !== false, settings: { ...known?.settings, ...host?.settings } };
}
