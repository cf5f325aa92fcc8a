// Email and page details written by the AI (handle `ai-integration`): the wand with its menu.
// It must load the window only when it is opened, and vanish where metadataGeneration is false.
import type { MetaField, MetaTexts } from "../../client/metadata.js";
import { addOnState } from "../../config/permissions.js";
import { h } from "../../dom/h.js";
import { type AddOnContext, callHost } from "../context.js";
import { WRITING } from "../handles.js";
import { loadWindows } from "../shared/load.js";
import { MenuButton } from "../shared/menu.js";
import { type Mounted, Mounts } from "../shared/mounts.js";
import type { OpenWindow } from "../shared/window.js";

export interface OpenMetadataOptions {
  /** The whole template: the details are written from it. */
  readonly template: () => unknown;
  /** The language to write in; without it, the template's own. */
  readonly language?: () => string;
  readonly onApply?: (texts: MetaTexts) => void;
  readonly onClose?: () => void;
}

export interface MetadataOptions extends OpenMetadataOptions {
  /** An email has subject and preheader, a page title and description. */
  readonly kind?: "email" | "page";
  readonly panelTarget?: HTMLElement;
}

export interface Metadata {
  mount(target: HTMLElement, options: MetadataOptions): Mounted;
  open(
    target: HTMLElement,
    fields: readonly MetaField[],
    options: OpenMetadataOptions,
  ): Promise<OpenWindow | undefined>;
  destroy(): void;
}

const FIELDS = { email: ["subject", "preheader"], page: ["title", "description"] } as const;

export function createMetadata(context: AddOnContext): Metadata {
  const mounts = new Mounts(context);

  const offered = () => {
    const { enabled, settings } = addOnState(WRITING, context.config.current, context.session());
    return enabled && settings.metadataGeneration !== false;
  };

  async function open(target: HTMLElement, fields: readonly MetaField[], options: OpenMetadataOptions) {
    if (!offered()) return undefined;
    const { openDetails } = await loadWindows();
    const window = openDetails(context, target, fields, {
      template: options.template,
      language: () => options.language?.() ?? "",
      apply(detail) {
        window.element.dispatchEvent(new CustomEvent("metadata", { detail, bubbles: true, composed: true }));
        callHost(options.onApply, detail);
      },
      closed: () => callHost(options.onClose),
    });
    return window;
  }

  function mount(target: HTMLElement, options: MetadataOptions): Mounted {
    const [first, second] = FIELDS[options.kind ?? "email"];
    const where = options.panelTarget ?? target;
    const item = (id: string, label: string, fields: readonly MetaField[]) => ({
      id,
      label,
      choose: () => void open(where, fields, options).catch(context.fail),
    });
    const wand = new MenuButton("metadata-wand", () => {
      const t = context.texts();
      return [
        item("metadata-all", t("meta-all"), [first, second]),
        item(`metadata-${first}`, t(`meta-only-${first}`), [first]),
        item(`metadata-${second}`, t(`meta-only-${second}`), [second]),
      ];
    });
    const root = h("div", { class: "root" }, wand.element);
    const update = () => {
      root.hidden = !offered();
      wand.update(context.texts()("config-label"), false, true);
    };
    return mounts.add(target, { root, update });
  }

  return { mount, open, destroy: () => mounts.destroy() };
}
