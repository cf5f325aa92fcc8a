// The page is complete in both languages.
import { expect, it } from "vitest";
import { en } from "../src/i18n/en.js";
import { it as italian } from "../src/i18n/it.js";

const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map((m) => m[0]).sort();

it("has the same keys and placeholders in both languages", () => {
  expect(Object.keys(italian).sort()).toEqual(Object.keys(en).sort());
  for (const key of Object.keys(en) as (keyof typeof en)[])
    expect(slots(italian[key]), key).toEqual(slots(en[key]));
});
