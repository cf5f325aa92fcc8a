// Helpers for the tests: a scripted proxy in place of fetch, and shortcuts into the shadow root.
// It must not know more about the SDK than a host page does.
import { vi } from "vitest";
import { createHaAddon, type HaAddonInfo, type HaAddonOptions, type HaAddonProblem } from "../src/index.js";

export interface Call {
  readonly url: string;
  readonly method: string;
  readonly bearer: string;
  readonly body: Record<string, unknown>;
  readonly signal: AbortSignal | undefined;
}

export type Handler = (call: Call) => Response | Promise<Response>;

export const PROXY = "http://127.0.0.1:23366";

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

export function sse(source: string): Response {
  return new Response(source, { headers: { "content-type": "text/event-stream" } });
}

/** Replaces fetch; answers by path. Returns the calls seen so far. */
export function fakeProxy(routes: Record<string, Handler>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    const call: Call = {
      url,
      method: init.method ?? "GET",
      bearer: (headers.get("authorization") ?? "").replace("Bearer ", ""),
      body: init.body ? JSON.parse(String(init.body)) : {},
      signal: init.signal ?? undefined,
    };
    calls.push(call);
    const handler = routes[new URL(url).pathname];
    if (!handler) throw new TypeError("Failed to fetch");
    return handler(call);
  });
  return calls;
}

export const SANDBOX = { name: "Sandbox", type: "sandbox", model: "sandbox-1" };

export const SESSION = {
  application: { id: "a1", name: "Spring Mailer", clientId: "c1", type: "email", environment: "development" },
  uid: "user-1",
  features: {},
  addOns: ["ai-integration", "ai-alt-text", "ai-image-generation", "ai-translation", "ai-agent"].map(
    (handle) => ({
      handle,
      enabled: true,
      settings: {},
      provider: SANDBOX,
    }),
  ),
  limits: {},
};

export function answer(promptId: string, content: string) {
  const usage = { prompt_tokens: 20, completion_tokens: 41, total_tokens: 61, uid: "user-1" };
  return { promptId, content, usage, provider: SANDBOX };
}

/** A host app with this proxy, that writes down what it is told. */
export async function startHost(routes: Record<string, Handler>, options: Partial<HaAddonOptions> = {}) {
  const infos: HaAddonInfo[] = [];
  const errors: HaAddonProblem[] = [];
  const calls = fakeProxy({ "/v1/session": () => json(SESSION), ...routes });
  const addon = createHaAddon({
    proxyUrl: PROXY,
    token: { access_token: "t1", v2: true },
    onInfo: (info) => infos.push(info),
    onError: (error) => errors.push(error),
    ...options,
  });
  await addon.getSession();
  const settings = (id: string, values: object) =>
    addon.loadConfig({ addOns: [{ id, settings: { ...values } }] });
  const sent = (path: string) => calls.filter((call) => call.url.endsWith(path));
  return { addon, infos, errors, settings, sent };
}

/** The panel or window that is open now. */
export function panel(): ShadowRoot {
  const found = document.querySelector('ha-addon[data-part="panel"]');
  if (!found) throw new Error("no panel is open");
  return shadow(found);
}

export function events(...list: [name: string, data: unknown][]): Response {
  return sse(list.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join(""));
}

export const REJECTED = {
  code: 9900,
  message: "raw",
  detail: "",
  status_code: 502,
  cause: "key-rejected",
};

export function shadow(element: Element): ShadowRoot {
  if (!element.shadowRoot) throw new Error("no shadow root");
  return element.shadowRoot;
}

export function all<T extends HTMLElement = HTMLElement>(root: ParentNode, id: string): T[] {
  return [...root.querySelectorAll<T>(`[data-testid="${id}"]`)].filter((e) => !e.closest("[hidden]"));
}

export function one<T extends HTMLElement = HTMLElement>(root: ParentNode, id: string): T {
  const found = all<T>(root, id);
  if (found.length !== 1 || !found[0]) throw new Error(`expected one ${id}, found ${found.length}`);
  return found[0];
}

/** Waits for a condition, with a bound. */
export const until = (check: () => void) => vi.waitFor(check, { timeout: 1000, interval: 2 });
