// createHaAddon: wires token, configuration, session and AddOns together and gives the host its instance.
// It must hold no rule of its own. A new AddOn is one import, one line in `addOns` and its methods below.
import {
  type Mounted,
  type MountOptions,
  type OpenOptions,
  type OpenPanel,
  writingAssistant,
} from "./addons/ai-integration/index.js";
import { type AddOnContext, callHost } from "./addons/context.js";
import { ProxyClient } from "./client/http.js";
import { diagnoseReachability, type Reachability } from "./client/reachability.js";
import { ConfigStore } from "./config/store.js";
import { createTexts, type Texts } from "./i18n/texts.js";
import { scriptOrigin } from "./script-origin.js";
import { SessionKeeper } from "./session-keeper.js";
import type { BeeToken, HaAddonConfig, LoadConfigOptions, PartialConfig } from "./types/beefree.js";
import type { Callbacks } from "./types/events.js";
import type { AiModule, Session } from "./types/wire.js";

export interface HaAddonOptions extends HaAddonConfig, Callbacks {
  /** Where the proxy is; without it, where this script came from. */
  readonly proxyUrl?: string;
  readonly token: BeeToken;
  /** Ours: the SDK renewed the token. A host that keeps it over a reload stores the new one. */
  readonly onTokenRefresh?: (token: BeeToken) => void;
}

export interface HaAddonInstance {
  readonly proxyUrl: string;
  readonly config: HaAddonConfig;
  /** What the proxy knows: application, AddOns, providers. Rejects with an AddonError. */
  getSession(options?: { readonly refresh?: boolean }): Promise<Session>;
  /** Puts the "Write with AI" button into `target`. */
  mountWritingAssistant(target: HTMLElement, options: MountOptions): Mounted;
  /** Opens the panel in `target`; undefined if the AddOn is hidden or locked for this block. */
  openWritingAssistant(target: HTMLElement, module: AiModule, options?: OpenOptions): OpenPanel | undefined;
  closePanel(): void;
  loadConfig(partial: PartialConfig, options?: LoadConfigOptions): Promise<HaAddonConfig>;
  updateToken(token: BeeToken): void;
  diagnoseReachability(): Promise<Reachability>;
  destroy(): void;
}

export function createHaAddon(options: HaAddonOptions): HaAddonInstance {
  const {
    proxyUrl = scriptOrigin(),
    token,
    onInfo,
    onWarning,
    onError,
    onTokenRefresh,
    ...initial
  } = options;
  if (typeof token?.access_token !== "string")
    throw new TypeError("createHaAddon: token must be the login reply");
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };

  const client = new ProxyClient(proxyUrl, token, (renewed) => callHost(onTokenRefresh, renewed));
  const config = new ConfigStore(initial, (warning) => callHost(onWarning, warning));
  const session = new SessionKeeper(client, notify, (error) => callHost(onError, error.toEvent()));
  let texts: Texts = createTexts(config.current);
  config.subscribe(() => {
    texts = createTexts(config.current);
    notify();
  });

  const context: AddOnContext = {
    client,
    config,
    session: () => session.current,
    texts: () => texts,
    info: (info) => callHost(onInfo, info),
    error: (error) => callHost(onError, error),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const writing = writingAssistant.create(context);
  const addOns = [writing];
  // Started at once, so that the button knows early whether to show; who awaits getSession() gets the same request.
  session.load().catch(() => undefined);

  return {
    proxyUrl,
    get config() {
      return config.current;
    },
    getSession: (o = {}) => session.load(o.refresh),
    mountWritingAssistant: writing.mount,
    openWritingAssistant: writing.open,
    closePanel: writing.close,
    loadConfig: (partial, o) => config.load(partial, o),
    updateToken: (renewed) => client.updateToken(renewed),
    diagnoseReachability: () => diagnoseReachability(proxyUrl),
    destroy() {
      for (const addOn of addOns) addOn.destroy();
      config.destroy();
      listeners.clear();
    },
  };
}
