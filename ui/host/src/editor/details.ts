// The fields "Email details": subject and preheader, in the language on the stage.
// It must write through the app's actions only, so that every part agrees.
import { h, type Part } from "../dom.js";
import type { EditorActions, EditorState } from "../state.js";
import { readMeta } from "../template/edit.js";
import type { Meta } from "../template/types.js";

const LIMITS = { subject: 190, preheader: 130 } as const;

export function detailsPart(state: EditorState, actions: EditorActions): Part {
  const title = h("h2");
  const fields = (["subject", "preheader"] as const).map((name: keyof Meta) => {
    const label = h("label", { for: `meta-${name}` });
    const input = h("textarea", {
      id: `meta-${name}`,
      rows: 2,
      maxlength: LIMITS[name],
      "data-testid": `email-${name}`,
    });
    const limit = h("p", { class: "hint" });
    input.addEventListener("input", () => actions.editMeta({ [name]: input.value }));
    return { name, label, input, limit };
  });
  const element = h(
    "div",
    { class: "fields" },
    title,
    ...fields.flatMap(({ label, input, limit }) => [label, input, limit]),
  );
  return {
    element,
    update() {
      const t = actions.t();
      const meta = readMeta(state.template, state.shown);
      title.textContent = t("email-details");
      for (const { name, label, input, limit } of fields) {
        label.textContent = t(name);
        limit.textContent = t("max-characters", { count: LIMITS[name] });
        if (!input.matches(":focus") && input.value !== meta[name]) input.value = meta[name];
      }
    },
  };
}
