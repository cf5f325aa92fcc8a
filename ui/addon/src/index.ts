// The public face of the SDK. What is not exported here may change at any time.
// Loading it defines <ha-addon>, and must do nothing else to the page.
import { defineElement } from "./element.js";

export type { CoPilotOptions, OpenCoPilotOptions } from "./addons/ai-agent/index.js";
export type { UIMessage } from "./addons/ai-agent/messages.js";
export type { AltApplied, AltImage } from "./addons/ai-alt-text/images.js";
export type { AltTextOptions } from "./addons/ai-alt-text/index.js";
export type { ImageApplied, ImageOptions, OpenImageOptions } from "./addons/ai-image-generation/index.js";
export type { MountOptions, OpenOptions, OpenPanel } from "./addons/ai-integration/index.js";
export type { Applied } from "./addons/ai-integration/panel.js";
export type { TranslateOptions } from "./addons/ai-translation/index.js";
export type { MetadataOptions, OpenMetadataOptions } from "./addons/metadata/index.js";
export type { Mounted } from "./addons/shared/mounts.js";
export type { OpenWindow } from "./addons/shared/window.js";
export { AddonError } from "./client/errors.js";
export type { MetaField, MetaTexts } from "./client/metadata.js";
export { diagnoseReachability, type Reachability, type ReachabilityVerdict } from "./client/reachability.js";
export { createHaAddon, type HaAddonInstance, type HaAddonOptions } from "./instance.js";
export type * from "./types/beefree.js";
export type * from "./types/events.js";
export type * from "./types/wire.js";

defineElement();
