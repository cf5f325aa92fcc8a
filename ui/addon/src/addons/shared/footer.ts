// The foot of a window that generates: what is left, the host's offer, Stop and the main button.
// It must not start anything itself.
import { h } from "../../dom/h.js";
import type { WindowTexts } from "../../i18n/windows.js";
import type { AddOnContext } from "../context.js";
import type { Balance } from "./balance.js";
import { runUpsell } from "./dialog.js";
import type { AddOnWindow } from "./window.js";

export interface FooterState {
  readonly running: boolean;
  readonly startDisabled: boolean;
  readonly startLabel: string;
  /** Another button is the main one now. */
  readonly secondary?: boolean;
  readonly balance?: Balance;
  /** Instead of "N images left". */
  readonly usage?: string;
}

export interface Footer {
  readonly element: HTMLElement;
  update(t: WindowTexts, state: FooterState): void;
  /** Opens the host's offer and waits for it. */
  sell(): Promise<void>;
  /** The main button can be pressed. */
  readonly ready: boolean;
  /** Puts the keyboard on the button that can be used, if it was on one of these or nowhere. */
  focus(): void;
}

export function footerView(
  context: AddOnContext,
  window: AddOnWindow,
  handle: string,
  ports: { readonly start: () => void; readonly stop: () => void },
): Footer {
  const left = h("span", { class: "usage", "data-testid": "images-left" });
  const offer = h("button", { class: "link", type: "button", "data-testid": "upsell-cta", onclick: sell });
  const stop = h("button", { type: "button", "data-testid": "stop", onclick: ports.stop });
  const start = h("button", {
    class: "primary",
    type: "button",
    "data-testid": "generate",
    onclick: ports.start,
  });
  const element = h("div", { class: "bar" }, left, offer, stop, start);

  async function sell(): Promise<void> {
    window.shell.wait(context.texts()("upsell-waiting"));
    await runUpsell(context.config, handle);
    window.shell.wait(undefined);
    window.focus(start);
  }

  return {
    element,
    sell,
    get ready() {
      return !start.disabled;
    },
    focus() {
      const active = (element.getRootNode() as Partial<ShadowRoot>).activeElement;
      if (!active || element.contains(active)) window.focus(stop, start);
    },
    update(t, { running, startDisabled, startLabel, secondary = false, balance, usage }) {
      const upsell = context.config.current.contentDialog?.upsell;
      left.hidden = !balance?.widget && !usage;
      left.textContent = usage ?? t("images-left", { count: balance?.remaining ?? 0 });
      offer.hidden = !balance?.offer || !upsell;
      offer.textContent = upsell?.label ?? t("upsell-cta");
      stop.hidden = !running;
      stop.textContent = t("stop");
      start.disabled = running || startDisabled;
      start.textContent = startLabel;
      start.classList.toggle("primary", !secondary);
    },
  };
}
