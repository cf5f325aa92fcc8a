// AI alternate texts (`ai-alt-text`): what a host can mount under its field.
// It must load the window for many images only when it is asked for.
import { type AddOnContext, type AddOnModule, callHost } from "../context.js";
import { ALT_TEXT } from "../handles.js";
import { loadWindows } from "../shared/load.js";
import { type Mounted, Mounts } from "../shared/mounts.js";
import { altField } from "./field.js";
import type { AltApplied, AltImage } from "./images.js";

export interface AltTextOptions {
  /** The image the field belongs to; a function is asked anew each time. */
  readonly image: AltImage | (() => AltImage);
  /** All images of the template, for "Generate in bulk"; without it there is no such entry. */
  readonly images?: () => readonly AltImage[];
  /** Where the window goes; without it, where the wand is. */
  readonly panelTarget?: HTMLElement;
  /** Once per text; the host writes it into its template. */
  readonly onApply?: (applied: AltApplied) => void;
}

export interface AltText {
  mount(target: HTMLElement, options: AltTextOptions): Mounted;
  destroy(): void;
}

function create(context: AddOnContext): AltText {
  const mounts = new Mounts(context);

  function mount(target: HTMLElement, options: AltTextOptions): Mounted {
    const { image, images, panelTarget = target, onApply } = options;
    const apply = (applied: AltApplied) => {
      mounted.element.dispatchEvent(
        new CustomEvent("alt-text", { detail: applied, bubbles: true, composed: true }),
      );
      callHost(onApply, applied);
    };
    const bulk =
      images &&
      (async () => {
        const { openBulk } = await loadWindows();
        openBulk(context, panelTarget, { images, apply });
      });
    const read = typeof image === "function" ? image : () => image;
    const mounted = mounts.add(target, altField(context, { image: read, bulk, apply }));
    return mounted;
  }

  return { mount, destroy: () => mounts.destroy() };
}

export const altText: AddOnModule<AltText> = { handle: ALT_TEXT, create };
