// What a form says about a provider, and what follows from its type's description. Shows nothing, calls nothing.
import type { ProviderAdd, ProviderKindView, StagedKey } from "../../ipc/generated";

/** The fields' texts, by the descriptor's names; `base-url` and `model` among them. */
export type Values = Record<string, string>;

/** A provider as it would be added. */
export function draftOf(
  application: string,
  kind: ProviderKindView,
  form: { name: string; values: Values; plainHttp: boolean; staged: StagedKey | null },
): ProviderAdd {
  const { "base-url": url = "", model = "" } = form.values;
  const options = optionsOf(kind, form.values);
  return {
    application,
    name: form.name,
    kind: kind.kind,
    plain_http_allowed: form.plainHttp,
    ...(url.trim() ? { base_url: url } : {}),
    ...(model.trim() ? { model } : {}),
    ...(Object.keys(options).length > 0 ? { options } : {}),
    ...(form.staged ? { key: form.staged.id } : {}),
  };
}

/** The options among a form's values, without the empty ones. */
export function optionsOf(kind: ProviderKindView, values: Values): Record<string, string> {
  const names = kind.fields
    .map((field) => field.name)
    .filter((name) => name !== "base-url" && name !== "model");
  const filled = names.map((name) => [name, values[name]?.trim() ?? ""] as const);
  return Object.fromEntries(filled.filter(([, value]) => value !== ""));
}

/** Whether consent must be asked; the back end decides, this only shows the question. */
export function isPlainHttpElsewhere(url: string): boolean {
  return /^\s*http:\/\//i.test(url) && !/^\s*http:\/\/(localhost|127\.[\d.]+|\[::1\])([:/]|\s*$)/i.test(url);
}
