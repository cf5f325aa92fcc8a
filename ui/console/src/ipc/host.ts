// The back end as screens see it. Two hosts: the real one (`tauri.ts`), and one in memory for tests.
import { createContext, useContext } from "react";
import type { ApiError, Commands, Event, StagedKey, StagedSecret } from "./generated";

export interface Host {
  /** Calls a command of the table. Rejects with an `ApiError`. */
  call<Name extends keyof Commands>(
    name: Name,
    request: Commands[Name]["request"],
  ): Promise<Commands[Name]["reply"]>;
  /** Hands over a typed key as bytes. The bytes are the caller's to wipe. */
  stageKey(bytes: Uint8Array): Promise<StagedKey>;
  /** The same for a passphrase or a recovery code. */
  stageSecret(bytes: Uint8Array): Promise<StagedSecret>;
  /** Hears what the back end says unasked. Returns a function that stops it. */
  listen(handler: (event: Event) => void): () => void;
}

const Context = createContext<Host | null>(null);
export const HostProvider = Context;

export function useHost(): Host {
  const host = useContext(Context);
  if (!host) throw new Error("no host");
  return host;
}

/** What was thrown, as an `ApiError`, whatever it was. */
export function apiError(thrown: unknown): ApiError {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    return thrown as ApiError;
  }
  return { code: "internal", message: "The window lost its back end.", hint: "Restart AddOn Console." };
}
