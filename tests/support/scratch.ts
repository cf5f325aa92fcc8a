// One folder for everything the tests of a run write, gone when the run is over. Starts nothing.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function setup() {
  const folder = mkdtempSync(join(tmpdir(), "aoc-"));
  process.env.ADDON_CONSOLE_SCRATCH = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
