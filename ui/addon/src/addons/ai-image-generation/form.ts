// The fields of the image window, and the request they make.
// It must let no value out that the provider would refuse: numbers out of range block Generate.
import type { ImageRequest } from "../../client/images.js";
import { fill, h } from "../../dom/h.js";
import type { WindowKey, WindowTexts } from "../../i18n/windows.js";

export const RATIOS = ["1:1", "4:3", "3:2", "16:9"] as const;
/** Stability's style presets, by their own names: Beefree does not publish its list. */
export const STYLES =
  "3d-model analog-film anime cinematic comic-book digital-art enhance fantasy-art isometric line-art low-poly modeling-compound neon-punk origami photographic pixel-art tile-texture".split(
    " ",
  );

/** "neon-punk" -> "Neon punk" */
export const styleName = (style: string) =>
  style.charAt(0).toUpperCase() + style.slice(1).replaceAll("-", " ").replace(/^d /, "D ");

export interface ImageForm {
  readonly element: HTMLElement;
  readonly prompt: HTMLTextAreaElement;
  valid(): boolean;
  read(folderName: string): ImageRequest;
  update(t: WindowTexts, locked: boolean): void;
}

export function imageForm(changed: () => void): ImageForm {
  const prompt = h("textarea", {
    id: "image-prompt",
    rows: 3,
    maxlength: 10_000,
    "data-testid": "image-prompt",
  });
  const negative = h("textarea", {
    id: "image-negative",
    rows: 2,
    maxlength: 10_000,
    "data-testid": "image-negative",
  });
  const ratio = h("select", { id: "image-ratio", "data-testid": "image-ratio" });
  const style = h("select", { id: "image-style", "data-testid": "image-style" });
  fill(ratio, ...RATIOS.map((r) => h("option", { value: r }, r)));
  const none = h("option", { value: "" });
  fill(style, none, ...STYLES.map((s) => h("option", { value: s }, styleName(s))));
  const cfg = numberField("image-cfg", 0, 35);
  const steps = numberField("image-steps", 10, 50);
  const summary = h("summary");
  const labels: [WindowKey, HTMLLabelElement][] = [];
  const field = (key: WindowKey, input: HTMLElement) => {
    const label = h("label", { for: input.id });
    labels.push([key, label]);
    return h("div", { class: "field" }, label, input);
  };
  const element = h(
    "div",
    { class: "form" },
    field("image-prompt", prompt),
    field("image-negative", negative),
    h("div", { class: "pair" }, field("image-ratio", ratio), field("image-style", style)),
    h(
      "details",
      { class: "pinned" },
      summary,
      h("div", { class: "pair" }, field("image-cfg", cfg), field("image-steps", steps)),
    ),
  );
  element.addEventListener("input", changed);

  return {
    element,
    prompt,
    valid: () => prompt.value.trim() !== "" && inRange(cfg) && inRange(steps),
    read: (folderName) => ({
      prompt: prompt.value.trim(),
      ...(negative.value.trim() ? { negativePrompt: negative.value.trim() } : {}),
      aspectRatio: ratio.value || RATIOS[0],
      ...(style.value ? { style: style.value } : {}),
      ...(cfg.value ? { cfgScale: Number(cfg.value) } : {}),
      ...(steps.value ? { steps: Number(steps.value) } : {}),
      folderName,
    }),
    update(t, locked) {
      summary.textContent = t("image-advanced");
      none.textContent = t("image-any-style");
      for (const [key, label] of labels) label.textContent = t(key);
      prompt.placeholder = t("image-placeholder");
      for (const input of element.querySelectorAll<HTMLInputElement>("textarea, select, input"))
        input.disabled = locked;
    },
  };
}

function numberField(id: string, min: number, max: number): HTMLInputElement {
  // Empty: the provider's own default.
  return h("input", {
    id,
    type: "number",
    min,
    max,
    step: 1,
    placeholder: `${min} – ${max}`,
    "data-testid": id,
  });
}

function inRange(input: HTMLInputElement): boolean {
  const value = Number(input.value);
  const good =
    input.value === "" ||
    (Number.isInteger(value) && value >= Number(input.min) && value <= Number(input.max));
  input.setAttribute("aria-invalid", String(!good));
  return good;
}
