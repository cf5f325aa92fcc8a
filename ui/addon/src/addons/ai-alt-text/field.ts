// What stands under the host's field "Alternate text": images left, the wand with its menu, progress and errors.
// It must write nothing into the field itself: the host does, when it is told.
import { requestAltTexts } from "../../client/alt-text.js";
import { isAbort } from "../../client/errors.js";
import { addOnState } from "../../config/permissions.js";
import { deepActive } from "../../dom/focus.js";
import { fill, h } from "../../dom/h.js";
import type { Sentence } from "../../i18n/causes.js";
import type { MessageKey } from "../../i18n/keys.js";
import { type AddOnContext, callHost } from "../context.js";
import { ALT_TEXT } from "../handles.js";
import { balance } from "../shared/balance.js";
import { runUpsell } from "../shared/dialog.js";
import { reportImages } from "../shared/events.js";
import { MenuButton } from "../shared/menu.js";
import type { MountView } from "../shared/mounts.js";
import { type AltApplied, type AltImage, applied, isStatic } from "./images.js";

export interface FieldPorts {
  readonly image: () => AltImage;
  /** Undefined: the host names no other images, so there is no batch. */
  readonly bulk: (() => Promise<void>) | undefined;
  readonly apply: (applied: AltApplied) => void;
}

export function altField(context: AddOnContext, ports: FieldPorts): MountView {
  const left = h("span", { class: "usage", "data-testid": "images-left" });
  const offer = h("button", {
    class: "link",
    type: "button",
    "data-testid": "upsell-cta",
    onclick: () => void runUpsell(context.config, ALT_TEXT),
  });
  const wand = new MenuButton("alt-text-wand", items);
  const state = h("p", { class: "state", role: "status", "data-testid": "alt-text-state" });
  const line = h("div", { class: "bar" }, left, offer, wand.element);
  const root = h("div", { class: "root under-field" }, line, state);
  let abort: AbortController | undefined;
  let note: MessageKey | Sentence | undefined;

  function items() {
    const t = context.texts();
    const single = {
      id: "alt-text-generate",
      label: t("alt-generate"),
      disabled: !isStatic(ports.image()),
      choose: () => void generate(),
    };
    const bulk = ports.bulk;
    if (!bulk) return [single];
    return [single, { id: "alt-text-bulk", label: t("alt-bulk"), choose: () => void bulk().catch(failed) }];
  }

  async function failed(error: unknown): Promise<void> {
    note = isAbort(error) ? undefined : await context.fail(error);
    update();
  }

  async function generate(): Promise<void> {
    if (abort) return;
    const image = ports.image();
    abort = new AbortController();
    note = "working";
    update();
    try {
      const { results, consumedImages } = await requestAltTexts(context.client, [image], abort.signal);
      reportImages(context, ALT_TEXT, consumedImages);
      const { alt, error } = results[0] ?? {};
      if (error) throw error;
      note = alt ? "applied" : "cause-answer-empty";
      if (alt) callHost(ports.apply, applied(image, alt));
    } catch (error) {
      await failed(error);
    }
    abort = undefined;
    update();
    // The wand was disabled meanwhile; the keyboard must not be left nowhere.
    if (deepActive() === document.body) wand.button.focus();
  }

  function update(): void {
    const t = context.texts();
    const { enabled, settings } = addOnState(ALT_TEXT, context.config.current, context.session());
    const { widget, remaining = 0, locked, offer: offered } = balance(settings, "isIconDisabled");
    const upsell = context.config.current.contentDialog?.upsell;
    root.hidden = !enabled;
    left.hidden = !widget;
    left.textContent = t("images-left", { count: remaining });
    offer.hidden = !offered || !upsell;
    offer.textContent = upsell?.label ?? t("upsell-cta");
    wand.update(t("alt-wand"), locked || abort !== undefined);
    state.hidden = !note;
    const failed = typeof note === "object";
    state.classList.toggle("failed", failed);
    if (note) {
      fill(
        state,
        typeof note === "object" ? t(note.key, note.values) : t(note),
        note === "working" && h("span", { class: "dots", "aria-hidden": "true" }),
      );
    }
  }

  return { root, update, stop: () => abort?.abort() };
}
