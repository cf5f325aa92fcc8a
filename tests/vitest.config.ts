// Clients and end-to-end tests: real programs, one after the other, since they share a display and a keyring.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["clients/**/*.test.ts", "e2e/**/*.test.ts"],
    globalSetup: "support/scratch.ts",
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
