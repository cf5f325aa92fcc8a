// Remembers where this script was served from: by default the proxy is there too.
// It must be set by an entry file, at load time: a classic script knows its address only then.

let origin = "";

export function setScriptOrigin(url: string | undefined): void {
  try {
    origin = new URL(url ?? "").origin;
  } catch {
    origin = "";
  }
}

export function scriptOrigin(): string {
  return origin || globalThis.location?.origin || "";
}
