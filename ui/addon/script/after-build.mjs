// Runs after the build: writes the top-level type file and refuses a bundle above its budget.
// It must not change the bundles themselves.
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 25 * 1000;
const dist = new URL("../dist/", import.meta.url);

writeFileSync(new URL("ha-addon.d.ts", dist), 'export * from "./types/index.js";\n');

for (const name of ["ha-addon.js", "ha-addon.classic.js", "ha-addon.windows.js"]) {
  const bytes = readFileSync(new URL(name, dist));
  const zipped = gzipSync(bytes, { level: 9 }).length;
  console.log(`${name}  ${bytes.length} bytes, ${zipped} gzipped (budget ${BUDGET})`);
  if (zipped > BUDGET) {
    console.error(`${name} is over its budget of ${BUDGET} bytes gzipped.`);
    process.exitCode = 1;
  }
}
