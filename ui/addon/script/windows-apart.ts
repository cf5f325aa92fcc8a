// For the builds: the windows stay a file of their own, found from the one that loads them, wherever that is.
// It must leave every other import alone.
import type { Plugin } from "vite";

/** `address`: of the windows' file, as seen from the built script. */
export function windowsApart(address: string): Plugin {
  return {
    name: "windows-apart",
    apply: "build",
    enforce: "pre",
    resolveId: (source, importer) =>
      importer && source.endsWith("/windows.js") && importer.endsWith("/load.ts")
        ? { id: address, external: true }
        : undefined,
  };
}
