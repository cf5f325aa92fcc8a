// Gets the page its session token: from the one-time code in the address, or from an earlier load of this tab.
// It must take the code out of the address at once, so that it is in no bookmark, history or screenshot.
import type { BeeToken } from "@addon-console/ha-addon";

const KEY = "addon-console.demo.token";

export type Obtained =
  | { readonly state: "ok"; readonly token: BeeToken }
  | { readonly state: "no-code" | "code-used" | "stopped" }
  | { readonly state: "failed"; readonly message: string };

export function takeCode(): string | undefined {
  const code = new URLSearchParams(location.hash.slice(1)).get("code") ?? undefined;
  if (code !== undefined) history.replaceState(null, "", location.pathname + location.search);
  return code;
}

export function storedToken(): BeeToken | undefined {
  try {
    const token: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return isToken(token) ? token : undefined;
  } catch {
    return undefined;
  }
}

export function storeToken(token: BeeToken | undefined): void {
  try {
    if (token) sessionStorage.setItem(KEY, JSON.stringify(token));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Then a reload needs a new code.
  }
}

function isToken(value: unknown): value is BeeToken {
  return (
    typeof value === "object" &&
    value !== null &&
    "access_token" in value &&
    typeof value.access_token === "string"
  );
}

export async function exchange(code: string): Promise<Obtained> {
  let response: Response;
  try {
    response = await fetch("/demo/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code }),
      credentials: "omit",
      cache: "no-store",
    });
  } catch {
    return { state: "stopped" };
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && isToken(body)) return { state: "ok", token: body };
  if (response.status === 401) return { state: "code-used" };
  const message =
    typeof body === "object" && body && "message" in body ? String(body.message) : `HTTP ${response.status}`;
  return { state: "failed", message };
}

/** A fresh code wins; a used one is forgiven if this tab still holds a token. */
export async function obtainToken(code: string | undefined): Promise<Obtained> {
  const stored = storedToken();
  if (code === undefined) return stored ? { state: "ok", token: stored } : { state: "no-code" };
  const obtained = await exchange(code);
  if (obtained.state === "ok") storeToken(obtained.token);
  return obtained.state === "code-used" && stored ? { state: "ok", token: stored } : obtained;
}
