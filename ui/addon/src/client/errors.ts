// One error type for everything that can go wrong between this page and the AI provider.
// It must never carry a prompt, an answer or a token: hosts log what they get in onError.
import type { HaAddonError } from "../types/events.js";
import { isRecord, number, parseJson, record, text } from "./json.js";

export interface AddonErrorInit {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly detail?: unknown;
  readonly status?: number;
  readonly retryAfter?: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

export class AddonError extends Error {
  override readonly name = "AddonError";
  readonly code: number;
  /** The proxy's stable word for the cause, such as `key-rejected`. */
  readonly reason: string;
  readonly detail: unknown;
  readonly status: number;
  readonly retryAfter: number | undefined;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(init: AddonErrorInit) {
    super(init.message);
    this.code = init.code;
    this.reason = init.reason;
    this.detail = init.detail ?? init.message;
    this.status = init.status ?? 0;
    this.retryAfter = init.retryAfter;
    this.data = init.data ?? {};
  }

  /** Beefree's onError shape. */
  toEvent(): HaAddonError {
    const data = { cause: this.reason, ...(this.status ? { status: this.status } : {}), ...this.data };
    return { code: this.code, message: this.message, detail: this.detail, name: this.reason, data };
  }
}

/** By name, not by class: the windows loaded on demand bring a copy of this class. */
export function isAddonError(error: unknown): error is AddonError {
  return error instanceof Error && error.name === "AddonError";
}

export function isAbort(error: unknown): boolean {
  return isRecord(error) || error instanceof Error
    ? (error as { name?: unknown }).name === "AbortError"
    : false;
}

/** Builds the error from the proxy's error body; also used for the `error` event of a stream. */
export function errorFromBody(body: unknown, status: number, from = "proxy", retryHeader = ""): AddonError {
  const b = record(body);
  const wait = number(record(b.detail).retryAfter, Number.parseInt(retryHeader, 10));
  return new AddonError({
    code: number(b.code, 9999),
    reason: text(b.cause, "internal"),
    message: text(b.message, "Unexpected error"),
    detail: b.detail ?? "",
    status: number(b.status_code, status),
    ...(wait > 0 ? { retryAfter: Math.ceil(wait) } : {}),
    data: { from },
  });
}

export async function errorFromResponse(response: Response): Promise<AddonError> {
  const body = parseJson(await response.text().catch(() => ""));
  const from = response.headers.get("x-addon-console-error") ?? "proxy";
  return errorFromBody(body, response.status, from, response.headers.get("retry-after") ?? "");
}

/** Beefree's 9900: the request never got an answer. */
export function networkError(url: string, method: string): AddonError {
  return new AddonError({
    code: 9900,
    reason: "unreachable",
    message: "A generic network error occurred.",
    detail: `A network error occurred while calling service AddOn Console ${url}`,
    data: { url, method },
  });
}

export function sessionOver(): AddonError {
  return new AddonError({
    code: 5101,
    reason: "session-over",
    message: "Session over",
    detail: "The session cannot be refreshed any more. Log in again and call updateToken().",
    status: 401,
  });
}

export function asAddonError(error: unknown): AddonError {
  if (isAddonError(error)) return error;
  return new AddonError({
    code: 9999,
    reason: "internal",
    message: "Unexpected error",
    detail: String(error),
  });
}
