// Email and page details: the menu, the request, tones, limits, review and failures.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LIMITS, TONES } from "../src/addons/metadata/dialog.js";
import type { HaAddonInstance, HaAddonOptions, MetadataOptions, MetaTexts } from "../src/index.js";
import {
  all,
  type Handler,
  json,
  one,
  panel,
  REJECTED,
  SANDBOX,
  shadow,
  startHost,
  until,
} from "./support.js";

const PATH = "/v1/ai/metadata";
const TEMPLATE = { page: { language: { value: "en-US" }, rows: [] } };
const usage = { prompt_tokens: 20, completion_tokens: 41, total_tokens: 61, uid: "user-1" };
let n = 0;
const written: Handler = ({ body }) => {
  n++;
  const texts = Object.fromEntries((body.fields as string[]).map((field) => [field, `${field} ${n}`]));
  return json({ promptId: `p${n}`, ...texts, usage, provider: SANDBOX });
};

let addon: HaAddonInstance;
let applied: MetaTexts[];
beforeEach(() => {
  n = 0;
  document.body.replaceChildren();
});
afterEach(() => {
  addon?.destroy();
  vi.unstubAllGlobals();
});

async function start(
  reply: Handler,
  mount: Partial<MetadataOptions> = {},
  options: Partial<HaAddonOptions> = {},
) {
  const host = await startHost({ [PATH]: reply }, options);
  addon = host.addon;
  applied = [];
  const mounted = addon.mountMetadata(document.body, {
    template: () => TEMPLATE,
    onApply: (texts) => applied.push(texts),
    ...mount,
  });
  const root = shadow(mounted.element);
  const choose = async (id: string) => {
    one(root, "metadata-wand").click();
    one(root, id).click();
    await until(() => one(panel(), "tone"));
    return panel();
  };
  return { ...host, root, choose };
}
const menu = (root: ShadowRoot) =>
  [...root.querySelectorAll("[role=menuitem]")].map((item) => item.textContent);
const value = (root: ShadowRoot, id: string) => one<HTMLTextAreaElement>(root, id).value;

describe("the wand", () => {
  it("offers all, subject, preheader for an email", async () => {
    const { root } = await start(written);
    one(root, "metadata-wand").click();
    expect(menu(root)).toEqual(["Generate all details", "Generate subject only", "Generate preheader only"]);
  });

  it("offers all, title, description for a page", async () => {
    const { root, choose } = await start(written, { kind: "page" });
    one(root, "metadata-wand").click();
    expect(menu(root)).toEqual(["Generate all details", "Generate title only", "Generate description only"]);
    one(root, "metadata-wand").click();
    expect((await choose("metadata-title")).querySelector("h2")?.textContent).toBe("Page details with AI");
  });

  it("is there by default, and vanishes live with metadataGeneration: false", async () => {
    const { root, choose, settings } = await start(written);
    await choose("metadata-all");
    await settings("ai-integration", { metadataGeneration: false });
    expect(all(root, "metadata-wand")).toEqual([]);
    expect(document.querySelector('ha-addon[data-part="panel"]')).toBeNull();
    expect(
      await addon.openMetadata(document.body, ["subject"], { template: () => TEMPLATE }),
    ).toBeUndefined();
  });
});

describe("the window", () => {
  it("knows Beefree's eight tones and limits", async () => {
    expect(TONES).toHaveLength(8);
    expect(LIMITS).toEqual({ subject: 190, preheader: 130, description: 190 });
    const { choose } = await start(written);
    const root = await choose("metadata-all");
    const tones = [...one<HTMLSelectElement>(root, "tone").options].map((option) => option.textContent);
    expect(tones.join(" ")).toBe("Native Informal Persuasive Descriptive Visual Humorous Narrative Formal");
    await until(() => one(root, "meta-subject"));
    expect(one(root, "meta-preheader").getAttribute("maxlength")).toBe("130");
    expect(root.textContent).toContain("Max 190 characters");
  });

  it("generates at once, reports 1000, regenerates in another tone, applies what was reviewed", async () => {
    const { choose, sent, infos } = await start(written);
    const root = await choose("metadata-all");
    await until(() => expect(value(root, "meta-subject")).toBe("subject 1"));
    expect(sent(PATH)[0]?.body).toEqual({
      fields: ["subject", "preheader"],
      options: { toneOfVoice: "native", language: "en-US" },
      template: TEMPLATE,
    });
    expect(infos).toEqual([
      {
        code: 1000,
        message: "Token usage for addon handle: ai-integration",
        detail: { handle: "ai-integration", promptId: "p1", usage },
      },
    ]);
    one<HTMLSelectElement>(root, "tone").value = "humorous";
    one(root, "generate").click();
    await until(() => expect(value(root, "meta-subject")).toBe("subject 2"));
    expect(sent(PATH)[1]?.body).toMatchObject({ options: { toneOfVoice: "humorous" } });
    expect(infos).toHaveLength(2);
    one<HTMLTextAreaElement>(root, "meta-preheader").value = "by hand ";
    one(root, "apply-all").click();
    expect(applied).toEqual([{ subject: "subject 2", preheader: "by hand" }]);
    expect(document.querySelector('ha-addon[data-part="panel"]')).toBeNull();
  });

  it("asks for one field only, in the language the host names", async () => {
    const { choose, sent } = await start(written, { language: () => "it-IT" });
    const root = await choose("metadata-preheader");
    await until(() => one(root, "meta-preheader"));
    expect(all(root, "meta-subject")).toEqual([]);
    expect(sent(PATH)[0]?.body).toMatchObject({ fields: ["preheader"], options: { language: "it-IT" } });
  });

  it("spends nothing without balance, and offers the host's dialog", async () => {
    const { choose, sent } = await start(
      written,
      {},
      {
        addOns: [
          { id: "ai-integration", settings: { tokensUsed: 9, tokensAvailable: 9, isUpsellEnabled: true } },
        ],
        contentDialog: {
          upsell: {
            label: "Get more",
            handler: (resolve) =>
              resolve({ addOns: [{ id: "ai-integration", settings: { tokensAvailable: 99 } }] }),
          },
        },
      },
    );
    const root = await choose("metadata-all");
    expect(sent(PATH)).toEqual([]);
    expect(one<HTMLButtonElement>(root, "generate").disabled).toBe(true);
    expect(one(root, "upsell-banner").textContent).toBe("You're out of tokens. Get more to continue.");
    one(root, "upsell-cta").click();
    await until(() => expect(one<HTMLButtonElement>(root, "generate").disabled).toBe(false));
    one(root, "generate").click();
    await until(() => expect(value(root, "meta-subject")).toBe("subject 1"));
  });

  it("keeps the last texts when the next answer fails", async () => {
    let fail = false;
    const { choose, errors } = await start((call) => (fail ? json(REJECTED, 502) : written(call)));
    const root = await choose("metadata-all");
    await until(() => expect(value(root, "meta-subject")).toBe("subject 1"));
    fail = true;
    one(root, "generate").click();
    await until(() => expect(one(root, "error-detail").textContent).toContain("refused the API key"));
    expect(errors).toMatchObject([{ code: 9900, name: "key-rejected" }]);
    one(root, "apply-all").click();
    expect(applied).toEqual([{ subject: "subject 1", preheader: "preheader 1" }]);
  });

  it.each([
    ["no answer", () => json({ promptId: "p1", subject: " ", usage, provider: SANDBOX }), "empty answer", 1],
    ["nonsense", () => new Response("<html>"), "could not be read", 0],
    ["no proxy", () => Promise.reject(new TypeError("Failed to fetch")), "127.0.0.1", 0],
  ])("survives %s", async (_, reply, words, counted) => {
    const { choose, infos } = await start(reply as Handler);
    const root = await choose("metadata-all");
    await until(() => expect(one(root, "error-detail").textContent).toContain(words));
    expect(infos).toHaveLength(counted as number);
    expect(all(root, "apply-all")).toEqual([]);
  });

  it("stops without an error", async () => {
    const { choose, errors } = await start(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        }),
    );
    const root = await choose("metadata-all");
    one(root, "stop").click();
    await until(() => expect(all(root, "stop")).toEqual([]));
    expect(errors).toEqual([]);
    expect(one(root, "generate").textContent).toBe("Generate");
  });
});
