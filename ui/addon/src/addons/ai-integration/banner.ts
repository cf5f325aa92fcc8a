// The banner that tells the balance is low or used up, with the host's own call to action.
// It must not do arithmetic: see usage.ts.
import { fill, h } from "../../dom/h.js";
import type { PanelModel } from "./model.js";

export type BannerModel = Pick<PanelModel, "t" | "usage" | "settings" | "tokenLabel" | "upsell">;

export interface Banner {
  readonly element: HTMLElement;
  update(model: BannerModel): void;
}

const SLOT = "{ctaLabel}";

export function bannerView(buyMore: () => void): Banner {
  const element = h("p", { class: "banner", "data-testid": "upsell-banner" });
  return {
    element,
    update(model) {
      const { t, usage, settings, tokenLabel, upsell } = model;
      element.hidden = !usage.low && !usage.out;
      if (element.hidden) return;
      element.dataset.level = usage.out ? "out" : "low";
      const { tokensUsed = 0, tokensAvailable = 0 } = settings;
      const values = { tokenLabel, tokensUsed, tokensAvailable, ctaLabel: SLOT };
      const [before = "", ...after] = t(usage.out ? "no-token-message" : "low-token-message", values).split(
        SLOT,
      );
      const label = upsell?.label ?? t("upsell-cta");
      // Beefree's rule: a replaced text without the placeholder has no call to action.
      if (after.length === 0) return fill(element, before);
      const cta = upsell
        ? h("button", { class: "link", type: "button", "data-testid": "upsell-cta", onclick: buyMore }, label)
        : label;
      fill(element, before, cta, after.join(""));
    },
  };
}
