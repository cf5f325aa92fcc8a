// Failures provoked on purpose, as QA does it: by command and by header, in the demo page and in a script of one's own.
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, watch } from "../support/browser";
import { addonctl, type Started, scratch, start, stopAll } from "../support/programs";

const origin = "http://localhost:3000";
const title = "module-5eed0000-0003-4000-8000-000000000002";

let browser: Browser;
let demo: Started;
let dataDir: string;

beforeAll(async () => {
  browser = await launch();
  dataDir = join(scratch(), "data");
  demo = await start("addonctl", ["--data-dir", dataDir, "demo", "--port", "0"], {
    DBUS_SESSION_BUS_ADDRESS: "",
  });
  await said("app", "add", "QA", "--type", "email", "--origin", origin);
  await said("provider", "add", "Play", "--app", "QA", "--kind", "sandbox");
  await said("addon", "install", "ai-integration", "--app", "QA", "--provider", "Play");
  await said("addon", "enable", "ai-integration", "--app", "QA");
});

afterAll(async () => {
  await browser?.close();
  await stopAll();
});

const run = (...words: string[]) => addonctl(["--data-dir", dataDir, "--json", ...words]);
const said = async (...words: string[]) => {
  const ran = await run(...words);
  expect(ran.code, ran.err).toBe(0);
  return JSON.parse(ran.out);
};
const refused = async (...words: string[]) => {
  const ran = await run(...words);
  expect(ran.out).toBe("");
  return [ran.code, ran.code === 2 ? "usage" : JSON.parse(ran.err).error.code];
};

async function ask(headers: Record<string, string> = {}) {
  const { access_token } = await said("token", "--app", "QA", "--uid", "qa", "--origin", origin);
  return fetch(`${demo.first.url}/v1/ai/text`, {
    method: "POST",
    headers: {
      ...{ authorization: `Bearer ${access_token}`, "content-type": "application/json", origin },
      ...headers,
    },
    body: JSON.stringify({
      handle: "ai-integration",
      module: { uuid: "m", type: "TITLE", content: "", isDefault: true },
      prompt: "Spring sale",
    }),
  });
}

test("the end user is told what was provoked, and is answered again once it is cleared", async () => {
  const { page, complaints } = await watch(browser);
  await page.goto(String(demo.first.demo_url));
  await page.getByTestId(title).click();
  await page.getByTestId("write-with-ai").first().click();
  await page.getByTestId("prompt").fill("Write about our spring sale on running shoes");

  expect(await said("fault", "set", "Sandbox", "quota-exhausted")).toMatchObject({
    fault: { fault: "quota-exhausted", left: null },
  });
  await page.getByTestId("generate").click();
  await page
    .getByText("The account at the AI provider has no credit left, or a limit is used up.")
    .first()
    .waitFor();
  const [row] = (await said("activity", "--limit", "1")).items;
  expect(row).toMatchObject({ fault: "quota-exhausted", cause: "quota-exhausted", status: 429, attempts: 1 });

  await said("fault", "clear", "Sandbox");
  await page.getByTestId("generate").click();
  const answer = page.getByTestId("answer").first();
  await answer.waitFor();
  expect(((await answer.textContent()) ?? "").toLowerCase()).toContain("running shoes");
  expect((await said("activity", "--limit", "1")).items[0]).toMatchObject({ fault: null, status: 200 });
  // A refused call is a line of the browser's own console; nothing else may be there.
  expect(complaints.filter((complaint) => !/\b429\b/.test(complaint))).toEqual([]);
});

test("a fault for one call is over after it, and may be listed and cleared by name or application", async () => {
  const set = await said("fault", "set", "Play", "overloaded", "--app", "QA", "--times", "1");
  expect(set.fault).toMatchObject({ fault: "overloaded", left: 1 });
  expect((await said("fault", "list", "--app", "QA")).items).toMatchObject([
    { name: "Play", fault: "overloaded", left: 1 },
  ]);
  const reply = await ask();
  expect([reply.status, (await reply.json()).cause]).toEqual([503, "upstream-overloaded"]);
  expect((await ask()).status).toBe(200);
  await expect.poll(async () => (await said("fault", "list", "--app", "QA")).items).toEqual([]);
  const words = await addonctl(["--data-dir", dataDir, "fault", "clear", "Play"]);
  expect([words.code, words.out]).toEqual([0, "Play answers as it is again.\n"]);
});

test("the header is for applications that are marked as testing", async () => {
  const provoke = { "x-addon-console-fault": "key-rejected" };
  expect((await ask(provoke)).status).toBe(403);
  expect(await said("app", "testing", "QA", "on")).toMatchObject({ testing: true });
  const reply = await ask(provoke);
  expect([reply.status, (await reply.json()).cause]).toEqual([502, "key-rejected"]);
  expect((await ask()).status).toBe(200);
  expect(await said("app", "testing", "QA", "off")).toMatchObject({ testing: false });
  expect((await (await ask(provoke)).json()).cause).toBe("fault-not-allowed");
});

test("what cannot be provoked is refused, by exit code and by word", async () => {
  const all = (await said("fault", "list")).items;
  expect(all.length).toBeGreaterThan(40);
  const deepl = (await said("fault", "list", "--kind", "deepl")).items.map((each: { id: string }) => each.id);
  expect(deepl).toContain("language-unsupported");
  expect(deepl).not.toContain("stream-error");
  expect(await refused("fault", "list", "--kind", "abacus")).toEqual([1, "not-found"]);
  expect(await refused("fault", "set", "Play", "no-such-fault")).toEqual([1, "not-found"]);
  expect(await refused("fault", "set", "Nobody", "overloaded")).toEqual([1, "not-found"]);
  expect(await refused("fault", "set", "Play", "overloaded", "--times", "0")).toEqual([1, "invalid-input"]);
  expect(await refused("fault", "set", "Play")).toEqual([2, "usage"]);
  expect(await refused("app", "testing", "QA", "maybe")).toEqual([2, "usage"]);
  // A name two applications have must be made clear.
  await said("app", "add", "Other", "--type", "email");
  await said("provider", "add", "Play", "--app", "Other", "--kind", "sandbox");
  expect(await refused("fault", "set", "Play", "overloaded")).toEqual([1, "invalid-input"]);
  expect((await said("fault", "set", "Play", "overloaded", "--app", "Other")).fault.left).toBeNull();
  expect((await ask()).status).toBe(200);
});
