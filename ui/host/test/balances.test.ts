// What the host counts and feeds back, per AddOn.
import type { Session } from "@addon-console/ha-addon";
import { beforeEach, expect, it } from "vitest";
import { Balances } from "../src/balances.js";

const session = {
  addOns: [
    { handle: "ai-integration", enabled: true, settings: { tokensAvailable: 500 }, provider: null },
    { handle: "ai-alt-text", enabled: true, settings: { imagesAvailable: 7 }, provider: null },
  ],
} as unknown as Session;
const info = (handle: string, detail: object) =>
  ({ code: 1000, message: "", detail: { handle, ...detail } }) as never;

beforeEach(() => sessionStorage.clear());

it("sums tokens and images apart, and feeds each back to its AddOn", () => {
  const balances = new Balances("u1");
  expect(balances.take(info("ai-integration", { promptId: "p", usage: { total_tokens: 61 } }))).toBe(true);
  balances.take(info("ai-alt-text", { uid: "u", consumedImages: 3 }));
  balances.take(info("ai-image-generation", { uid: "u", consumedImages: 1 }));
  expect(balances.take({ code: 1001, message: "", detail: {} } as never)).toBe(false);
  expect(balances.config(session)).toEqual([
    { id: "ai-integration", settings: { tokensUsed: 61, tokensAvailable: 500, isUpsellEnabled: true } },
    { id: "ai-alt-text", settings: { imagesUsed: 3, imagesAvailable: 7, isUpsellEnabled: true } },
    { id: "ai-image-generation", settings: { imagesUsed: 1, imagesAvailable: 20, isUpsellEnabled: true } },
  ]);
  expect(balances.images(session)).toEqual({ used: 4, available: 27 });
});

it("adds what was bought to the right balance", () => {
  const balances = new Balances("u1");
  expect(balances.buy("ai-alt-text", 5, session).settings).toMatchObject({ imagesAvailable: 12 });
  expect(balances.buy("ai-integration", 1000, session).settings).toMatchObject({ tokensAvailable: 1500 });
  expect(new Balances("u1").available("ai-alt-text", session)).toBe(12);
});
