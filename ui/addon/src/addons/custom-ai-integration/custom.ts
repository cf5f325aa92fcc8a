// The writing assistant of the host's own (`custom-ai-integration`): when it takes over, and its dialog.
// It must call the host only, never the proxy, and wait until the host has answered.
import { addOnState } from "../../config/permissions.js";
import type { CustomLlmAnswer } from "../../types/beefree.js";
import type { AiModule } from "../../types/wire.js";
import type { AddOnContext } from "../context.js";
import { CUSTOM_WRITING } from "../handles.js";
import { runDialog } from "../shared/dialog.js";

export interface CustomState {
  /** The session has it on, so the other writing assistant is not used. */
  readonly active: boolean;
  readonly disabled: boolean;
}

export function customState(context: AddOnContext): CustomState {
  const { config } = context;
  // An unknown session must not hide the usual assistant: this one has to be there in so many words.
  const known = context.session()?.addOns.some((a) => a.handle === CUSTOM_WRITING && a.enabled) === true;
  const { enabled, settings } = addOnState(CUSTOM_WRITING, config.current, context.session());
  const dialog = config.current.contentDialog?.customLLM;
  return { active: known && enabled, disabled: settings.isButtonDisabled === true || !dialog };
}

/** The text the host came back with; undefined if it rejected or sent none. */
export async function runCustom(context: AddOnContext, module: AiModule): Promise<string | undefined> {
  const dialog = context.config.current.contentDialog?.customLLM;
  if (!dialog) return undefined;
  const answer = await runDialog<CustomLlmAnswer | undefined, Parameters<typeof dialog.handler>[2]>(dialog, {
    moduleUUID: module.uuid,
    moduleType: module.type,
    // Beefree's rule: a block that still holds the builder's own words counts as empty.
    moduleContent: module.isDefault ? "" : module.content,
  });
  return typeof answer?.generatedText === "string" ? answer.generatedText : undefined;
}
