// createHaAddon: wires token, configuration, session and AddOns together and gives the host its instance.
// It must hold no rule of its own. A new AddOn is one import, one line in `addOns` and its methods below.
import { agent, type CoPilotOptions, type OpenCoPilotOptions } from "./addons/ai-agent/index.js";
import { type AltTextOptions, altText } from "./addons/ai-alt-text/index.js";
import {
  type ImageOptions,
  imageGeneration,
  type OpenImageOptions,
} from "./addons/ai-image-generation/index.js";
import {
  type MountOptions,
  type OpenOptions,
  type OpenPanel,
  writingAssistant,
} from "./addons/ai-integration/index.js";
import { type TranslateOptions, translation } from "./addons/ai-translation/index.js";
import { type AddOnContext, callHost } from "./addons/context.js";
import { createMetadata, type MetadataOptions, type OpenMetadataOptions } from "./addons/metadata/index.js";
import type { Mounted } from "./addons/shared/mounts.js";
import { PanelSlot } from "./addons/shared/slot.js";
import type { OpenWindow } from "./addons/shared/window.js";
import { asAddonError } from "./client/errors.js";
import { ProxyClient } from "./client/http.js";
import type { MetaField } from "./client/metadata.js";
import { diagnoseReachability, type Reachability } from "./client/reachability.js";
import { ConfigStore } from "./config/store.js";
import { explain } from "./i18n/causes.js";
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
  /** Puts the wand of `ai-alt-text` under the field in `target`. */
  mountAltText(target: HTMLElement, options: AltTextOptions): Mounted;
  /** Puts the button "Create with AI" for an image block into `target`. */
  mountImageGeneration(target: HTMLElement, options: ImageOptions): Mounted;
  openImageGeneration(target: HTMLElement, moduleId: string, options?: OpenImageOptions): Promise<OpenWindow>;
  /** Puts the wand for email or page details into `target`. */
  mountMetadata(target: HTMLElement, options: MetadataOptions): Mounted;
  /** Undefined if the AddOn is off or metadataGeneration is false. */
  openMetadata(
    target: HTMLElement,
    fields: readonly MetaField[],
    options: OpenMetadataOptions,
  ): Promise<OpenWindow | undefined>;
  /** Puts the button of the Co-Pilot into `target`. */
  mountCoPilot(target: HTMLElement, options?: CoPilotOptions): Mounted;
  openCoPilot(target: HTMLElement, options?: OpenCoPilotOptions): Promise<OpenWindow | undefined>;
  /** The template with its translation beside each text; rejects with an AddonError (6001 to 6350). */
  translateTemplate<T>(template: T, options: TranslateOptions): Promise<T>;
  /** The template without that language. */
  resetTemplateTranslation<T>(template: T, options: TranslateOptions): Promise<T>;
  /** Closes whichever panel or window of ours is open. */
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
    slot: new PanelSlot(),
    session: () => session.current,
    texts: () => texts,
    info: (info) => callHost(onInfo, info),
    fail(caught) {
      const error = asAddonError(caught);
      callHost(onError, error.toEvent());
      return explain(error, proxyUrl);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const writing = writingAssistant.create(context);
  const alternate = altText.create(context);
  const images = imageGeneration.create(context);
  const translating = translation.create(context);
  const metadata = createMetadata(context);
  const pilot = agent.create(context);
  const addOns = [writing, alternate, images, translating, metadata, pilot];
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
    mountAltText: alternate.mount,
    mountImageGeneration: images.mount,
    openImageGeneration: images.open,
    mountMetadata: metadata.mount,
    openMetadata: metadata.open,
    mountCoPilot: pilot.mount,
    openCoPilot: pilot.open,
    translateTemplate: translating.translate,
    resetTemplateTranslation: translating.reset,
    closePanel: () => context.slot.close(),
    loadConfig: (partial, o) => config.load(partial, o),
    updateToken: (renewed) => client.updateToken(renewed),
    diagnoseReachability: () => diagnoseReachability(proxyUrl),
    destroy() {
      context.slot.close();
      for (const addOn of addOns) addOn.destroy();
      config.destroy();
      listeners.clear();
    },
  };
}
