// Beefree's numbers and messages for failed translations, for what fails on this side of the proxy.
// It must not rename what the proxy sent: its own 6xxx errors pass unchanged.
import { AddonError } from "../../client/errors.js";

const MESSAGES = {
  6050: "Generic Error",
  6100: "Bad Request",
  6150: "Validation Error",
  6250: "Bump service error",
} as const;

export function translationError(code: keyof typeof MESSAGES, reason: string, detail: string): AddonError {
  return new AddonError({
    code,
    reason,
    message: MESSAGES[code],
    detail,
    status: code === 6050 || code === 6250 ? 500 : 400,
  });
}
