// Translating a template: the request, the copy that comes back, Beefree's error numbers, concurrent calls.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sourceLanguage, withoutLanguage } from "../src/addons/ai-translation/languages.js";
import { AddonError, type HaAddonInstance, type HaAddonOptions } from "../src/index.js";
import { type Handler, json, REJECTED, SANDBOX, startHost } from "./support.js";

const PATH = "/v1/ai/translate";
const template = () => ({
  page: {
    language: { label: "English", value: "en-US" },
    rows: [{ columns: [{ modules: [{ uuid: "m1", descriptor: { heading: { text: "Hello" } } }] }] }],
  },
});
const translated = { page: { translated: true } };
const good = () => json({ template: translated, translatedFields: 1, provider: SANDBOX });
const IT = { language: "it-IT" };

let addon: HaAddonInstance;
beforeEach(() => document.body.replaceChildren());
afterEach(() => {
  addon?.destroy();
  vi.unstubAllGlobals();
});

async function start(reply: Handler, options: Partial<HaAddonOptions> = {}) {
  const host = await startHost({ [PATH]: reply }, options);
  addon = host.addon;
  return host;
}

describe("translateTemplate", () => {
  it("sends the contract's body and returns the translated template", async () => {
    const { sent, errors } = await start(good);
    const source = template();
    expect(await addon.translateTemplate(source, IT)).toEqual(translated);
    expect(sent(PATH)[0]?.body).toEqual({
      sourceLanguage: "en-US",
      targetLanguage: "it-IT",
      template: source,
    });
    expect(source).toEqual(template());
    expect(errors).toEqual([]);
  });

  it.each([
    [6001, 401],
    [6050, 500],
    [6100, 400],
    [6150, 400],
    [6200, 400],
    [6250, 500],
    [6350, 500],
  ])("passes %i on, to onError and as rejection", async (code, status) => {
    const body = { code, message: "m", detail: "d", status_code: status, cause: "upstream-error" };
    const { errors } = await start(() => json(body, status));
    const failed = addon.translateTemplate(template(), IT);
    await expect(failed).rejects.toBeInstanceOf(AddonError);
    await expect(failed).rejects.toMatchObject({ code, status, detail: "d" });
    expect(errors).toMatchObject([{ code, message: "m", detail: "d" }]);
  });

  it.each([
    ["no source language", { page: {} }, IT, {}, 6100],
    ["no target language", template(), { language: "" }, {}, 6100],
    ["the main language", template(), { language: "en-US" }, {}, 6150],
    ["a language the host does not list", template(), IT, { templateLanguages: [{ value: "fr-FR" }] }, 6150],
    ["automatic translation off", template(), IT, { templateLanguageAutoTranslation: false }, 6050],
    ["the AddOn off", template(), IT, { addOns: [{ id: "ai-translation", enabled: false }] }, 6050],
  ])("refuses %s without a call", async (_, source, options, config, code) => {
    const { sent, errors } = await start(good, config);
    await expect(addon.translateTemplate(source, options)).rejects.toMatchObject({ code });
    expect(errors).toMatchObject([{ code }]);
    expect(sent(PATH)).toEqual([]);
  });

  it("refuses a reply without template, and reports an unreachable proxy", async () => {
    const { errors } = await start(() => json({ translatedFields: 3 }));
    await expect(addon.translateTemplate(template(), IT)).rejects.toMatchObject({ code: 6250 });
    addon.destroy();
    await start(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(addon.translateTemplate(template(), IT)).rejects.toMatchObject({ code: 9900 });
    expect(errors).toHaveLength(1);
  });

  it("asks once for the same wish twice, and refuses another meanwhile", async () => {
    let release: (r: Response) => void = () => undefined;
    const { sent } = await start(() => new Promise((r) => (release = r)));
    const source = template();
    const first = addon.translateTemplate(source, IT);
    const same = addon.translateTemplate(source, IT);
    await expect(addon.translateTemplate(source, { language: "fr-FR" })).rejects.toMatchObject({
      code: 6100,
      reason: "translation-running",
    });
    await expect(addon.translateTemplate(template(), IT)).rejects.toMatchObject({ code: 6100 });
    await expect(addon.resetTemplateTranslation(source, IT)).rejects.toMatchObject({ code: 6100 });
    release(good());
    expect(await first).toEqual(translated);
    expect(await same).toEqual(translated);
    expect(sent(PATH)).toHaveLength(1);
  });

  it("can be tried again after a failure", async () => {
    let fail = true;
    await start(() => (fail ? json(REJECTED, 502) : good()));
    await expect(addon.translateTemplate(template(), IT)).rejects.toMatchObject({ reason: "key-rejected" });
    fail = false;
    expect(await addon.translateTemplate(template(), IT)).toEqual(translated);
  });

  it("takes the host's main language over the template's", async () => {
    const { sent } = await start(good, { templateLanguage: { value: "en-GB", label: "English" } });
    await addon.translateTemplate(template(), IT);
    expect(sent(PATH)[0]?.body).toMatchObject({ sourceLanguage: "en-GB" });
  });
});

describe("the template", () => {
  it("names its language in either place", () => {
    expect(sourceLanguage({}, template())).toBe("en-US");
    expect(sourceLanguage({}, { page: { body: { language: { value: "es-ES" } } } })).toBe("es-ES");
    expect(sourceLanguage({}, null)).toBe("");
  });

  it("loses one language and keeps the others, without being changed", async () => {
    const both = {
      page: {
        head: {
          meta: { subject: "S", translations: { "it-IT": { subject: "I" }, "fr-FR": { subject: "F" } } },
        },
        rows: [{ items: [{ text: "a", translations: { "it-IT": { text: "b" } } }] }],
      },
    };
    const before = structuredClone(both);
    expect(withoutLanguage(both, "it-IT")).toEqual({
      page: {
        head: { meta: { subject: "S", translations: { "fr-FR": { subject: "F" } } } },
        rows: [{ items: [{ text: "a" }] }],
      },
    });
    await start(good);
    expect(await addon.resetTemplateTranslation(both, IT)).toEqual(withoutLanguage(both, "it-IT"));
    expect(both).toEqual(before);
  });
});
