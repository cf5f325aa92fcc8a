// Finds the sentence that tells, in plain words, why a request failed and what to do.
// It must not show the proxy's raw message: that is for the host's log, in onError.
import type { AddonError } from "../client/errors.js";
import { diagnoseReachability } from "../client/reachability.js";
import { en } from "./en.js";
import type { MessageKey } from "./keys.js";
import type { Values } from "./texts.js";

export interface Sentence {
  readonly key: MessageKey;
  readonly values: Values;
}

/** Causes that share a sentence; all others are looked up as `cause-<word>`. */
const SAME: Readonly<Record<string, MessageKey>> = {
  "bearer-missing": "cause-token",
  "bearer-malformed": "cause-token",
  "token-invalid": "cause-token",
  "token-expired": "cause-token",
  "session-reset": "cause-session-over",
  "content-type": "cause-body-invalid",
  "request-malformed": "cause-body-invalid",
  "head-too-large": "cause-body-too-large",
  "addon-unknown": "cause-addon-disabled",
  "name-unknown": "cause-upstream-unreachable",
  "connection-refused": "cause-upstream-unreachable",
  "corporate-proxy-failed": "cause-upstream-unreachable",
  "tls-expired": "cause-upstream-tls",
  "tls-wrong-host": "cause-upstream-tls",
  "tls-unknown-ca": "cause-upstream-tls",
  "deployment-unknown": "cause-model-unknown",
  "wrong-endpoint": "cause-endpoint-unknown",
  "region-unsupported": "cause-capability-missing",
  "parameter-unsupported": "cause-capability-missing",
  "not-supported": "cause-capability-missing",
  "price-unknown": "cause-limit-reached",
};

function keyFor(reason: string): MessageKey {
  const key = SAME[reason] ?? `cause-${reason}`;
  return Object.hasOwn(en, key) ? (key as MessageKey) : "cause-generic";
}

export async function explain(error: AddonError, proxyUrl: string): Promise<Sentence> {
  if (error.reason === "unreachable") {
    const { verdict, origin } = await diagnoseReachability(proxyUrl);
    const key =
      verdict === "origin-not-allowed" ? (`cause-${verdict}` as const) : (`reach-${verdict}` as const);
    return { key, values: { proxyUrl, origin } };
  }
  const values = { proxyUrl, origin: globalThis.location?.origin ?? "" };
  if (error.reason === "rate-limited" && error.retryAfter !== undefined) {
    return { key: "cause-rate-limited-wait", values: { ...values, seconds: error.retryAfter } };
  }
  return { key: keyFor(error.reason), values };
}
