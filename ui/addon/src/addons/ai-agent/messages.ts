// Messages in the AI SDK's shape (`UIMessage`), as Beefree hands them out in onInfo 1010 and takes them as a seed.
// It must pass on what it does not understand: the host stores these messages and gives them back.
import { isRecord, type Json, text } from "../../client/json.js";

export interface TextPart {
  readonly type: "text";
  text: string;
}

export interface UIMessage {
  id: string;
  readonly role: "user" | "assistant" | "system";
  readonly parts: (TextPart | Json)[];
  metadata?: Json;
}

export function newId(): string {
  // Not crypto.randomUUID(): a host page on plain http has none.
  return `msg-${Math.random().toString(36).slice(2, 12)}${Math.random().toString(36).slice(2, 8)}`;
}

const ROLES: readonly unknown[] = ["user", "assistant", "system"];

/** What the host gave as `initialMessages`; anything else in the list is left out. */
export function readMessages(value: unknown): UIMessage[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((one) => isRecord(one) && ROLES.includes(one.role) && Array.isArray(one.parts))
    .map((one) => ({ ...structuredClone(one), id: text(one.id) || newId() }) as UIMessage);
}

export function textOf({ parts }: UIMessage): string {
  return parts
    .filter((part) => part.type === "text")
    .map((part) => text(part.text))
    .join("\n\n");
}
