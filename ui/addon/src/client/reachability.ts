// Finds out, as well as a page can, why the proxy could not be reached.
// It must send nothing but two requests for /healthz, without the token.
import { isLoopback, loopbackInit } from "./loopback.js";

export type ReachabilityVerdict =
  | "reachable"
  | "not-running"
  | "origin-not-allowed"
  | "mixed-content"
  | "permission-denied"
  | "permission-open"
  | "frame-policy"
  | "page-policy";

export interface Reachability {
  readonly verdict: ReachabilityVerdict;
  readonly proxyUrl: string;
  readonly origin: string;
}

/** Newest name first; a browser that knows none of them has no such permission. */
const PERMISSIONS = ["loopback-network", "local-network-access"];

async function permissionState(): Promise<PermissionState | undefined> {
  for (const name of PERMISSIONS) {
    try {
      return (await navigator.permissions.query({ name: name as PermissionName })).state;
    } catch {
      // Unknown name, or no Permissions API: try the next one.
    }
  }
  return undefined;
}

/** Runs the probe and notices if the page's own Content-Security-Policy stopped it. */
async function probe(
  url: string,
  mode: RequestMode,
  extra: RequestInit,
): Promise<"ok" | "failed" | "policy"> {
  let blocked = false;
  const note = (event: SecurityPolicyViolationEvent) => {
    if (event.blockedURI.startsWith(new URL(url).origin)) blocked = true;
  };
  document.addEventListener("securitypolicyviolation", note);
  try {
    await fetch(url, { mode, cache: "no-store", credentials: "omit", ...extra });
    return "ok";
  } catch {
    // The violation is reported a little after the fetch fails.
    await new Promise((done) => setTimeout(done, 30));
    return blocked ? "policy" : "failed";
  } finally {
    document.removeEventListener("securitypolicyviolation", note);
  }
}

function framed(): boolean {
  return window.self !== window.top;
}

export async function diagnoseReachability(proxyUrl: string): Promise<Reachability> {
  const page = new URL(globalThis.location.href);
  const answer = (verdict: ReachabilityVerdict) => ({ verdict, proxyUrl, origin: page.origin });
  const health = `${proxyUrl.replace(/\/+$/, "")}/healthz`;
  const insecureFromHttps = page.protocol === "https:" && proxyUrl.startsWith("http:");
  if (insecureFromHttps && !isLoopback(proxyUrl)) return answer("mixed-content");

  const extra = loopbackInit(proxyUrl, page.href);
  const readable = await probe(health, "cors", extra);
  if (readable === "ok") return answer("reachable");
  if (readable === "policy") return answer("page-policy");
  // Without CORS the reply can't be read, but getting one at all proves that the proxy runs.
  if ((await probe(health, "no-cors", extra)) === "ok") return answer("origin-not-allowed");

  if (isLoopback(page.href)) return answer("not-running");
  const permission = await permissionState();
  if (permission === "denied") return answer(framed() ? "frame-policy" : "permission-denied");
  if (permission === "prompt") return answer("permission-open");
  // A browser without that permission which still refuses http on an https page: Safari does.
  const safari = /^((?!chrome|chromium|android).)*safari/i.test(navigator.userAgent);
  return answer(insecureFromHttps && permission === undefined && safari ? "mixed-content" : "not-running");
}
