// What every screen may need of the shell: the current application, going elsewhere, saying something.
import { createContext, useContext } from "react";
import type { ApplicationView } from "../ipc/generated";
import type { ScreenId } from "./routes";

/** Where a screen may be asked to begin. */
export type Intent = "add" | "unlock" | "rotate" | "kit" | "verify" | null;

export interface Desk {
  application: ApplicationView | null;
  applications: ApplicationView[];
  choose(id: string): void;
  go(screen: ScreenId, intent?: Intent): void;
  /** Why the screen was opened; read once. */
  intent: Intent;
  /** Says it for a few seconds, also to screen readers. */
  say(text: string): void;
  openPreview(): void;
}

const Context = createContext<Desk | null>(null);
export const DeskProvider = Context;

export function useDesk(): Desk {
  const desk = useContext(Context);
  if (!desk) throw new Error("no desk");
  return desk;
}
