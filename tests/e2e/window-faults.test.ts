// A failure provoked in the real window: told to the end user in a browser, said wherever one looks, ended in the window.
// The provider behind it never hears of it.
import type { Browser } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { askTheProvider, says, withKey } from "../support/acts";
import { launch, watch } from "../support/browser";
import { canary } from "../support/canary";
import { violations } from "../support/page";
import { provider, stopAll } from "../support/programs";
import { type Driven, onceMore, openWindow, waitFor } from "../support/window";

let window: Driven | undefined;
let browser: Browser | undefined;

afterEach(async () => {
  await window?.close();
  await browser?.close();
  window = browser = undefined;
  await stopAll();
});

test("a failure is chosen in the window, met by an end user, and ended", onceMore, async () => {
  const key = canary();
  const upstream = await provider(key);
  const shown = await openWindow({ SSL_CERT_FILE: upstream.ca });
  window = shown;
  await withKey(shown, upstream.url, key);
  await askTheProvider(shown);
  const before = upstream.requests().length;

  await shown.click("nav-providers");
  await shown.get("provider-row-OpenAI team");
  await shown.driver.executeScript(
    "document.querySelector('[data-testid=\"provider-row-OpenAI team\"] [data-testid=provider-provoke]').click()",
  );
  await shown.choose("fault-which", "overloaded");
  await says(shown, "fault-about", "says that it is overloaded");
  await shown.type("fault-find", "credit");
  await says(shown, "fault-about", "no credit or quota left");
  await shown.choose("fault-times", "5");
  expect(await violations(shown)).toEqual([]);
  await shown.click("fault-set");
  await says(shown, "fault-on", "Quota exhausted · 5 calls left");

  await shown.click("nav-overview");
  await shown.click("open-preview");
  const link = await shown.opened(1);
  browser = await launch();
  const { page } = await watch(browser);
  await page.goto(link);
  await page.getByTestId("module-5eed0000-0003-4000-8000-000000000002").click();
  await page.getByTestId("write-with-ai").first().click();
  await page.getByTestId("prompt").fill("A headline for our spring sale");
  await page.getByTestId("generate").click();
  await page.getByText("The account at the AI provider has no credit left").first().waitFor();

  await says(shown, "fault-notice", "4 calls left");
  await says(shown, "fault-pill", "Quota exhausted");
  expect(await (await shown.get("flow-hop-7")).getAttribute("data-lit")).toBe("false");
  expect(await violations(shown)).toEqual([]);
  expect(upstream.requests()).toHaveLength(before);

  await shown.click("fault-end");
  await shown.gone("fault-notice");
  await page.getByTestId("generate").click();
  await page.getByTestId("answer").waitFor();
  expect(await page.getByTestId("answer").textContent()).toContain("MARKER");
  await waitFor(
    () => (upstream.requests().length > before ? true : undefined),
    "the provider is asked again",
  );
});
