// Entry for `BeePlugin.js`, which holds the SDK and is served beside its folder, at /plugin/v2/.
// It must only note the script's address and pass everything on.
import { setScriptOrigin } from "./script-origin.js";

const script = globalThis.document?.currentScript;
const windows = "../../sdk/ha-addon.windows.js";
setScriptOrigin(script instanceof HTMLScriptElement ? script.src : undefined, windows);

export * from "./index.js";
