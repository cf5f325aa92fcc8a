// Who answers for an AddOn, in a sentence; and which AddOn keeps another off. Draws nothing.
import type { AddOnView, ProviderView } from "../../ipc/generated";
import type { Translate } from "../../messages";

/** Its providers in the order they are asked; where there are none, what it needs. */
export function answers(
  t: Translate,
  addon: AddOnView,
  providers: ProviderView[],
  able: string[] | undefined,
  language: string,
): string {
  if (!addon.needs_provider) return t("addon.answers.host");
  const asked = addon.providers.map(
    (id) => providers.find((each) => each.id === id) ?? { name: id, active: true },
  );
  const names = asked.filter((each) => !each.active).map((each) => each.name);
  const off = names.length > 0 ? t("addon.providers.off", { names: names.join(", ") }) : "";
  const [first, ...rest] = asked.filter((each) => each.active).map((each) => each.name);
  if (!first && off) return t("addon.providers.all-off", { names: names.join(", ") });
  if (first && rest.length > 0) {
    return `${t("addon.answers.chain", { first, rest: rest.join(", ") })} ${off}`.trim();
  }
  if (first) return `${t("addon.answers.one", { first })} ${off}`.trim();
  const kinds = new Intl.ListFormat(language, { type: "disjunction" }).format(able ?? []);
  return able ? t("addon.needs", { kinds }) : t("addon.providers.none");
}

/** The AddOn that is on and cannot be on together with `addon`. */
export function excluder(addon: AddOnView, all: AddOnView[]): AddOnView | undefined {
  if (addon.enabled) return undefined;
  return all.find((each) => each.handle === addon.excludes && each.enabled);
}
