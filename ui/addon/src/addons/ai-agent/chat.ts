// The chat with the Co-Pilot: its messages, what runs, what failed.
// It must not know the panel: it outlives it, so that closing and opening again loses nothing.
import { type AgentEvents, requestChat } from "../../client/agent.js";
import { isAbort } from "../../client/errors.js";
import { text } from "../../client/json.js";
import { addOnState } from "../../config/permissions.js";
import type { Sentence } from "../../i18n/causes.js";
import type { AddOnContext } from "../context.js";
import { AGENT } from "../handles.js";
import { newId, readMessages, type TextPart, textOf, type UIMessage } from "./messages.js";

/** The proxy reads this many, the latest. */
const MOST = 100;

export class Chat {
  messages: UIMessage[] = [];
  failure: Sentence | undefined;
  /** The last answer was stopped by the user. */
  stopped = false;
  changed: () => void = () => undefined;
  template: () => unknown = () => undefined;
  #own = false;
  #abort: AbortController | undefined;

  constructor(private readonly context: AddOnContext) {}

  get running(): boolean {
    return this.#abort !== undefined;
  }

  /** The answer has begun to arrive. */
  get answering(): boolean {
    return this.running && this.messages.at(-1)?.role === "assistant";
  }

  get settings() {
    return addOnState(AGENT, this.context.config.current, this.context.session()).settings;
  }

  /** What the host brings along counts until the user has written something. Reported to nobody: the host has it. */
  seed(): void {
    if (!this.#own) this.messages = readMessages(this.settings.initialMessages);
  }

  send(words: string): Promise<void> {
    if (this.running) return Promise.resolve();
    this.#own = true;
    this.messages.push({ id: newId(), role: "user", parts: [{ type: "text", text: words }] });
    return this.#run();
  }

  /** The same question again; half an answer gives way. */
  retry(): Promise<void> {
    const last = this.messages.findLastIndex((message) => message.role === "user");
    if (this.running || last < 0) return Promise.resolve();
    this.messages.length = last + 1;
    return this.#run();
  }

  stop(): void {
    this.#abort?.abort();
  }

  /** The panel was closed: a running answer stops, and the host hears the state of things. */
  left(): void {
    if (this.running) this.stop();
    else if (this.#own) this.#report();
  }

  #report(): void {
    // A copy: the next turn changes ours.
    const messages = structuredClone(this.messages);
    const message = `Messages changed for addon handle: ${AGENT}`;
    this.context.info({ code: 1010, message, detail: { handle: AGENT, messages } });
  }

  async #run(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.failure = undefined;
    this.stopped = false;
    this.changed();
    const system = text(this.settings.systemPrompt);
    const template = this.template();
    const body = {
      messages: this.messages.slice(-MOST),
      ...(system ? { systemPrompt: system } : {}),
      ...(template === undefined ? {} : { template }),
    };
    const answer: UIMessage = { id: newId(), role: "assistant", parts: [] };
    try {
      await requestChat(this.context.client, body, abort.signal, this.#events(answer));
      if (textOf(answer).trim() === "") this.failure = { key: "cause-answer-empty", values: {} };
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) this.stopped = true;
      else this.failure = await this.context.fail(error);
    }
    this.#abort = undefined;
    this.#report();
    this.changed();
  }

  #events(answer: UIMessage): AgentEvents {
    const parts = new Map<string, TextPart>();
    return {
      started: (id) => {
        if (id) answer.id = id;
      },
      delta: (id, piece) => {
        let part = parts.get(id);
        if (!part) {
          part = { type: "text", text: "" };
          parts.set(id, part);
          answer.parts.push(part);
        }
        part.text += piece;
        if (!this.messages.includes(answer)) this.messages.push(answer);
        this.changed();
      },
      finished: (metadata) => {
        if (Object.keys(metadata).length > 0) answer.metadata = metadata;
      },
    };
  }
}
