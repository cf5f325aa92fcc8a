// Builds the SDK from one source: an ES module, one classic script, and the windows both load on demand.
// It must not add hashes to file names: the proxy serves these files under fixed addresses.
import { defineConfig } from "vitest/config";
import { WINDOWS, windowsApart } from "./script/windows-apart.js";

const OUTPUTS = {
  production: { entry: "src/entry-module.ts", format: "es", file: "ha-addon.js" },
  classic: { entry: "src/entry-classic.ts", format: "iife", file: "ha-addon.classic.js" },
  windows: { entry: "src/windows.ts", format: "es", file: WINDOWS },
} as const;

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
