// One card of the conversation: the prompt, then what became of it.
// It must show the provider's words as plain text, never as HTML.
import { fill, h, ICONS, icon } from "../../dom/h.js";
import { failureView } from "../shared/status.js";
import type { Turn } from "./conversation.js";
import type { PanelActions, PanelModel } from "./model.js";

export interface AnswerCard {
  readonly element: HTMLElement;
  update(model: PanelModel): void;
}

export function answerCard(turn: Turn, actions: PanelActions): AnswerCard {
  const prompt = h("p", { class: "prompt", dir: "auto" });
  const badge = h("span", { class: "badge" });
  const answer = h("div", { class: "answer", dir: "auto" });
  const working = h("p", { class: "working" });
  const failure = h("div");
  const note = h("p", { class: "note" });
  const apply = h("button", { class: "primary", type: "button", onclick: () => actions.apply(turn) });
  const again = h("button", { type: "button", onclick: () => actions.regenerate(turn) });
  const buttons = h("div", { class: "buttons" }, apply, again, badge);
  const element = h("li", { class: "card" }, prompt, answer, working, failure, note, buttons);

  return {
    element,
    update({ t, settings, usage, conversation }) {
      const { state } = turn;
      element.dataset.state = state;
      fill(prompt, h("span", { class: "sr" }, `${t("your-prompt")}: `), turn.prompt);
      answer.hidden = turn.text === "" || state === "failed";
      if (answer.textContent !== turn.text) answer.textContent = turn.text;
      // Only finished words carry the hook: tests and users must not take half an answer for a whole one.
      if (state === "done") answer.dataset.testid = "answer";
      working.hidden = state !== "running";
      fill(working, h("span", {}, t("working")), h("span", { class: "dots", "aria-hidden": "true" }));
      note.hidden = state !== "stopped";
      note.textContent = t("stopped");
      fill(failure, turn.failure && failureView(t, turn.failure));
      failure.hidden = state !== "failed";
      apply.hidden = state !== "done";
      apply.dataset.testid = "apply";
      fill(apply, turn.applied && icon(ICONS.check), turn.applied ? t("applied") : t("apply"));
      again.hidden = state === "running" || !settings.isRegenerateEnabled;
      again.disabled = conversation.running || usage.inputLocked;
      again.dataset.testid = "regenerate";
      fill(again, icon(ICONS.again), t("regenerate"));
      const sandbox = turn.provider?.type === "sandbox";
      badge.hidden = !sandbox;
      fill(badge, t("sandbox-badge"));
      badge.title = t("sandbox-hint");
    },
  };
}
