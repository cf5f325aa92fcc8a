// The formulas for balance, banners and lock.
import { describe, expect, it } from "vitest";
import { readSettings } from "../src/addons/ai-integration/settings.js";
import { usageState } from "../src/addons/ai-integration/usage.js";

const state = (raw: Record<string, unknown>) => usageState(readSettings(raw));

describe("usage", () => {
  it("without both numbers: no widget, no banner, no lock", () => {
    const none = { widget: false, percent: undefined, low: false, out: false, inputLocked: false };
    expect(state({})).toEqual(none);
    expect(state({ tokensAvailable: 10, isUpsellEnabled: true })).toEqual(none);
    expect(state({ tokensUsed: 10, isUpsellEnabled: true })).toEqual(none);
    expect(state({ tokensUsed: "9", tokensAvailable: 10 }).widget).toBe(false);
  });

  it("low from 80 percent used, out from 100", () => {
    const at = (tokensUsed: number) => state({ tokensUsed, tokensAvailable: 100, isUpsellEnabled: true });
    expect(at(79)).toMatchObject({ low: false, out: false, inputLocked: false });
    expect(at(80)).toMatchObject({ low: true, out: false, inputLocked: false, percent: 80 });
    expect(at(99)).toMatchObject({ low: true, out: false });
    expect(at(100)).toMatchObject({ low: false, out: true, inputLocked: true });
    expect(at(130)).toMatchObject({ low: false, out: true, inputLocked: true });
  });

  it("takes the trigger as percent used", () => {
    const at = (tokensUsed: number) =>
      state({ tokensUsed, tokensAvailable: 200, isUpsellEnabled: true, upsellTrigger: 50 });
    expect(at(99).low).toBe(false);
    expect(at(100).low).toBe(true);
  });

  it("locks without banners when upsell is off", () => {
    expect(state({ tokensUsed: 5, tokensAvailable: 5 })).toMatchObject({
      low: false,
      out: false,
      inputLocked: true,
    });
  });

  it("nothing available is out", () => {
    expect(state({ tokensUsed: 0, tokensAvailable: 0, isUpsellEnabled: true })).toMatchObject({
      out: true,
      inputLocked: true,
      percent: 100,
    });
  });

  it("isPromptDisabled overrides the balance", () => {
    expect(state({ isPromptDisabled: true }).inputLocked).toBe(true);
    expect(state({ isPromptDisabled: true, tokensUsed: 0, tokensAvailable: 9 }).inputLocked).toBe(true);
  });

  it("accepts tokensCounter, prefers tokensUsed", () => {
    expect(state({ tokensCounter: 9, tokensAvailable: 9 }).inputLocked).toBe(true);
    expect(state({ tokensCounter: 9, tokensUsed: 1, tokensAvailable: 9 }).inputLocked).toBe(false);
  });

  it("shows Regenerate unless it is switched off", () => {
    expect(readSettings({}).isRegenerateEnabled).toBe(true);
    expect(readSettings({ isRegenerateEnabled: false }).isRegenerateEnabled).toBe(false);
  });
});
