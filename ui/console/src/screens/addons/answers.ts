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
  const names = addon.providers.map((id) => providers.find((each) => each.id === id)?.name ?? id);
  const [first, ...rest] = names;
  if (first && rest.length > 0) return t("addon.answers.chain", { first, rest: rest.join(", ") });
  if (first) return t("addon.answers.one", { first });
  const kinds = new Intl.ListFormat(language, { type: "disjunction" }).format(able ?? []);
  return able ? t("addon.needs", { kinds }) : t("addon.providers.none");
}

/** The AddOn that is on and cannot be on together with `addon`. */
export function excluder(addon: AddOnView, all: AddOnView[]): AddOnView | undefined {
  if (addon.enabled) return undefined;
  return all.find((each) => each.handle === addon.excludes && each.enabled);
}
