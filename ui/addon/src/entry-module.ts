// Entry of the ES module build.
// It must only note the script's address and pass everything on.
import { setScriptOrigin } from "./script-origin.js";

setScriptOrigin(import.meta.url);

export * from "./index.js";
