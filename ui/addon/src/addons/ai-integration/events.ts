// Builds the two messages the host app gets from this AddOn, in Beefree's exact shape.
// It must add no field of ours: hosts compare and store these objects.
import type { PromptAppliedInfo, TokenUsageInfo } from "../../types/events.js";
import type { TextAnswer } from "../../types/wire.js";

export const HANDLE = "ai-integration";

export function tokenUsageInfo(answer: TextAnswer): TokenUsageInfo {
  return {
    code: 1000,
    message: `Token usage for addon handle: ${HANDLE}`,
    detail: { handle: HANDLE, promptId: answer.promptId, usage: answer.usage },
  };
}

export function promptAppliedInfo(promptId: string, moduleId: string, content: string): PromptAppliedInfo {
  return {
    code: 1001,
    message: `Prompt '${promptId}' has been applied`,
    detail: { handle: HANDLE, promptId, moduleId, content },
  };
}
