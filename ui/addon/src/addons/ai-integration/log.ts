// The list of cards; keeps each card's node over updates, so that focus and selection stay.
// It must scroll only when a card is added or the reader is at the end already.
import { h } from "../../dom/h.js";
import { type AnswerCard, answerCard } from "./answer.js";
import type { PanelActions, View } from "./model.js";

export function logView(actions: PanelActions): View {
  const element = h("ol", { class: "log" });
  const cards = new Map<number, AnswerCard>();
  return {
    element,
    update(model) {
      const { turns } = model.conversation;
      const scroller = element.parentElement;
      const gap = scroller ? scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight : 0;
      const known = new Set(turns.map((turn) => turn.id));
      for (const [id, card] of cards) {
        if (known.has(id)) continue;
        card.element.remove();
        cards.delete(id);
      }
      let added = false;
      for (const turn of turns) {
        let card = cards.get(turn.id);
        if (!card) {
          card = answerCard(turn, actions);
          cards.set(turn.id, card);
          element.append(card.element);
          added = true;
        }
        card.update(model);
      }
      if (scroller && (added || gap < 48)) scroller.scrollTop = scroller.scrollHeight;
    },
  };
}
