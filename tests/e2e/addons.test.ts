// Every AddOn on the demo page, in a real browser, answered by the sandbox through the real proxy.
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, type Watched, watch } from "../support/browser";
import { type Started, scratch, start, stopAll } from "../support/programs";

const IMAGE = "module-5eed0000-0003-4000-8000-000000000006";
const TITLE = "module-5eed0000-0003-4000-8000-000000000002";
let browser: Browser;
let demo: Started;
let watched: Watched;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  const dataDir = join(scratch(), "data");
  demo = await start("addonctl", ["--data-dir", dataDir, "demo", "--port", "0"], {
    DBUS_SESSION_BUS_ADDRESS: "",
  });
  watched = await watch(browser);
  page = watched.page;
  await page.goto(String(demo.first.demo_url));
  await page.getByTestId(IMAGE).waitFor();
});

afterAll(async () => {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, "addons.png") });
  await browser?.close();
  await stopAll();
});

/** The detail of the newest event with this code. */
async function newest(code: number): Promise<Record<string, unknown>> {
  const text = (await page.getByTestId(`event-${code}`).first().textContent()) ?? "";
  return JSON.parse(/\{.*\}/s.exec(text)?.[0] ?? "{}") as Record<string, unknown>;
}

test("a picture is made, applied, and described by its own bytes", async () => {
  await page.getByTestId(IMAGE).click();
  await page.getByTestId("create-with-ai").click();
  await page.getByTestId("image-prompt").fill("a boat on the sea");
  await page.getByTestId("image-negative").fill("people");
  await page.getByTestId("generate").click();
  const result = page.getByTestId("image-result");
  await result.waitFor();
  const size = await result.evaluate((image: HTMLImageElement) =>
    image.decode().then(() => image.naturalWidth),
  );
  expect(size).toBeGreaterThan(500);
  await expect.poll(() => newest(1000)).toMatchObject({ handle: "ai-image-generation", consumedImages: 1 });
  await page.getByTestId("apply").click();
  await expect.poll(() => page.getByTestId(IMAGE).locator("img").getAttribute("src")).toContain("/v1/files/");
  // The panel stays for another picture, as Beefree's does.
  await page.getByTestId("panel-close").click();
  await page.getByTestId(IMAGE).click();
  await page.getByTestId("alt-text-wand").click();
  await page.getByTestId("alt-text-generate").click();
  await expect.poll(() => page.getByTestId(IMAGE).locator("img").getAttribute("alt")).toMatch(/^A .+/);
  await expect.poll(() => newest(1000)).toMatchObject({ handle: "ai-alt-text", consumedImages: 1 });
});

test("all images without a text are described at once, with progress", async () => {
  await page.getByTestId(IMAGE).click();
  await page.getByTestId("alt-text-wand").click();
  await page.getByTestId("alt-text-bulk").click();
  await page.getByTestId("bulk-start").click();
  const count = await page.getByTestId("bulk-image").count();
  expect(count).toBeGreaterThan(0);
  await expect.poll(() => page.getByTestId("bulk-alt").count(), { timeout: 20_000 }).toBe(count);
  await expect.poll(() => newest(1000)).toMatchObject({ handle: "ai-alt-text", consumedImages: count });
  await page.keyboard.press("Escape");
});

test("the email's details are written in a tone, and the Co-Pilot talks about the template", async () => {
  await page.getByTestId("email-details").click();
  await page.getByTestId("metadata-wand").click();
  await page.getByRole("menuitem").first().click();
  await page.getByTestId("apply-all").click();
  await expect.poll(() => page.getByTestId("email-subject").inputValue()).not.toBe("");
  await expect.poll(() => newest(1000)).toMatchObject({ handle: "ai-integration" });
  await page.getByTestId("co-pilot").click();
  await page.getByTestId("agent-input").fill("What would you improve?");
  await page.getByTestId("generate").click();
  await expect.poll(() => newest(1010), { timeout: 20_000 }).toMatchObject({ handle: "ai-agent" });
  expect(await page.getByTestId("agent-log").textContent()).toContain("I read the template");
  await page.getByTestId("panel-close").click();
});

test("the template is translated beside its source, and reset", async () => {
  const before = await page.getByTestId(TITLE).textContent();
  await page.getByTestId("template-language").selectOption({ index: 1 });
  await page.getByTestId("translate").click();
  await expect.poll(() => page.getByTestId(TITLE).textContent()).not.toBe(before);
  await page.getByTestId("template-language").selectOption({ index: 0 });
  await expect.poll(() => page.getByTestId(TITLE).textContent()).toBe(before);
  expect(watched.complaints).toEqual([]);
});
