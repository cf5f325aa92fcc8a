// Builds the SDK from one source: an ES module, one classic script, and the windows both load on demand.
// It must not add hashes to file names: the proxy serves these files under fixed addresses.
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const OUTPUTS = {
  production: { entry: "src/entry-module.ts", format: "es", file: "ha-addon.js" },
  classic: { entry: "src/entry-classic.ts", format: "iife", file: "ha-addon.classic.js" },
  windows: { entry: "src/windows.ts", format: "es", file: "ha-addon.windows.js" },
} as const;

/** The windows stay a file of their own, found next to the one that loads them, wherever that is. */
function windowsApart(): Plugin {
  const id = `./${OUTPUTS.windows.file}`;
  return {
    name: "windows-apart",
    apply: "build",
    enforce: "pre",
    resolveId: (source, importer) =>
      importer && source.endsWith("/windows.js") && importer.endsWith("/load.ts")
        ? { id, external: true }
        : undefined,
  };
}

export default defineConfig(({ mode }) => {
  const { entry, format, file } = OUTPUTS[mode as keyof typeof OUTPUTS] ?? OUTPUTS.production;
  return {
    plugins: [windowsApart()],
    build: {
      target: "es2022",
      // Lowering light-dark() would need variables on the host page's root, which we do not own.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      emptyOutDir: file === "ha-addon.js",
      minify: true,
      lib: { entry, formats: [format], name: "HaAddon", fileName: () => file },
      rolldownOptions: { output: { minify: true } },
    },
    test: { environment: "happy-dom", include: ["test/**/*.test.ts"], css: true },
  };
});
