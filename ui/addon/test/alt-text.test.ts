// Alternate texts: the formulas, one image, many images, and everything that can go wrong.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AltImage, eligible, isStatic } from "../src/addons/ai-alt-text/images.js";
import { balance } from "../src/addons/shared/balance.js";
import { asBase64 } from "../src/client/alt-text.js";
import type { AltApplied, HaAddonInstance, HaAddonOptions } from "../src/index.js";
import {
  all,
  events,
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

const PATH = "/v1/ai/alt-text";
const image = (moduleId: string, more: Partial<AltImage> = {}): AltImage => ({
  moduleId,
  src: `https://img.example/${moduleId}.png`,
  alt: "",
  ...more,
});
const whole = (...results: object[]) =>
  json({ results, consumedImages: results.filter((r) => "alt" in r).length, provider: SANDBOX });
const used = (consumedImages: number) => ({
  code: 1000,
  message: "Token usage for addon handle: ai-alt-text",
  detail: { handle: "ai-alt-text", uid: "user-1", consumedImages },
});

let addon: HaAddonInstance | undefined;
let applied: AltApplied[];
beforeEach(() => document.body.replaceChildren());
afterEach(() => {
  addon?.destroy();
  vi.unstubAllGlobals();
});

async function start(
  reply: Handler,
  images: AltImage[] = [image("m1")],
  options: Partial<HaAddonOptions> = {},
) {
  const host = await startHost({ [PATH]: reply }, options);
  addon = host.addon;
  applied = [];
  const mounted = addon.mountAltText(document.body, {
    image: () => images[0] as AltImage,
    images: () => images,
    onApply: (text) => applied.push(text),
  });
  const root = shadow(mounted.element);
  const choose = (id: string) => {
    one(root, "alt-text-wand").click();
    one(root, id).click();
  };
  return { ...host, root, mounted, choose };
}

describe("the formulas", () => {
  it("count what is left, only with both numbers", () => {
    expect(balance({}, "isIconDisabled")).toEqual({
      widget: false,
      remaining: undefined,
      locked: false,
      offer: false,
    });
    expect(balance({ imagesAvailable: 9 }, "isIconDisabled").widget).toBe(false);
    expect(balance({ imagesUsed: 9 }, "isIconDisabled").widget).toBe(false);
    const at = (imagesUsed: number, more = {}) =>
      balance({ imagesAvailable: 10, imagesUsed, isUpsellEnabled: true, ...more }, "isIconDisabled");
    expect(at(6)).toEqual({ widget: true, remaining: 4, locked: false, offer: false });
    expect(at(7)).toMatchObject({ remaining: 3, locked: false, offer: true });
    expect(at(10)).toMatchObject({ remaining: 0, locked: true, offer: true });
    expect(at(12)).toMatchObject({ remaining: 0, locked: true });
    expect(at(5, { upsellTrigger: 5 }).offer).toBe(true);
    expect(at(7, { isUpsellEnabled: false }).offer).toBe(false);
  });

  it("lock by each AddOn's own setting", () => {
    expect(balance({ isIconDisabled: true }, "isIconDisabled").locked).toBe(true);
    expect(balance({ isGenerationDisabled: true }, "isIconDisabled").locked).toBe(false);
    expect(balance({ isGenerationDisabled: true }, "isGenerationDisabled").locked).toBe(true);
  });

  it("take static images with an empty text only", () => {
    const images = [
      image("a"),
      image("b", { alt: "Image" }),
      image("c", { dynamicSrc: "{{pic}}" }),
      image("d", { src: "data:image/png;base64,AA==" }),
      image("e", { src: "" }),
      image("f", { src: "https://x/{{id}}.png" }),
      image("g", { src: "javascript:alert(1)" }),
    ];
    expect(eligible(images).map((i) => i.moduleId)).toEqual(["a", "d"]);
    expect(isStatic(image("x", { alt: "filled" }))).toBe(true);
  });

  it("turn percent-encoded pictures into base64, and leave the rest", () => {
    expect(asBase64("data:image/svg+xml,%3Csvg%2F%3E")).toBe(`data:image/svg+xml;base64,${btoa("<svg/>")}`);
    expect(asBase64("data:image/png;base64,AA==")).toBe("data:image/png;base64,AA==");
    expect(asBase64("https://x/y.png")).toBe("https://x/y.png");
  });
});

describe("one image", () => {
  it("asks, applies at once, reports 1000", async () => {
    const { choose, sent, infos } = await start(() => whole({ moduleId: "m1", alt: "A boat" }));
    choose("alt-text-generate");
    await until(() => expect(applied).toEqual([{ moduleId: "m1", alt: "A boat" }]));
    expect(sent(PATH)[0]?.body).toEqual({ images: [{ moduleId: "m1", src: "https://img.example/m1.png" }] });
    expect(infos).toEqual([used(1)]);
  });

  it("shows progress, and is not started twice", async () => {
    const { root, choose, sent } = await start(() => new Promise(() => undefined));
    choose("alt-text-generate");
    expect(one(root, "alt-text-state").textContent).toBe("Working on it");
    expect(one<HTMLButtonElement>(root, "alt-text-wand").disabled).toBe(true);
    one(root, "alt-text-wand").click();
    expect(sent(PATH)).toHaveLength(1);
  });

  it("tells user and host when the image failed, and charges nothing", async () => {
    const error = { code: 9900, message: "raw", cause: "image-unreachable" };
    const { root, choose, infos, errors } = await start(() => whole({ moduleId: "m1", error }));
    choose("alt-text-generate");
    await until(() => expect(one(root, "alt-text-state").textContent).toContain("could not fetch the image"));
    expect(errors).toMatchObject([{ code: 9900, message: "raw", name: "image-unreachable" }]);
    expect(infos).toEqual([]);
    expect(applied).toEqual([]);
  });

  it.each([
    ["a refusal", () => json(REJECTED, 502), "refused the API key"],
    ["no answer", () => json({ results: [{ moduleId: "m1", alt: "" }] }), "empty answer"],
    ["nonsense", () => new Response("<html>"), "could not be read"],
    ["no proxy", () => Promise.reject(new TypeError("Failed to fetch")), "127.0.0.1"],
  ])("survives %s", async (_, reply, words) => {
    const { root, choose } = await start(reply as Handler);
    choose("alt-text-generate");
    await until(() => expect(one(root, "alt-text-state").textContent).toContain(words));
    expect(one<HTMLButtonElement>(root, "alt-text-wand").disabled).toBe(false);
    expect(applied).toEqual([]);
  });

  it("follows the settings live", async () => {
    const { root, settings } = await start(() => whole());
    expect(all(root, "images-left")).toEqual([]);
    await settings("ai-alt-text", { imagesAvailable: 9, imagesUsed: 4 });
    expect(one(root, "images-left").textContent).toBe("5 images left");
    expect(one<HTMLButtonElement>(root, "alt-text-wand").disabled).toBe(false);
    settings("ai-alt-text", { isIconDisabled: true });
    await until(() => expect(one<HTMLButtonElement>(root, "alt-text-wand").disabled).toBe(true));
    settings("ai-alt-text", { isIconDisabled: false, imagesUsed: 9 });
    await until(() => expect(one(root, "images-left").textContent).toBe("0 images left"));
    expect(one<HTMLButtonElement>(root, "alt-text-wand").disabled).toBe(true);
    addon?.loadConfig({ addOns: [{ id: "ai-alt-text", enabled: false }] });
    await until(() => expect(all(root, "alt-text-wand")).toEqual([]));
  });

  it("can't be asked for a dynamic image", async () => {
    const { root } = await start(() => whole(), [image("m1", { dynamicSrc: "{{x}}" })]);
    one(root, "alt-text-wand").click();
    expect(one<HTMLButtonElement>(root, "alt-text-generate").disabled).toBe(true);
  });

  it("has a menu for the keyboard", async () => {
    const { root } = await start(() => whole());
    const press = (on: Element | null, key: string) =>
      on?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    press(one(root, "alt-text-wand"), "ArrowDown");
    expect(root.activeElement).toBe(one(root, "alt-text-generate"));
    press(root.activeElement, "ArrowDown");
    expect(root.activeElement).toBe(one(root, "alt-text-bulk"));
    press(root.activeElement, "ArrowDown");
    expect(root.activeElement).toBe(one(root, "alt-text-generate"));
    press(root.activeElement, "Escape");
    expect(root.activeElement).toBe(one(root, "alt-text-wand"));
    expect(one(root, "alt-text-wand").getAttribute("aria-expanded")).toBe("false");
  });
});

describe("many images", () => {
  const THREE = [image("m1"), image("m2", { itemId: "i1" }), image("m3"), image("m4", { alt: "Filled" })];
  const states = () => all(panel(), "bulk-image").map((row) => row.dataset.state);
  async function open(reply: Handler, options?: Partial<HaAddonOptions>) {
    const host = await start(reply, THREE, options);
    host.choose("alt-text-bulk");
    await until(() => one(panel(), "bulk-start"));
    return host;
  }

  it("lists what is eligible and asks only after the confirmation", async () => {
    const { sent } = await open(() => whole());
    expect(all(panel(), "bulk-image")).toHaveLength(3);
    expect(sent(PATH)).toHaveLength(0);
    expect(panel().activeElement).toBe(one(panel(), "bulk-start"));
  });

  it("applies each text as it comes; per-image errors stay with their image; 1000 once", async () => {
    const error = { code: 9900, message: "raw", cause: "image-rejected" };
    const results = [
      { moduleId: "m1", alt: "One" },
      { moduleId: "m2", itemId: "i1", error },
      { moduleId: "m3", alt: "Three" },
    ];
    const { infos, errors, sent } = await open(() =>
      events(
        ["start", { total: 3 }],
        ...results.map((r, index): [string, object] => [
          "result",
          { ...r, index, done: index + 1, total: 3 },
        ]),
        ["done", { results, consumedImages: 2, provider: SANDBOX }],
      ),
    );
    one(panel(), "bulk-start").click();
    await until(() => expect(states()).toEqual(["done", "failed", "done"]));
    await until(() => expect(infos).toEqual([used(2)]));
    expect(applied).toEqual([
      { moduleId: "m1", alt: "One" },
      { moduleId: "m3", alt: "Three" },
    ]);
    expect(errors).toHaveLength(1);
    expect(all(panel(), "bulk-alt")[1]?.textContent).toContain("cannot read this image");
    expect(sent(PATH)).toHaveLength(1);
    // What failed can be tried again, and only that.
    one(panel(), "bulk-start").click();
    expect(sent(PATH)[1]?.body).toMatchObject({ images: [{ moduleId: "m2", itemId: "i1" }] });
  });

  it("keeps the keyboard in the window when nothing is left to do", async () => {
    const results = ["m1", "m3"].map((moduleId) => ({ moduleId, alt: "A" }));
    const { infos } = await open(() => whole(...results, { moduleId: "m2", itemId: "i1", alt: "B" }));
    one(panel(), "bulk-start").click();
    await until(() => expect(infos).toEqual([used(3)]));
    await until(() => expect(all(panel(), "bulk-start")).toEqual([]));
    expect(panel().activeElement).toBe(panel().querySelector("[role=dialog]"));
  });

  it("takes a reply that came whole", async () => {
    const { infos } = await open(() =>
      whole({ moduleId: "m1", alt: "One" }, { moduleId: "m3", alt: "Three" }),
    );
    one(panel(), "bulk-start").click();
    await until(() => expect(infos).toEqual([used(2)]));
    expect(applied).toHaveLength(2);
    expect(states()).toEqual(["done", "waiting", "done"]);
  });

  it("reports what was done before a stream broke, and says why it broke", async () => {
    const { infos } = await open(() =>
      events(["result", { moduleId: "m1", alt: "One", index: 0, done: 1, total: 3 }], ["error", REJECTED]),
    );
    one(panel(), "bulk-start").click();
    await until(() => expect(one(panel(), "bulk-note").textContent).toContain("refused the API key"));
    expect(infos).toEqual([used(1)]);
    expect(applied).toHaveLength(1);
  });

  it("calls a stream without its end cut off", async () => {
    const { errors } = await open(() => events(["start", { total: 3 }]));
    one(panel(), "bulk-start").click();
    await until(() => expect(errors).toMatchObject([{ name: "stream-cut" }]));
  });

  it("can be cancelled, without an error", async () => {
    const { sent, errors } = await open(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        }),
    );
    one(panel(), "bulk-start").click();
    expect(states()).toEqual(["running", "running", "running"]);
    one(panel(), "bulk-cancel").click();
    await until(() => expect(states()).toEqual(["stopped", "stopped", "stopped"]));
    expect(sent(PATH)[0]?.signal?.aborted).toBe(true);
    expect(errors).toEqual([]);
  });

  it("offers the host's dialog instead of a call when too few are left", async () => {
    let finish: (config?: object) => void = () => undefined;
    const { sent, settings } = await open(() => whole(), {
      contentDialog: {
        upsell: {
          label: "More",
          handler: (resolve, _, { handle }) => {
            expect(handle).toBe("ai-alt-text");
            finish = resolve;
          },
        },
      },
    });
    await settings("ai-alt-text", { imagesAvailable: 9, imagesUsed: 7 });
    one(panel(), "bulk-start").click();
    expect(panel().querySelector<HTMLElement>(".body")?.inert).toBe(true);
    expect(one(panel(), "bulk-note").textContent).toBe("3 images need a text, but 2 are left.");
    finish({ addOns: [{ id: "ai-alt-text", settings: { imagesAvailable: 90 } }] });
    await until(() => expect(panel().querySelector<HTMLElement>(".body")?.inert).toBe(false));
    expect(sent(PATH)).toHaveLength(0);
    expect(one(panel(), "images-left").textContent).toBe("83 images left");
  });

  it("never renders a text as HTML", async () => {
    await open(() => whole({ moduleId: "m1", alt: "<b onclick=x>One</b>" }));
    one(panel(), "bulk-start").click();
    await until(() => expect(all(panel(), "bulk-alt")[0]?.textContent).toBe("<b onclick=x>One</b>"));
    expect(panel().querySelector("b")).toBeNull();
  });

  it("closes an open panel of another AddOn, and stops when closed", async () => {
    const { choose } = await open(() => new Promise(() => undefined));
    addon?.openWritingAssistant(document.body, { uuid: "m9", type: "TITLE", content: "x", isDefault: false });
    expect(document.querySelectorAll('ha-addon[data-part="panel"]')).toHaveLength(1);
    choose("alt-text-bulk");
    await until(() => one(panel(), "bulk-start"));
    expect(document.querySelectorAll('ha-addon[data-part="panel"]')).toHaveLength(1);
  });
});
