// The built SDK stays within its budget.
// The build checks the same: this one speaks up where only the tests run.
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

describe("size", () => {
  for (const name of ["dist/ha-addon.js", "dist/ha-addon.classic.js"]) {
    it.skipIf(!existsSync(name))(`${name} is at most 25 kB gzipped`, () => {
      expect(gzipSync(readFileSync(name), { level: 9 }).length).toBeLessThanOrEqual(25_000);
    });
  }
});

describe("styles", () => {
  it.skipIf(!existsSync("dist/ha-addon.js"))(
    "keep light-dark(), which follows the host page's color-scheme",
    () => {
      const built = readFileSync("dist/ha-addon.js", "utf8");
      expect(built).toContain("light-dark(");
      expect(built).not.toContain("--lightningcss");
    },
  );
});
