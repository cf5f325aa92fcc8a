// Builds the demo host page: fixed file names, relative addresses, nothing inline.
// It must not bundle the SDK: the page loads it from the proxy at run time, as a real host page does.
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const SDK = "@addon-console/ha-addon";

function externalSdk(): Plugin {
  return {
    name: "external-sdk",
    apply: "build",
    enforce: "pre",
    resolveId: (source) => (source === SDK ? { id: "/sdk/ha-addon.js", external: "absolute" } : undefined),
  };
}

export default defineConfig({
  base: "./",
  plugins: [externalSdk()],
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: { entryFileNames: "host.js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["test/**/*.test.ts"],
    alias: { [SDK]: fileURLToPath(new URL("../addon/src/index.ts", import.meta.url)) },
  },
});
