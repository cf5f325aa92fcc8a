// The Co-Pilot's panel: the chat, what it is doing, and the input.
// It must show every message as plain text, and read streamed words out once, when they are complete.
import { record, text } from "../../client/json.js";
import { readProvider } from "../../client/text.js";
import { fill, h, ICONS, icon } from "../../dom/h.js";
import type { WindowTexts } from "../../i18n/windows.js";
import { type AddOnContext, callHost } from "../context.js";
import { AGENT } from "../handles.js";
import { footerView } from "../shared/footer.js";
import { failureView, workingView } from "../shared/status.js";
import { AddOnWindow, type OpenWindow } from "../shared/window.js";
import { Chat } from "./chat.js";
import { textOf, type UIMessage } from "./messages.js";

export interface CoPilotPorts {
  readonly template: (() => unknown) | undefined;
  readonly closed: () => void;
}

export interface CoPilot {
  open(target: HTMLElement, ports: CoPilotPorts): OpenWindow;
  destroy(): void;
}

const PHRASE_MS = 3000;

export function createCoPilot(context: AddOnContext): CoPilot {
  const chat = new Chat(context);
  return {
    open: (target, ports) => openPanel(context, chat, target, ports),
    destroy: () => chat.stop(),
  };
}

function openPanel(
  context: AddOnContext,
  chat: Chat,
  target: HTMLElement,
  { template, closed }: CoPilotPorts,
): OpenWindow {
  const window = new AddOnWindow({
    context,
    handle: AGENT,
    draw,
    closed() {
      clearInterval(timer);
      chat.changed = () => undefined;
      chat.left();
      callHost(closed);
    },
  });
  const cards = new Map<UIMessage, HTMLElement>();
  const log = h("ol", { class: "log", "data-testid": "agent-log" });
  const status = h("div", { class: "chat-status" });
  const again = h("button", {
    type: "button",
    "data-testid": "agent-retry",
    onclick: () => void run(chat.retry()),
  });
  const input = h("textarea", { rows: 3, maxlength: 20_000, "data-testid": "agent-input" });
  const footer = footerView(context, window, AGENT, { start: send, stop: () => chat.stop() });
  window.shell.body.append(log, status, again);
  window.shell.footer.append(h("div", { class: "composer" }, input, footer.element));
  input.addEventListener("input", () => window.update());
  input.addEventListener("keydown", (event) => {
    // As in chats everywhere: Enter sends, Shift+Enter breaks the line.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (footer.ready) send();
  });
  let phrase = 0;
  const timer = setInterval(() => {
    phrase++;
    if (chat.running && !chat.answering) window.update();
  }, PHRASE_MS);

  function send(): void {
    const words = input.value.trim();
    if (!words || chat.running) return;
    input.value = "";
    phrase = 0;
    void run(chat.send(words));
  }

  async function run(turn: Promise<void>): Promise<void> {
    window.shell.say(window.t("working"));
    input.focus();
    await turn;
    const t = window.t;
    const answer = chat.messages.at(-1);
    const { failure } = chat;
    if (failure) window.shell.say(t(failure.key, failure.values));
    else if (chat.stopped) window.shell.say(t("stopped"));
    else if (answer) window.shell.say(t("answer-ready", { content: textOf(answer) }));
    window.focus(input);
  }

  function phrases(t: WindowTexts): string {
    const own = chat.settings.loadingPhrases;
    const list = Array.isArray(own) ? own.filter((one) => text(one) !== "") : [];
    return text(list[phrase % list.length], t("working"));
  }

  function drawLog(t: WindowTexts): void {
    const { body } = window.shell;
    const atEnd = body.scrollHeight - body.scrollTop - body.clientHeight < 48;
    const shown = chat.messages.filter(({ role }) => role !== "system");
    const known = cards.size;
    for (const message of shown) {
      let card = cards.get(message);
      if (!card) {
        card = messageCard(message);
        cards.set(message, card);
        log.append(card);
      }
      const [who, words] = card.children as unknown as [HTMLElement, HTMLElement];
      who.textContent = t(message.role === "user" ? "agent-you" : "agent-name");
      if (words.textContent !== textOf(message)) words.textContent = textOf(message);
    }
    for (const [message, card] of cards) {
      if (shown.includes(message)) continue;
      card.remove();
      cards.delete(message);
    }
    if (atEnd || cards.size > known) body.scrollTop = body.scrollHeight;
  }

  function draw(t: WindowTexts) {
    chat.seed();
    drawLog(t);
    const { failure, stopped, running } = chat;
    fill(
      status,
      running
        ? !chat.answering && workingView(t, phrases(t))
        : failure
          ? failureView(t, failure)
          : stopped && h("p", { class: "note" }, t("stopped")),
    );
    again.hidden = running || (!failure && !stopped);
    fill(again, icon(ICONS.again), t("agent-retry"));
    input.placeholder = t("agent-placeholder");
    input.setAttribute("aria-label", t("agent-placeholder"));
    footer.update(t, { running, startDisabled: input.value.trim() === "", startLabel: t("agent-send") });
    const provider = chat.messages.findLast((m) => m.metadata?.provider)?.metadata?.provider;
    return {
      title: t("agent-label"),
      subtitle: t("agent-subtitle"),
      provider: provider ? readProvider(record(provider)) : undefined,
    };
  }

  chat.template = template ?? (() => undefined);
  const opened = window.open(target, input);
  chat.changed = window.update;
  return opened;
}

function messageCard({ role }: UIMessage): HTMLElement {
  return h(
    "li",
    { class: "card", "data-role": role, "data-testid": `agent-${role}` },
    h("span", { class: "sr" }),
    h("div", { class: "answer", dir: "auto" }),
  );
}
