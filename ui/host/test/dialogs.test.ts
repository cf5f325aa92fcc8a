// The host's own dialogs and its store of brand tones: they answer the AddOn once, whatever the visitor does.
import { beforeEach, expect, it, vi } from "vitest";
import { customDialog } from "../src/custom.js";
import { texts } from "../src/i18n/texts.js";
import { brandToneHook } from "../src/tones.js";
import { upsellDialog } from "../src/upsell.js";

const t = () => texts("en");
const button = (words: string) =>
  [...document.querySelectorAll("dialog button")].find((b) => b.textContent === words) as HTMLButtonElement;

beforeEach(() => document.body.replaceChildren());

it("resolves with the text of the host's own assistant, or rejects", () => {
  const [resolve, reject] = [vi.fn(), vi.fn()];
  const { handler } = customDialog(t);
  const args = { moduleUUID: "m1", moduleType: "TITLE", moduleContent: "Old" } as const;
  handler(resolve, reject, args);
  const input = document.querySelector("textarea") as HTMLTextAreaElement;
  expect(input.value).toBe("Old");
  input.value = "New";
  button("Use this text").click();
  expect(resolve).toHaveBeenCalledExactlyOnceWith({ generatedText: "New" });
  handler(resolve, reject, args);
  button("Cancel").click();
  expect(reject).toHaveBeenCalledTimes(1);
  expect(document.querySelector("dialog")).toBeNull();
});

it("sells tokens to the writing assistant and images to the others", () => {
  const resolve = vi.fn();
  const buy = vi.fn((id: string, amount: number) => ({ id, settings: { amount } }));
  const { handler } = upsellDialog(t, buy);
  handler(resolve, vi.fn(), { handle: "ai-integration" });
  expect(document.querySelector("dialog h2")?.textContent).toBe("Get more tokens");
  button("Cancel").click();
  handler(resolve, vi.fn(), { handle: "ai-alt-text" });
  button("Add 5").click();
  expect(buy).toHaveBeenCalledExactlyOnceWith("ai-alt-text", 5);
  expect(resolve).toHaveBeenCalledWith({ addOns: [{ id: "ai-alt-text", settings: { amount: 5 } }] });
});

it("keeps the chosen brand tone and refuses what it does not offer", () => {
  const { brandTone } = brandToneHook();
  const ask = (action: string, data?: unknown) => {
    const [resolve, reject] = [vi.fn(), vi.fn()];
    brandTone?.handler(resolve, reject, data === undefined ? { action } : { action, data });
    return { answer: resolve.mock.calls[0]?.[0], refused: reject.mock.calls.length > 0 };
  };
  expect(ask("get").answer).toMatchObject([{ id: "harbour" }, { id: "ledger" }]);
  expect(ask("getSelected").answer).toBe("");
  expect(ask("saveSelected", "ledger").refused).toBe(false);
  expect(ask("getSelected").answer).toBe("ledger");
  expect(ask("delete", {}).refused).toBe(true);
});
