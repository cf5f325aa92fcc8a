// Brand tones: what the host is asked, when, and what goes along with a prompt.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { HaAddonInstance, HaAddonOptions } from "../src/index.js";
import type { AiModule } from "../src/types/wire.js";
import { all, answer, json, one, panel, startHost, until } from "./support.js";

const MODULE: AiModule = { uuid: "m1", type: "TITLE", content: "Spring", isDefault: false };
const TONES = [
  { id: "t1", name: "Warm", anything: { deep: [1] } },
  { id: "t2", name: "Dry" },
];

let addon: HaAddonInstance;
let asked: { action: string; data?: unknown }[];
let replies: Record<string, () => unknown>;
const hooks: NonNullable<HaAddonOptions["hooks"]> = {
  brandTone: {
    handler(resolve, reject, args) {
      asked.push(args);
      try {
        resolve(replies[args.action]?.());
      } catch (error) {
        reject(error);
      }
    },
  },
};

beforeEach(() => {
  document.body.replaceChildren();
  asked = [];
  replies = { get: () => TONES, getSelected: () => "t1", saveSelected: () => undefined };
});
afterEach(() => {
  addon?.destroy();
  vi.unstubAllGlobals();
});

async function start(
  settings: object = { isBrandTonesEnabled: true },
  options: Partial<HaAddonOptions> = { hooks },
) {
  const host = await startHost(
    { "/v1/ai/text": () => json(answer("p1", "Hello")) },
    { addOns: [{ id: "ai-integration", settings: { ...settings } }], ...options },
  );
  addon = host.addon;
  addon.openWritingAssistant(document.body, MODULE);
  await new Promise((done) => setTimeout(done));
  return host;
}
const select = () => one<HTMLSelectElement>(panel(), "brand-tone");
async function generate(): Promise<void> {
  const input = one<HTMLTextAreaElement>(panel(), "prompt");
  input.value = "x";
  input.dispatchEvent(new Event("input"));
  one(panel(), "generate").click();
  await until(() => one(panel(), "answer"));
}
function pick(id: string): void {
  select().value = id;
  select().dispatchEvent(new Event("change"));
}

it("asks get and getSelected at every opening, and sends the tone exactly as it came", async () => {
  const { sent } = await start();
  expect(asked).toEqual([{ action: "get" }, { action: "getSelected" }]);
  expect([...select().options].map((o) => o.textContent)).toEqual(["None", "Warm", "Dry"]);
  expect(select().value).toBe("t1");
  await generate();
  expect(sent("/v1/ai/text")[0]?.body.brandTone).toEqual(TONES[0]);
  addon.openWritingAssistant(document.body, MODULE);
  expect(asked).toHaveLength(4);
});

it("saves the choice and uses it; none sends none", async () => {
  const { sent } = await start();
  pick("t2");
  await until(() => expect(asked.at(-1)).toEqual({ action: "saveSelected", data: "t2" }));
  await generate();
  expect(sent("/v1/ai/text")[0]?.body.brandTone).toEqual(TONES[1]);
  pick("");
  await until(() => expect(asked.at(-1)).toEqual({ action: "saveSelected", data: "" }));
  one(panel(), "regenerate").click();
  await until(() => expect(all(panel(), "answer")).toHaveLength(2));
  expect(sent("/v1/ai/text")[1]?.body).not.toHaveProperty("brandTone");
});

it("takes a choice back that the host could not save", async () => {
  await start();
  replies.saveSelected = () => {
    throw new Error("no");
  };
  pick("t2");
  await until(() => expect(select().value).toBe("t1"));
});

it.each([
  ["rejects", () => Promise.reject(new Error("no"))],
  ["returns nonsense", () => ({ a: 1 })],
  ["has none", () => []],
  ["has tones without id", () => [{ name: "x" }]],
])("shows no select when the host %s", async (_, get) => {
  replies.get = get;
  await start();
  expect(all(panel(), "brand-tone")).toEqual([]);
});

it("asks nothing when not enabled, and survives a missing hook", async () => {
  const { settings } = await start({});
  expect(asked).toEqual([]);
  expect(all(panel(), "brand-tone")).toEqual([]);
  await settings("ai-integration", { isBrandTonesEnabled: false });
  addon.destroy();
  await start({ isBrandTonesEnabled: true }, {});
  expect(all(panel(), "brand-tone")).toEqual([]);
});

it("locks the choice with canSelectBrandTones: false", async () => {
  await start({ isBrandTonesEnabled: true, canSelectBrandTones: false });
  expect(select().disabled).toBe(true);
  expect(select().value).toBe("t1");
});
