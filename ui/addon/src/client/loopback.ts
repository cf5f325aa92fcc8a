// Marks requests from a public page to the proxy as meant for this machine, where the browser knows how.
// It must never set the mark elsewhere: an unknown value makes some browsers refuse the request.

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

export function isLoopback(url: string | URL): boolean {
  try {
    return LOOPBACK.test(new URL(url).hostname);
  } catch {
    return false;
  }
}

/** True if the browser reads `targetAddressSpace` and accepts the value "loopback". */
export function knowsLoopbackSpace(): boolean {
  let read = false;
  const init = {
    get targetAddressSpace() {
      read = true;
      return "loopback";
    },
  };
  try {
    new Request("http://127.0.0.1/", init as RequestInit);
  } catch {
    return false;
  }
  return read;
}

/** What to add to a fetch call; nothing when page and proxy are both on this machine. */
export function loopbackInit(proxyUrl: string, pageUrl: string): RequestInit {
  if (!isLoopback(proxyUrl) || isLoopback(pageUrl) || !knowsLoopbackSpace()) return {};
  return { targetAddressSpace: "loopback" } as RequestInit;
}
