// Remembers where this script was served from: by default the proxy is there too.
// It must be set by an entry file, at load time: a classic script knows its address only then.

let origin = "";
let windows: string | undefined;

/** `windowsAt`: where a classic script finds the windows, as seen from itself. */
export function setScriptOrigin(url: string | undefined, windowsAt?: string): void {
  try {
    origin = new URL(url ?? "").origin;
    windows = windowsAt && new URL(windowsAt, url).href;
  } catch {
    origin = "";
    windows = undefined;
  }
}

export function scriptOrigin(): string {
  return origin || globalThis.location?.origin || "";
}

/** Whole, since a classic script of another origin has no base for import(); undefined for a module, which has one. */
export function windowsAddress(): string | undefined {
  return windows;
}
