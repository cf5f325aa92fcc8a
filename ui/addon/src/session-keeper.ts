// Loads the session once, keeps it, and lets the host ask again after something changed in the console.
// It must report a failure to the host, and must not hide the AddOn because of one.
import { type AddonError, asAddonError } from "./client/errors.js";
import type { ProxyClient } from "./client/http.js";
import { fetchSession } from "./client/session.js";
import type { Session } from "./types/wire.js";

export class SessionKeeper {
  #current: Session | undefined;
  #loading: Promise<Session> | undefined;

  constructor(
    private readonly client: ProxyClient,
    private readonly changed: () => void,
    private readonly failed: (error: AddonError) => void,
  ) {}

  get current(): Session | undefined {
    return this.#current;
  }

  load(again = false): Promise<Session> {
    if (this.#current && !again) return Promise.resolve(this.#current);
    this.#loading ??= this.#fetch().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #fetch(): Promise<Session> {
    try {
      this.#current = await fetchSession(this.client);
    } catch (caught) {
      const error = asAddonError(caught);
      this.failed(error);
      throw error;
    }
    this.changed();
    return this.#current;
  }
}
