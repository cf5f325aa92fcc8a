// Entry of the classic script build (global `HaAddon`).
// It must only note the script's address and pass everything on.
import { setScriptOrigin } from "./script-origin.js";

const script = globalThis.document?.currentScript;
setScriptOrigin(script instanceof HTMLScriptElement ? script.src : undefined, "./ha-addon.windows.js");

export * from "./index.js";
