// Image generation: the request, the picture, limits and failures.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { STYLES, styleName } from "../src/addons/ai-image-generation/form.js";
import type { HaAddonInstance, HaAddonOptions, ImageApplied } from "../src/index.js";
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

const PATH = "/v1/ai/images";
const FILE = {
  url: "http://127.0.0.1:23366/v1/files/a/x.png",
  width: 1344,
  height: 768,
  folder: "F",
  fileName: "x.png",
};
const made = (more: object = {}) =>
  json({ images: [{ ...FILE, ...more }], consumedImages: 1, provider: SANDBOX });

let addon: HaAddonInstance | undefined;
let applied: ImageApplied[];
beforeEach(() => document.body.replaceChildren());
afterEach(() => {
  addon?.destroy();
  vi.unstubAllGlobals();
});

async function open(reply: Handler, options: Partial<HaAddonOptions> = {}) {
  const host = await startHost({ [PATH]: reply }, options);
  addon = host.addon;
  applied = [];
  const mounted = addon.mountImageGeneration(document.body, {
    module: () => ({ uuid: "m1" }),
    onApply: (image) => applied.push(image),
  });
  one(shadow(mounted.element), "create-with-ai").click();
  await until(() => one(panel(), "image-prompt"));
  return { ...host, root: panel(), mounted };
}

function set(root: ShadowRoot, id: string, value: string): void {
  const input = one<HTMLInputElement>(root, id);
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
const button = (root: ShadowRoot, id: string) => one<HTMLButtonElement>(root, id);

describe("the request", () => {
  it("needs a prompt, and holds only what was chosen", async () => {
    const { root, sent } = await open(() => made());
    expect(button(root, "generate").disabled).toBe(true);
    set(root, "image-prompt", "  a lighthouse ");
    expect(button(root, "generate").disabled).toBe(false);
    button(root, "generate").click();
    await until(() => one(root, "image-result"));
    expect(sent(PATH)[0]?.body).toEqual({
      prompt: "a lighthouse",
      aspectRatio: "1:1",
      folderName: "AI Generated Images",
    });
  });

  it("holds every field in the contract's names", async () => {
    const { root, sent, settings } = await open(() => made());
    await settings("ai-image-generation", { folderName: "Spring" });
    const values = { prompt: "p", negative: "n", ratio: "16:9", style: "origami", cfg: "7", steps: "30" };
    for (const [id, value] of Object.entries(values)) set(root, `image-${id}`, value);
    button(root, "generate").click();
    await until(() => one(root, "image-result"));
    expect(sent(PATH)[0]?.body).toEqual({
      prompt: "p",
      negativePrompt: "n",
      aspectRatio: "16:9",
      style: "origami",
      cfgScale: 7,
      steps: 30,
      folderName: "Spring",
    });
  });

  it.each([
    ["image-cfg", "36"],
    ["image-cfg", "-1"],
    ["image-steps", "9"],
    ["image-steps", "51"],
    ["image-steps", "20.5"],
  ])("does not let %s be %s", async (id, value) => {
    const { root } = await open(() => made());
    set(root, "image-prompt", "x");
    set(root, id, value);
    expect(button(root, "generate").disabled).toBe(true);
    expect(one(root, id).getAttribute("aria-invalid")).toBe("true");
  });

  it("knows Stability's seventeen styles", () => {
    expect(STYLES).toHaveLength(17);
    expect(STYLES.map(styleName)).toContain("3D model");
    expect(styleName("neon-punk")).toBe("Neon punk");
  });
});

describe("the picture", () => {
  it("is shown, counted, applied, and made again", async () => {
    let n = 0;
    const { root, infos, sent } = await open(() =>
      made({ url: `http://127.0.0.1:23366/v1/files/${++n}/x.png` }),
    );
    set(root, "image-prompt", "x");
    button(root, "generate").click();
    await until(() => expect(one<HTMLImageElement>(root, "image-result").src).toContain("/1/x.png"));
    expect(infos).toEqual([
      {
        code: 1000,
        message: "Token usage for addon handle: ai-image-generation",
        detail: { handle: "ai-image-generation", uid: "user-1", consumedImages: 1 },
      },
    ]);
    const heard: unknown[] = [];
    document.body.addEventListener("image", (e) => heard.push((e as CustomEvent).detail));
    button(root, "apply").click();
    const detail = { ...FILE, url: "http://127.0.0.1:23366/v1/files/1/x.png", moduleId: "m1", prompt: "x" };
    expect(applied).toEqual([detail]);
    expect(heard).toEqual([detail]);
    set(root, "image-prompt", "changed meanwhile");
    button(root, "regenerate").click();
    await until(() => expect(one<HTMLImageElement>(root, "image-result").src).toContain("/2/x.png"));
    expect(sent(PATH)[1]?.body).toMatchObject({ prompt: "x" });
    expect(infos).toHaveLength(2);
    expect(button(root, "apply").textContent).toBe("Apply");
  });

  it("may be refused by the page's own policy: Apply still works", async () => {
    const { root } = await open(() => made());
    set(root, "image-prompt", "x");
    button(root, "generate").click();
    await until(() => one(root, "image-result"));
    one(root, "image-result").dispatchEvent(new Event("error"));
    expect(root.querySelector(".card > .note:not([hidden])")?.textContent).toContain("can still be applied");
    button(root, "apply").click();
    expect(applied).toHaveLength(1);
  });

  it("comes from an http address, or not at all", async () => {
    const { root, infos, errors } = await open(() => made({ url: "javascript:alert(1)" }));
    set(root, "image-prompt", "x");
    button(root, "generate").click();
    await until(() => expect(one(root, "error-detail").textContent).toContain("could not be read"));
    expect(all(root, "image-result")).toEqual([]);
    expect(infos).toEqual([]);
    expect(errors).toMatchObject([{ name: "reply-invalid" }]);
  });
});

describe("limits and failures", () => {
  it("locks without a balance, and keeps the last picture applicable", async () => {
    const { root, settings } = await open(() => made());
    set(root, "image-prompt", "x");
    button(root, "generate").click();
    await until(() => one(root, "image-result"));
    await settings("ai-image-generation", { imagesAvailable: 5, imagesUsed: 5 });
    expect(one(root, "images-left").textContent).toBe("0 images left");
    for (const id of ["generate", "regenerate"]) expect(button(root, id).disabled).toBe(true);
    expect(one<HTMLTextAreaElement>(root, "image-prompt").disabled).toBe(true);
    button(root, "apply").click();
    expect(applied).toHaveLength(1);
  });

  it("locks by isGenerationDisabled and stays visible", async () => {
    const { root, settings } = await open(() => made());
    set(root, "image-prompt", "x");
    await settings("ai-image-generation", { isGenerationDisabled: true });
    expect(button(root, "generate").disabled).toBe(true);
    expect(all(root, "images-left")).toEqual([]);
  });

  it("offers more at three left, and believes what the host's dialog says", async () => {
    let finish: (config?: object) => void = () => undefined;
    const { root, settings } = await open(() => made(), {
      contentDialog: { upsell: { label: "Buy images", handler: (resolve) => (finish = resolve) } },
    });
    await settings("ai-image-generation", { imagesAvailable: 9, imagesUsed: 5, isUpsellEnabled: true });
    expect(all(root, "upsell-cta")).toEqual([]);
    settings("ai-image-generation", { imagesUsed: 6 });
    await until(() => expect(one(root, "upsell-cta").textContent).toBe("Buy images"));
    one(root, "upsell-cta").click();
    expect(root.querySelector<HTMLElement>(".body")?.inert).toBe(true);
    finish({ addOns: [{ id: "ai-image-generation", settings: { imagesAvailable: 99 } }] });
    await until(() => expect(one(root, "images-left").textContent).toBe("93 images left"));
    expect(root.querySelector<HTMLElement>(".body")?.inert).toBe(false);
  });

  it("says why it failed and raises onError", async () => {
    const { root, errors, infos } = await open(() => json(REJECTED, 502));
    set(root, "image-prompt", "x");
    button(root, "generate").click();
    await until(() => expect(one(root, "error-detail").textContent).toContain("refused the API key"));
    expect(errors).toMatchObject([{ code: 9900, name: "key-rejected" }]);
    expect(infos).toEqual([]);
    expect(one<HTMLTextAreaElement>(root, "image-prompt").value).toBe("x");
  });

  it("stops without an error, and when closed", async () => {
    const { root, errors, sent } = await open(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        }),
    );
    set(root, "image-prompt", "x");
    button(root, "generate").click();
    expect(root.querySelector("[role=status]")?.textContent).toBe("Working on it");
    button(root, "stop").click();
    await until(() => expect(all(root, "stop")).toEqual([]));
    button(root, "generate").click();
    one(root, "panel-close").click();
    expect(sent(PATH).map((call) => call.signal?.aborted)).toEqual([true, true]);
    expect(errors).toEqual([]);
    expect(document.querySelectorAll('ha-addon[data-part="panel"]')).toHaveLength(0);
  });

  it("is hidden when switched off", async () => {
    const { mounted } = await open(() => made());
    await addon?.loadConfig({ addOns: [{ id: "ai-image-generation", enabled: false }] });
    expect(all(shadow(mounted.element), "create-with-ai")).toEqual([]);
    expect(document.querySelectorAll('ha-addon[data-part="panel"]')).toHaveLength(0);
  });
});
