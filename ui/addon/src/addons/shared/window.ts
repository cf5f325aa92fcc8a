// A window of an AddOn in the panel's place: opens, follows changes of configuration, closes, gives focus back.
// It is loaded on demand, so it must reach the rest of the SDK through the context only.
import { addOnState } from "../../config/permissions.js";
import { createElement } from "../../element.js";
import { languageOf } from "../../i18n/lookup.js";
import { type WindowTexts, windowTexts } from "../../i18n/windows.js";
import { adoptMore } from "../../styles/windows.js";
import type { Provider } from "../../types/wire.js";
import type { AddOnContext } from "../context.js";
import { PanelShell } from "./shell.js";

export interface OpenWindow {
  readonly element: HTMLElement;
  close(): void;
}

export interface WindowPart {
  readonly title: string;
  readonly subtitle: string;
  readonly provider?: Provider | undefined;
}

export interface WindowOptions {
  readonly context: AddOnContext;
  readonly handle: string;
  /** Draws the inside; says what stands in the head. Returning undefined closes the window. */
  readonly draw: (t: WindowTexts) => WindowPart | undefined;
  readonly closed?: () => void;
}

export class AddOnWindow {
  readonly shell: PanelShell;
  #element: HTMLElement | undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(private readonly options: WindowOptions) {
    this.shell = new PanelShell(this.close);
  }

  get isOpen(): boolean {
    return this.#element !== undefined;
  }

  get t(): WindowTexts {
    return windowTexts(this.options.context);
  }

  get settings() {
    const { context, handle } = this.options;
    return addOnState(handle, context.config.current, context.session()).settings;
  }

  open(target: HTMLElement, focus?: HTMLElement): OpenWindow {
    const { context } = this.options;
    context.slot.take(this.close);
    const element = createElement(this.shell.root, "panel");
    adoptMore(element);
    this.#element = element;
    this.#unsubscribe = context.onChange(this.update);
    target.append(element);
    this.update();
    this.focus(...(focus ? [focus] : []));
    return { element, close: this.close };
  }

  /** Puts the keyboard on the first that can take it; else on the window, or Escape and Tab would be lost. */
  focus(...wanted: HTMLElement[]): void {
    if (!this.isOpen) return;
    const fit = wanted.find((one) => !one.hidden && !one.matches(":disabled"));
    (fit ?? this.shell.root).focus();
  }

  readonly update = (): void => {
    if (!this.#element) return;
    const { context, handle, draw } = this.options;
    const { enabled } = addOnState(handle, context.config.current, context.session());
    const t = this.t;
    const part = enabled ? draw(t) : undefined;
    if (!part) {
      this.close();
      return;
    }
    const configured = context.session()?.addOns.find((a) => a.handle === handle)?.provider;
    const sandbox = (part.provider ?? configured)?.type === "sandbox";
    this.shell.update({
      title: part.title,
      subtitle: part.subtitle,
      close: t("close"),
      language: languageOf(context.config.current),
      badge: sandbox ? { text: t("sandbox-badge"), hint: t("sandbox-hint") } : undefined,
    });
  };

  readonly close = (): void => {
    if (!this.#element) return;
    const { context, closed } = this.options;
    this.#unsubscribe();
    context.slot.release(this.close);
    this.#element.remove();
    this.#element = undefined;
    closed?.();
    this.shell.returnFocus();
  };
}
