// Sends requests to the proxy with the session token and renews the token when it has expired.
// It must not know any AddOn, and must hand out either a good response or an AddonError.
import type { BeeToken } from "../types/beefree.js";
import { errorFromResponse, isAbort, networkError } from "./errors.js";
import { loopbackInit } from "./loopback.js";
import { TokenKeeper } from "./token.js";

const EXPIRED = 4010;

export interface RequestOptions {
  readonly body?: unknown;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

export class ProxyClient {
  readonly #tokens: TokenKeeper;
  readonly #extra: RequestInit;

  constructor(
    readonly proxyUrl: string,
    token: BeeToken,
    renewed: (token: BeeToken) => void,
  ) {
    this.#extra = loopbackInit(proxyUrl, globalThis.location?.href ?? "");
    this.#tokens = new TokenKeeper(
      token,
      this.url("/refreshV2"),
      (url, init) => this.#fetch(url, init),
      renewed,
    );
  }

  url(path: string): string {
    return this.proxyUrl.replace(/\/+$/, "") + path;
  }

  updateToken(token: BeeToken): void {
    this.#tokens.update(token);
  }

  async request(path: string, options: RequestOptions = {}): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      const bearer = this.#tokens.bearer;
      const response = await this.#send(path, bearer, options);
      if (response.ok) return response;
      const error = await errorFromResponse(response);
      if (error.status !== 401 || error.code !== EXPIRED || attempt > 0) throw error;
      await this.#tokens.renew(bearer);
    }
  }

  async #send(path: string, bearer: string, options: RequestOptions): Promise<Response> {
    const post = options.body !== undefined;
    const headers: Record<string, string> = { authorization: `Bearer ${bearer}` };
    headers.accept = options.accept ?? "application/json";
    if (post) headers["content-type"] = "application/json";
    const init: RequestInit = { method: post ? "POST" : "GET", headers };
    if (post) init.body = JSON.stringify(options.body);
    if (options.signal) init.signal = options.signal;
    try {
      return await this.#fetch(this.url(path), init);
    } catch (error) {
      if (isAbort(error)) throw error;
      throw networkError(this.url(path), post ? "POST" : "GET");
    }
  }

  #fetch(url: string, init: RequestInit): Promise<Response> {
    // No cookies, no cache, no redirect: the bearer is all the proxy accepts, and it goes nowhere else.
    const fixed: RequestInit = { credentials: "omit", cache: "no-store", redirect: "error" };
    return fetch(url, { ...fixed, ...this.#extra, ...init });
  }
}
