// For the builds: the windows stay a file of their own, found next to the one that loads them, wherever that is.
// It must leave every other import alone.
import type { Plugin } from "vite";

export const WINDOWS = "ha-addon.windows.js";

export function windowsApart(): Plugin {
  return {
    name: "windows-apart",
    apply: "build",
    enforce: "pre",
    resolveId: (source, importer) =>
      importer && source.endsWith("/windows.js") && importer.endsWith("/load.ts")
        ? { id: `./${WINDOWS}`, external: true }
        : undefined,
  };
}
