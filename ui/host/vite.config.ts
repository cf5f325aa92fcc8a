// Builds the demo host page, and the stand-in for Beefree's plugin: fixed file names, relative addresses, nothing inline.
// The page must not bundle the SDK: it loads it from the proxy at run time, as a real host page does. The stand-in
// is one classic script with the SDK in it, since that is how host apps load a plugin.
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { windowsApart } from "../addon/script/windows-apart.js";

const SDK = "@addon-console/ha-addon";

function externalSdk(): Plugin {
  return {
    name: "external-sdk",
    apply: "build",
    enforce: "pre",
    resolveId: (source) => (source === SDK ? { id: "/sdk/ha-addon.js", external: "absolute" } : undefined),
  };
}

const sdkSource = (name: string) => fileURLToPath(new URL(`../addon/src/${name}`, import.meta.url));
const cssTarget = ["chrome123", "firefox120", "safari17.5"];

const PLUGIN = defineConfig({
  plugins: [windowsApart()],
  resolve: { alias: { [SDK]: sdkSource("entry-plugin.ts") } },
  build: {
    target: "es2022",
    cssTarget,
    emptyOutDir: false,
    minify: true,
    lib: {
      entry: "src/bee/plugin.ts",
      formats: ["iife"],
      name: "BeePlugin",
      fileName: () => "BeePlugin.js",
    },
    rolldownOptions: { output: { minify: true } },
  },
});

const PAGE = defineConfig({
  base: "./",
  plugins: [externalSdk()],
  build: {
    target: "es2022",
    cssTarget,
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: { entryFileNames: "host.js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["test/**/*.test.ts"],
    css: true,
    alias: { [SDK]: sdkSource("index.ts") },
  },
});

export default defineConfig(({ mode }) => (mode === "plugin" ? PLUGIN : PAGE));
