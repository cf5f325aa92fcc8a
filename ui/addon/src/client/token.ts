// Holds the session token and renews it, at most once at a time.
// It must never write the token anywhere: keeping it over a reload is the host's choice.
import type { BeeToken } from "../types/beefree.js";
import { errorFromResponse, networkError, sessionOver } from "./errors.js";
import { parseJson, record } from "./json.js";

export class TokenKeeper {
  #token: BeeToken;
  #renewal: Promise<void> | undefined;

  constructor(
    token: BeeToken,
    private readonly refreshUrl: string,
    private readonly send: (url: string, init: RequestInit) => Promise<Response>,
    private readonly renewed: (token: BeeToken) => void,
  ) {
    this.#token = token;
  }

  get bearer(): string {
    return this.#token.access_token;
  }

  update(token: BeeToken): void {
    this.#token = token;
  }

  /** Makes sure the token is another one than `used`. All callers share one request. */
  renew(used: string): Promise<void> {
    if (used !== this.bearer) return Promise.resolve();
    this.#renewal ??= this.#fetchNew(used).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #fetchNew(used: string): Promise<void> {
    const init = {
      method: "POST",
      headers: { authorization: `Bearer ${used}`, "content-type": "application/json" },
      body: "{}",
    };
    const response = await this.send(this.refreshUrl, init).catch(() => {
      throw networkError(this.refreshUrl, "POST");
    });
    // The host may have called updateToken() meanwhile: its token is newer than ours.
    if (this.bearer !== used) return;
    if (!response.ok) {
      const refused = await errorFromResponse(response);
      // 5102 asks for a new builder, 5003 for another word with the developer: neither is mended by logging in.
      throw refused.code === 5102 || refused.code === 5003 ? refused : sessionOver();
    }
    const body = record(parseJson(await response.text()));
    if (typeof body.access_token !== "string") throw sessionOver();
    if (this.bearer !== used) return;
    this.#token = body as unknown as BeeToken;
    this.renewed(this.#token);
  }
}
