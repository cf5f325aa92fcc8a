// Tapes in the real window: a recording that is seen while it runs, and a demo that plays with the provider gone.
import type { Browser, Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { askTheProvider, says, withKey } from "../support/acts";
import { launch, watch } from "../support/browser";
import { canary } from "../support/canary";
import { violations } from "../support/page";
import { provider, stop, stopAll } from "../support/programs";
import { type Driven, onceMore, openWindow, waitFor } from "../support/window";

const MODULE = "module-5eed0000-0003-4000-8000-000000000002";
const PROMPT = "A headline for our spring sale";
let window: Driven | undefined;
let browser: Browser | undefined;

afterEach(async () => {
  await window?.close();
  await browser?.close();
  window = browser = undefined;
  await stopAll();
});

async function preview(shown: Driven): Promise<Page> {
  await shown.click("nav-overview");
  await shown.click("open-preview");
  browser = await launch();
  const { page } = await watch(browser);
  await page.goto(await shown.opened(1));
  await page.getByTestId(MODULE).waitFor();
  return page;
}

/** A prompt in a page that remembers nothing of the one before. */
async function ask(page: Page, prompt: string) {
  await page.reload();
  await page.getByTestId(MODULE).click();
  await page.getByTestId("write-with-ai").first().click();
  await page.getByTestId("prompt").fill(prompt);
  await page.getByTestId("generate").click();
}

test("a demo is recorded with a provider and shown without it", onceMore, async () => {
  const key = canary();
  const upstream = await provider(key);
  const shown = await openWindow({ SSL_CERT_FILE: upstream.ca });
  window = shown;
  await withKey(shown, upstream.url, key);
  await askTheProvider(shown);

  await shown.click("nav-tapes");
  await shown.type("tape-name", "Spring demo");
  expect(await violations(shown)).toEqual([]);
  await shown.click("tape-record");
  await says(shown, "tape-notice", "OpenAI team is being recorded");
  await shown.click("nav-providers");
  await says(shown, "tape-pill", "Recording into “Spring demo”");
  expect(await violations(shown)).toEqual([]);

  const page = await preview(shown);
  await ask(page, PROMPT);
  await page.getByTestId("answer").waitFor();
  const answer = await page.getByTestId("answer").textContent();
  expect(answer).toContain("MARKER");
  await says(shown, "tape-notice", "is being recorded");

  await shown.click("tape-stop");
  await shown.gone("tape-notice");
  const asked = upstream.requests().length;
  await stop(upstream.child);
  await shown.click("nav-tapes");
  await says(shown, "tape-set", "1 recorded");
  await shown.click("tape-play");
  await says(shown, "tape-notice", "answer for OpenAI team: nobody is asked");
  expect(await violations(shown)).toEqual([]);
  await ask(page, PROMPT);
  await page.getByTestId("answer").waitFor();
  expect(await page.getByTestId("answer").textContent()).toBe(answer);
  expect(upstream.requests()).toHaveLength(asked);

  await shown.click("nav-activity");
  await says(shown, "tape-call", "From a tape");
  await shown.click("activity-row");
  await says(shown, "call-tape", "nobody was asked");
  await ask(page, "Something nobody recorded");
  await page
    .getByText(/tapes|recorded/i)
    .first()
    .waitFor();
  const rows = () =>
    shown.driver.executeScript<string>(
      "return document.querySelector('[data-testid=activity-grid]').textContent",
    );
  await waitFor(async () => ((await rows()).includes("502 not on the tapes") ? true : undefined), "the miss");

  await shown.click("nav-usage");
  await shown.get("usage-table");
  expect(await violations(shown)).toEqual([]);
  await shown.click("nav-tapes");
  await shown.click("tape-stop");
  await shown.gone("tape-notice");
  await shown.click("tape-rename");
  await shown.type("tape-new-name", " and summer");
  await shown.click("confirm");
  await says(shown, "tape-set", "Spring demo and summer");
});
