// Words of a provider type's own description, in the window's language where it has them.
import type { Field, ProviderKindView } from "../../ipc/generated";
import { type Translate, told } from "../../messages";

/** A field's label, which says when it may stay empty. */
export function fieldLabel(t: Translate, field: Field): string {
  const label = told(t, field.label, "field.");
  return field.required ? label : t("providers.optional", { label });
}

/** How the type's keys look; empty where they have no look. */
export function keyHint(t: Translate, kind: ProviderKindView): string {
  if (!kind.key_hint) return "";
  return t("key.hint", { kind: kind.title, hint: told(t, kind.key_hint, "key-hint.") });
}
