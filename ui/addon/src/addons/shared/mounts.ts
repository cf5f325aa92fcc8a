// Puts small views of an AddOn into the host page, keeps them up to date and takes them out again.
// It must know nothing about what a view shows.
import { createElement } from "../../element.js";
import type { AddOnContext } from "../context.js";

export interface Mounted {
  readonly element: HTMLElement;
  update(): void;
  destroy(): void;
}

export interface MountView {
  readonly root: HTMLElement;
  update(): void;
  /** Gives up what still runs. */
  stop?(): void;
}

export class Mounts {
  readonly #all = new Set<Mounted>();
  readonly #unsubscribe: () => void;

  constructor(context: AddOnContext) {
    this.#unsubscribe = context.onChange(() => this.update());
  }

  update(): void {
    for (const mounted of this.#all) mounted.update();
  }

  add(target: HTMLElement, view: MountView): Mounted {
    const element = createElement(view.root, "entry");
    const mounted: Mounted = {
      element,
      update: () => view.update(),
      destroy: () => {
        this.#all.delete(mounted);
        view.stop?.();
        element.remove();
      },
    };
    this.#all.add(mounted);
    view.update();
    target.append(element);
    return mounted;
  }

  destroy(): void {
    this.#unsubscribe();
    for (const mounted of [...this.#all]) mounted.destroy();
  }
}
