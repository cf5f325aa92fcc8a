// AI image generation (`ai-image-generation`): the button "Create with AI" of an image block.
// It must load the window only when it is opened; a locked AddOn still opens, as Beefree's does.
import type { GeneratedImage } from "../../client/images.js";
import { addOnState } from "../../config/permissions.js";
import { type AddOnContext, type AddOnModule, callHost } from "../context.js";
import { IMAGES } from "../handles.js";
import { launcher } from "../shared/launcher.js";
import { loadWindows } from "../shared/load.js";
import { type Mounted, Mounts } from "../shared/mounts.js";
import type { OpenWindow } from "../shared/window.js";

export interface ImageApplied extends GeneratedImage {
  readonly moduleId: string;
  readonly prompt: string;
}

export interface OpenImageOptions {
  readonly onApply?: (applied: ImageApplied) => void;
  readonly onClose?: () => void;
}

export interface ImageOptions extends OpenImageOptions {
  /** The image block the button is for, read anew at every click. */
  readonly module: () => { readonly uuid: string };
  readonly panelTarget?: HTMLElement;
}

export interface ImageGeneration {
  mount(target: HTMLElement, options: ImageOptions): Mounted;
  open(target: HTMLElement, moduleId: string, options?: OpenImageOptions): Promise<OpenWindow>;
  destroy(): void;
}

function create(context: AddOnContext): ImageGeneration {
  const mounts = new Mounts(context);

  async function open(target: HTMLElement, moduleId: string, { onApply, onClose }: OpenImageOptions = {}) {
    const { openImages } = await loadWindows();
    const window = openImages(context, target, {
      apply(image, prompt) {
        const detail: ImageApplied = { ...image, moduleId, prompt };
        window.element.dispatchEvent(new CustomEvent("image", { detail, bubbles: true, composed: true }));
        callHost(onApply, detail);
      },
      closed: () => callHost(onClose),
    });
    return window;
  }

  function mount(target: HTMLElement, options: ImageOptions): Mounted {
    const where = options.panelTarget ?? target;
    const { root, show } = launcher("create-with-ai", () => {
      open(where, options.module().uuid, options).catch(context.fail);
    });
    const update = () =>
      show({
        visible: addOnState(IMAGES, context.config.current, context.session()).enabled,
        label: context.texts()("create-label"),
      });
    return mounts.add(target, { root, update });
  }

  return { mount, open, destroy: () => mounts.destroy() };
}

export const imageGeneration: AddOnModule<ImageGeneration> = { handle: IMAGES, create };
