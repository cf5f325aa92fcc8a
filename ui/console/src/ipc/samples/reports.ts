// Staged test reports, for the back end in memory. Never in the window.
import type { Cause, Stage, TestReport } from "../generated";

const order: Stage[] = ["name", "tcp", "tls", "auth", "model", "capability", "quota", "first-byte"];

/** Where a cause stops a test, and the back end's sentence for it. */
const stops: Partial<Record<Cause, [Stage, string]>> = {
  "name-unknown": [
    "name",
    "The provider's host name is not known. Check its spelling and this machine's network.",
  ],
  "tls-unknown-ca": [
    "tls",
    "The server's certificate is signed by an authority this machine does not trust. Add its CA file under Settings.",
  ],
  "key-rejected": ["auth", "The provider rejected the key. Replace it under Providers."],
  "deployment-unknown": [
    "model",
    "The Azure resource has no deployment of this name. Check the spelling; a new one can take 15 minutes.",
  ],
};

/** A test that passed every stage. */
export const passed: TestReport = {
  ok: true,
  stages: order.map((stage) => ({ stage, cause: null })),
  cause: null,
  message: "https://api.openai.com:443 accepted the key. First byte after 231 ms.",
  took_ms: 412,
  first_byte_ms: 231,
  left: null,
  through: null,
  retires_on: null,
  at: 1_790_000_000_000,
};

/** A test that `cause` stopped. */
export function stopped(cause: Cause): TestReport {
  const [at, message] = stops[cause] ?? ["first-byte", "The provider failed. Try again later."];
  const before = order.slice(0, order.indexOf(at)).map((stage) => ({ stage, cause: null }));
  const stages = [...before, { stage: at, cause }];
  return { ...passed, ok: false, stages, cause, message, took_ms: 187, first_byte_ms: null };
}
