// Builds the two messages the host app gets from this AddOn, in Beefree's exact shape.
// It must add no field of ours: hosts compare and store these objects.

import type { PromptAppliedInfo, TokenUsageInfo } from "../../types/events.js";
import type { TextAnswer } from "../../types/wire.js";
import { WRITING } from "../handles.js";

export function tokenUsageInfo(answer: Pick<TextAnswer, "promptId" | "usage">): TokenUsageInfo {
  return {
    code: 1000,
    message: `Token usage for addon handle: ${WRITING}`,
    detail: { handle: WRITING, promptId: answer.promptId, usage: answer.usage },
  };
}

export function promptAppliedInfo(promptId: string, moduleId: string, content: string): PromptAppliedInfo {
  return {
    code: 1001,
    message: `Prompt '${promptId}' has been applied`,
    detail: { handle: WRITING, promptId, moduleId, content },
  };
}
