// loadConfig: merge per AddOn id, debounce from the second rapid call, warning 3001, nothing lost.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mergeConfig } from "../src/config/merge.js";
import { addOnState, blockPermission } from "../src/config/permissions.js";
import { ConfigStore, DEBOUNCE_MS } from "../src/config/store.js";
import type { HaAddonWarning } from "../src/types/events.js";
import { SESSION } from "./support.js";

const ID = "ai-integration";

describe("mergeConfig", () => {
  it("merges per AddOn id; what is not sent keeps its value", () => {
    const base = {
      uid: "u",
      addOns: [
        { id: ID, enabled: true, settings: { tokensUsed: 1, tokensAvailable: 9 } },
        { id: "other", settings: { a: 1 } },
      ],
    };
    const merged = mergeConfig(base, { addOns: [{ id: ID, settings: { tokensUsed: 5 } }, { id: "third" }] });
    expect(merged).toEqual({
      uid: "u",
      addOns: [
        { id: ID, enabled: true, settings: { tokensUsed: 5, tokensAvailable: 9 } },
        { id: "other", settings: { a: 1 } },
        { id: "third" },
      ],
    });
    expect(base.addOns[0]?.settings).toEqual({ tokensUsed: 1, tokensAvailable: 9 });
  });

  it("merges translations deeply and replaces functions", () => {
    const one = () => undefined;
    const two = () => undefined;
    const base = {
      translations: { p: { a: "1", b: "2" } },
      contentDialog: { upsell: { label: "x", handler: one } },
    };
    const merged = mergeConfig(base, {
      translations: { p: { b: "3" } },
      contentDialog: { upsell: { handler: two } },
    });
    expect(merged.translations).toEqual({ p: { a: "1", b: "3" } });
    expect(merged.contentDialog?.upsell).toEqual({ label: "x", handler: two });
  });
});

describe("ConfigStore", () => {
  const warnings: HaAddonWarning[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    warnings.length = 0;
  });
  afterEach(() => vi.useRealTimers());
  const used = (n: number) => ({ addOns: [{ id: ID, settings: { tokensUsed: n } }] });
  const store = () => new ConfigStore({}, (w) => warnings.push(w));

  it("applies the first call at once", async () => {
    const s = store();
    expect(await s.load(used(1))).toEqual(used(1));
    expect(warnings).toEqual([]);
  });

  it("debounces from the second rapid call, warns 3001, loses nothing", async () => {
    const s = store();
    const seen = vi.fn();
    s.subscribe(seen);
    await s.load(used(1));
    const second = s.load({ ...used(2), language: "it" });
    const third = s.load(used(3));
    expect(s.current).toEqual(used(1));
    await vi.advanceTimersByTimeAsync(DEBOUNCE_MS);
    expect(await second).toEqual({ ...used(3), language: "it" });
    expect(await third).toEqual({ ...used(3), language: "it" });
    expect(seen).toHaveBeenCalledTimes(2);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatchObject({
      code: 3001,
      message: "loadConfig request was debounced due to rapid consecutive calls",
    });
  });

  it("rejects a debounced call when asked to", async () => {
    const s = store();
    await s.load(used(1), { rejectDebounced: true });
    await expect(s.load(used(2), { rejectDebounced: true })).rejects.toThrow("debounced");
    expect(warnings).toHaveLength(1);
  });

  it("does not debounce calls that are separated in time", async () => {
    const s = store();
    await s.load(used(1));
    await vi.advanceTimersByTimeAsync(DEBOUNCE_MS + 1);
    await s.load(used(2));
    expect(s.current).toEqual(used(2));
    expect(warnings).toEqual([]);
  });
});

describe("permissions", () => {
  it("shows unless told otherwise, per block", () => {
    const perms = { content: { title: { properties: { aiIntegration: { show: false, locked: true } } } } };
    expect(blockPermission(perms, "TITLE")).toEqual({ show: false, locked: true });
    expect(blockPermission(perms, "PARAGRAPH")).toEqual({ show: true, locked: false });
    expect(blockPermission(undefined, "LIST")).toEqual({ show: true, locked: false });
  });

  it("needs console and host to agree; the host's settings win", () => {
    const off = {
      ...SESSION,
      addOns: [{ ...SESSION.addOns[0], handle: ID, enabled: false, settings: {}, provider: null }],
    };
    const set = {
      ...SESSION,
      addOns: [{ handle: ID, enabled: true, settings: { a: 1, b: 1 }, provider: null }],
    };
    expect(addOnState(ID, {}, undefined).enabled).toBe(true);
    expect(addOnState(ID, {}, off).enabled).toBe(false);
    expect(addOnState(ID, { addOns: [{ id: ID, enabled: false }] }, set).enabled).toBe(false);
    const host = { addOns: [{ id: ID, settings: { b: 2 } }] };
    expect(addOnState(ID, host, set)).toEqual({ enabled: true, settings: { a: 1, b: 2 } });
  });
});
