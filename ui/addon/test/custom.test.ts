// The host's own writing assistant: when it takes over, what it is given, and that we wait for it.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Applied, HaAddonInstance, HaAddonOptions } from "../src/index.js";
import type { CustomLlmAnswer } from "../src/types/beefree.js";
import type { AiModule } from "../src/types/wire.js";
import { all, json, one, SESSION, shadow, startHost, until } from "./support.js";

const MODULE: AiModule = { uuid: "m1", type: "PARAGRAPH", content: "Spring is here", isDefault: false };
const session = (enabled: boolean) => ({
  ...SESSION,
  addOns: [
    { handle: "ai-integration", enabled: !enabled, settings: {}, provider: null },
    { handle: "custom-ai-integration", enabled, settings: {}, provider: null },
  ],
});

let addon: HaAddonInstance;
let applied: Applied[];
let asked: unknown[];
let resolve: (answer: CustomLlmAnswer) => void;
let reject: () => void;
const contentDialog: NonNullable<HaAddonOptions["contentDialog"]> = {
  customLLM: {
    label: "Write with ours",
    handler: (yes, no, args) => {
      asked.push(args);
      [resolve, reject] = [yes, no];
    },
  },
};

beforeEach(() => document.body.replaceChildren());
afterEach(() => {
  addon?.destroy();
  vi.unstubAllGlobals();
});

async function start(module = MODULE, enabled = true, options: Partial<HaAddonOptions> = { contentDialog }) {
  const host = await startHost({ "/v1/session": () => json(session(enabled)) }, options);
  addon = host.addon;
  [applied, asked] = [[], []];
  const closed = vi.fn();
  const mounted = addon.mountWritingAssistant(document.body, {
    module: () => module,
    onApply: (a) => applied.push(a),
    onClose: closed,
  });
  const root = shadow(mounted.element);
  return { ...host, root, closed, button: () => one<HTMLButtonElement>(root, "write-with-ai") };
}

it("calls the host with Beefree's three fields, waits, and applies what it resolves with", async () => {
  const { button, infos, sent, closed } = await start();
  expect(button().textContent).toBe("Write with ours");
  button().click();
  expect(asked).toEqual([{ moduleUUID: "m1", moduleType: "PARAGRAPH", moduleContent: "Spring is here" }]);
  expect(button().disabled).toBe(true);
  expect(button().title).toBe("Waiting for the other window");
  expect(addon.openWritingAssistant(document.body, MODULE)).toBeUndefined();
  expect(asked).toHaveLength(1);
  resolve({ generatedText: "<b>Ours</b>" });
  await until(() => expect(applied).toEqual([{ moduleId: "m1", content: "<b>Ours</b>" }]));
  expect(button().disabled).toBe(false);
  expect(closed).toHaveBeenCalledTimes(1);
  expect(document.querySelector('ha-addon[data-part="panel"]')).toBeNull();
  expect(sent("/v1/ai/text")).toEqual([]);
  // Beefree reports tokens and applied prompts of its own assistant only.
  expect(infos).toEqual([]);
});

it("gives empty content for a block with the builder's own words", async () => {
  const { button } = await start({ ...MODULE, isDefault: true });
  button().click();
  expect(asked).toMatchObject([{ moduleContent: "" }]);
  reject();
});

it("changes nothing when the host rejects, resolves twice, or resolves with something else", async () => {
  const { button } = await start();
  button().click();
  reject();
  resolve({ generatedText: "too late" });
  await until(() => expect(button().disabled).toBe(false));
  button().click();
  resolve({ text: "wrong name" } as never);
  await until(() => expect(button().disabled).toBe(false));
  expect(applied).toEqual([]);
});

it("survives a handler that throws", async () => {
  const { button } = await start(MODULE, true, {
    contentDialog: {
      customLLM: {
        handler: () => {
          throw new Error("host fault");
        },
      },
    },
  });
  vi.stubGlobal("reportError", vi.fn());
  button().click();
  await until(() => expect(button().disabled).toBe(false));
});

it("is visible but disabled with isButtonDisabled, or without a dialog", async () => {
  const { button, settings } = await start();
  await settings("custom-ai-integration", { isButtonDisabled: true });
  expect(button().disabled).toBe(true);
  addon.destroy();
  document.body.replaceChildren();
  expect((await start(MODULE, true, {})).button().disabled).toBe(true);
});

it("follows show and locked per block, and the host's own switch", async () => {
  const { root, button } = await start();
  const aiIntegration = (value: object) => ({
    content: { paragraph: { properties: { aiIntegration: value } } },
  });
  await addon.loadConfig({ advancedPermissions: aiIntegration({ locked: true }) });
  expect(button().disabled).toBe(true);
  addon.loadConfig({ advancedPermissions: aiIntegration({ show: false, locked: false }) });
  await until(() => expect(all(root, "write-with-ai")).toEqual([]));
  addon.loadConfig({
    advancedPermissions: aiIntegration({ show: true }),
    addOns: [{ id: "custom-ai-integration", enabled: false }],
  });
  await new Promise((done) => setTimeout(done, 220));
  // The session has the usual one off, so nothing is left.
  expect(all(root, "write-with-ai")).toEqual([]);
});

it("leaves the usual assistant alone where the session does not have it", async () => {
  const { button } = await start(MODULE, false);
  expect(button().textContent).toBe("Write with AI");
  button().click();
  expect(asked).toEqual([]);
  expect(document.querySelector('ha-addon[data-part="panel"]')).not.toBeNull();
});
