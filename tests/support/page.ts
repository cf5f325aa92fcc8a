// What can be asked of the window's page as a whole: its faults of accessibility, and all that it holds.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Driven } from "./window";

const axe = readFileSync(join(import.meta.dirname, "../node_modules/axe-core/axe.min.js"), "utf8");

/** What axe complains about, by its rules. */
export async function violations(shown: Driven): Promise<string[]> {
  await shown.driver.executeScript(axe);
  return shown.driver.executeAsyncScript(
    "const done = arguments[0]; axe.run().then((found) => done(found.violations.map((each) => each.id)));",
  );
}

/** Everything the page holds that could be read, typed or kept. */
export const held = (shown: Driven) =>
  shown.driver.executeScript<string>(
    "return document.documentElement.outerHTML + JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]) + [...document.querySelectorAll('input')].map((each) => each.value)",
  );
