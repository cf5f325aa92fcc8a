// A provider as it is being described, as pure functions of its type's own description. Knows no type by name.
import type { ProviderAdd, ProviderKindView, SplitUrl } from "../../ipc/generated";

/** What was typed, by the field's name. */
export type Values = Record<string, string>;

/** The field that asks for the server, and the one that asks for the model. Every other is an option. */
export const BASE_URL = "base-url";
export const MODEL = "model";

/** What was typed as the back end takes it: what is empty is left out. */
export function typed(
  kind: ProviderKindView,
  values: Values,
): Pick<ProviderAdd, "base_url" | "model" | "options"> {
  const baseUrl = values[BASE_URL]?.trim();
  const model = values[MODEL]?.trim();
  return {
    ...(baseUrl ? { base_url: baseUrl } : {}),
    ...(model ? { model } : {}),
    options: options(kind, values),
  };
}

/** All options that hold something. */
export function options(kind: ProviderKindView, values: Values): Record<string, string> {
  const own = kind.fields.filter((field) => field.name !== BASE_URL && field.name !== MODEL);
  const filled = own.map((field) => [field.name, values[field.name]?.trim() ?? ""] as const);
  return Object.fromEntries(filled.filter(([, value]) => value !== ""));
}

/** A draft good enough to ask for its models: the list depends on neither name nor model, but a draft must have both. */
export function forModels(draft: ProviderAdd, kind: ProviderKindView): ProviderAdd {
  const name = draft.name.trim().length < 3 ? `${kind.title} list` : draft.name;
  const needsModel = kind.fields.some((field) => field.name === MODEL && field.required);
  return { ...draft, name, ...(needsModel && !draft.model ? { model: "any" } : {}) };
}

/** Whether the server can be asked at all: a key and an address, where the type needs them. */
export function canAsk(kind: ProviderKindView, values: Values, hasKey: boolean): boolean {
  if (kind.local || (kind.key === "required" && !hasKey)) return false;
  const needed = kind.fields.some((field) => field.name === BASE_URL && field.required);
  return !needed || Boolean(values[BASE_URL]?.trim());
}

/**
 * The values once a pasted address was split, and the names of those it filled. What somebody typed stays; what an
 * earlier address filled (`before`) may be filled again.
 */
export function withSplit(kind: ProviderKindView, values: Values, before: Values, split: SplitUrl) {
  const found: Values = { ...split.options, ...(split.model ? { [MODEL]: split.model } : {}) };
  const free = (name: string) => !values[name]?.trim() || values[name] === before[name];
  const filled = Object.fromEntries(
    kind.fields.flatMap(({ name }) => (found[name] && free(name) ? [[name, found[name]]] : [])),
  );
  return { values: { ...values, ...filled, [BASE_URL]: split.base_url }, filled };
}

/** Whether consent must be asked; the back end decides, this only shows the question. */
export function isPlainHttpElsewhere(url: string): boolean {
  return /^\s*http:\/\//i.test(url) && !/^\s*http:\/\/(localhost|127\.[\d.]+|\[::1\])([:/]|\s*$)/i.test(url);
}
