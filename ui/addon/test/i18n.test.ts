// Both languages are complete, and every text can be replaced under Beefree's names.
import { describe, expect, it } from "vitest";
import { en as common } from "../src/i18n/en.js";
import { en as windows } from "../src/i18n/en-windows.js";
import { it as italianCommon } from "../src/i18n/it.js";
import { it as italianWindows } from "../src/i18n/it-windows.js";
import { createTexts, fill } from "../src/i18n/texts.js";

const P = "mailup-bee-common-component-ai";
const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map((m) => m[0]).sort();

const en = { ...common, ...windows };
const italian = { ...italianCommon, ...italianWindows };

describe("texts", () => {
  it("have no name twice: hosts replace them by name", () => {
    expect(Object.keys(windows).filter((key) => key in common)).toEqual([]);
  });

  it("have the same keys in both languages", () => {
    expect(Object.keys(italian).sort()).toEqual(Object.keys(en).sort());
  });

  it("have the same placeholders and are all translated", () => {
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(slots(italian[key]), key).toEqual(slots(en[key]));
      expect(italian[key].trim(), key).not.toBe("");
    }
  });

  it("follow the language, English for the unknown", () => {
    expect(createTexts({ language: "it-IT" })("generate")).toBe("Genera");
    expect(createTexts({ language: "xx" })("generate")).toBe("Generate");
    expect(createTexts({})("generate")).toBe("Generate");
  });

  it("can be replaced: nested, dotted, documented key, shipped key", () => {
    expect(createTexts({ translations: { [P]: { "config-label": "AI!" } } })("config-label")).toBe("AI!");
    expect(createTexts({ translations: { [`${P}.config-label`]: "AI?" } })("config-label")).toBe("AI?");
    const documented = createTexts({ translations: { [P]: { translate: "T" } } });
    expect(documented("suggest-translate")).toBe("T");
    expect(documented("suggest-translate-button")).toBe("T");
    const both = createTexts({ translations: { [P]: { "adjust-tone": "a", "suggest-adjust-tone": "b" } } });
    expect(both("suggest-adjust-tone")).toBe("b");
    const other = createTexts({ translations: { "bee-common-component-ai.no-token-message": "Out" } });
    expect(other("no-token-message")).toBe("Out");
  });

  it("keep the two texts about length apart", () => {
    const t = createTexts({ translations: { [P]: { "characters-length": "words" } } });
    expect(t("characters-length")).toBe("words");
    expect(t("suggest-characters-length")).toBe(en["suggest-characters-length"]);
  });

  it("show keys when debugging", () => {
    expect(createTexts({ debug: { showTranslationKeys: true } })("apply")).toBe(`${P}.apply`);
  });

  it("leave unknown placeholders visible", () => {
    expect(fill("{a} {b}", { a: 1 })).toBe("1 {b}");
  });
});
