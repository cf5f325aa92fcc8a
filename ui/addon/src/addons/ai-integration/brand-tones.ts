// The brand tones a host keeps for its user: read when a panel opens, and the choice among them.
// It must hand tones on exactly as they came: Beefree documents no field of them but the id.
import { isRecord, type Json, text } from "../../client/json.js";
import { h } from "../../dom/h.js";
import type { AddOnContext } from "../context.js";
import { askHost } from "../shared/dialog.js";
import type { PanelModel, View } from "./model.js";

type Action = "get" | "getSelected" | "saveSelected";

const idOf = (tone: Json) => text(tone.id);

export class BrandTones {
  #tones: readonly Json[] = [];
  #selected = "";

  constructor(
    private readonly context: AddOnContext,
    private readonly changed: () => void,
  ) {}

  get list(): readonly Json[] {
    return this.#tones;
  }

  get selected(): Json | undefined {
    return this.#tones.find((tone) => idOf(tone) === this.#selected);
  }

  /** Asked anew at every opening, as Beefree does; a host that rejects has no tones for now. */
  async load(): Promise<void> {
    const [tones, selected] = await Promise.all([
      this.#ask("get").catch(() => []),
      this.#ask("getSelected").catch(() => ""),
    ]);
    this.#tones = Array.isArray(tones) ? tones.filter((tone) => isRecord(tone) && idOf(tone) !== "") : [];
    this.#selected = text(selected);
    this.changed();
  }

  async choose(id: string): Promise<void> {
    const before = this.#selected;
    this.#selected = id;
    // Not stored by the host: the choice would be gone at the next opening, so it does not count now either.
    await this.#ask("saveSelected", id).catch(() => {
      this.#selected = before;
    });
    this.changed();
  }

  #ask(action: Action, data?: string): Promise<unknown> {
    const hook = this.context.config.current.hooks?.brandTone;
    if (!hook) return Promise.reject(new Error("no hook"));
    return askHost(hook.handler, data === undefined ? { action } : { action, data });
  }
}

export function toneView(tones: BrandTones): View {
  const label = h("label", { for: "brand-tone" });
  const select = h("select", { id: "brand-tone", "data-testid": "brand-tone" });
  select.addEventListener("change", () => void tones.choose(select.value));
  const element = h("div", { class: "tones" }, label, select);
  let drawn = "";
  return {
    element,
    update({ t, settings, locked }: PanelModel) {
      element.hidden = !settings.isBrandTonesEnabled || tones.list.length === 0;
      label.textContent = t("brand-tone");
      select.disabled = locked || !settings.canSelectBrandTones;
      const options = [["", t("brand-tone-none")], ...tones.list.map((tone) => [idOf(tone), nameOf(tone)])];
      // Redrawing an open list would close it.
      if (drawn !== JSON.stringify(options)) {
        drawn = JSON.stringify(options);
        select.replaceChildren(...options.map(([value, words = ""]) => h("option", { value }, words)));
      }
      select.value = tones.selected ? idOf(tones.selected) : "";
    },
  };
}

/** The likely fields for a name; the id where a host calls it something else. */
function nameOf(tone: Json): string {
  return text(tone.name) || text(tone.label) || text(tone.title) || idOf(tone);
}
