// What several tests do in the window: a first provider with its key, waiting for words, a call with the stored key.
import { expect } from "vitest";
import type { provider } from "./programs";
import { type Driven, waitFor } from "./window";

/** The demo application, and a provider with a key of its own at a local server. */
export async function withKey(shown: Driven, url: string, key: string, meanwhile = async () => {}) {
  await shown.click("first-run-sandbox");
  await shown.get("flow-hop-1");
  await shown.click("nav-providers");
  await shown.click("provider-add");
  await shown.choose("provider-kind", "openai");
  await shown.type("provider-name", "OpenAI team");
  await shown.type("provider-base-url", url);
  await shown.click("key-type");
  await shown.type("key-input", key);
  await shown.click("key-stage");
  await shown.get("key-ready");
  await shown.click("provider-save");
  await meanwhile();
  await shown.get("provider-row-OpenAI team");
}

/** Waits until the element with this test id says it. */
export const says = (shown: Driven, testId: string, words: string) =>
  waitFor(async () => ((await shown.text(testId)).includes(words) ? true : undefined), `${testId}: ${words}`);

/** In the demo application the sandbox answers first; now only the provider with the key does. */
export async function askTheProvider(shown: Driven) {
  await shown.click("nav-addons");
  await shown.click("addon-edit-ai-integration");
  const other = await shown.driver.executeScript<string>(
    "return document.querySelector('[data-testid=addon-provider] option:not([disabled])').value",
  );
  await shown.choose("addon-provider", other);
  await shown.driver.executeScript("document.querySelector('ol button[aria-label=Remove]').click()");
  await shown.click("addon-save");
  await says(shown, "addon-card-ai-integration", "OpenAI team");
}

/** The stored key opens: the provider is asked with it, and it is the right one. */
export async function keyWorks(shown: Driven, upstream: Awaited<ReturnType<typeof provider>>, key: string) {
  const before = upstream.requests().length;
  await shown.click("nav-providers");
  await shown.click("provider-test");
  await waitFor(() => (upstream.requests().length > before ? true : undefined), "a test");
  await says(shown, "test-result", "Works");
  expect(upstream.requests().at(-1)?.headers.authorization).toBe(`Bearer ${key}`);
}
