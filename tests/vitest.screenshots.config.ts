// The screenshots are made on request only: they are no test of anything.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["screenshots/**/*.test.ts"],
    globalSetup: "support/scratch.ts",
    testTimeout: 240_000,
    hookTimeout: 90_000,
  },
});
