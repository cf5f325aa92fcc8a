// Builds the SDK twice from the same source: an ES module and one classic script.
// It must not add hashes to file names: the proxy serves these files under fixed addresses.
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => {
  const classic = mode === "classic";
  return {
    build: {
      target: "es2022",
      // Lowering light-dark() would need variables on the host page's root, which we do not own.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      emptyOutDir: !classic,
      minify: true,
      lib: {
        entry: classic ? "src/entry-classic.ts" : "src/entry-module.ts",
        formats: [classic ? "iife" : "es"],
        name: "HaAddon",
        fileName: () => (classic ? "ha-addon.classic.js" : "ha-addon.js"),
      },
      rolldownOptions: { output: { minify: true } },
    },
    test: { environment: "happy-dom", include: ["test/**/*.test.ts"], css: true },
  };
});
