// One block's conversation with the AI: what was asked, what came back, what is running.
// It must not know the panel: it outlives it, so that closing and opening again loses nothing.
import { AddonError, asAddonError, isAbort } from "../../client/errors.js";
import type { Sentence } from "../../i18n/causes.js";
import type { HistoryEntry, Provider, TextAnswer } from "../../types/wire.js";

export type TurnState = "running" | "done" | "failed" | "stopped";

export interface Turn {
  readonly id: number;
  readonly prompt: string;
  state: TurnState;
  text: string;
  promptId?: string;
  provider?: Provider;
  failure?: Sentence;
  applied: boolean;
}

export interface Question {
  readonly prompt: string;
  readonly history: readonly HistoryEntry[];
  readonly regenerateOf?: string;
  readonly signal: AbortSignal;
  readonly onDelta: (piece: string) => void;
}

export interface ConversationPorts {
  readonly ask: (question: Question) => Promise<TextAnswer>;
  /** An answer was paid for, also if it is empty. */
  readonly answered: (answer: TextAnswer) => void;
  readonly failed: (error: AddonError) => Promise<Sentence>;
  readonly changed: () => void;
}

let nextId = 1;

export class Conversation {
  readonly turns: Turn[] = [];
  /** The user asked for a new topic: the block's present text is no longer sent along. */
  fresh = false;
  #abort: AbortController | undefined;

  constructor(private readonly ports: ConversationPorts) {}

  get running(): boolean {
    return this.#abort !== undefined;
  }

  generate(prompt: string): Promise<void> {
    return this.#run(prompt, this.turns.length);
  }

  /** Asks again; the older answer stays and can still be applied. */
  regenerate(turn: Turn): Promise<void> {
    // The answer to be replaced goes along: the proxy leaves it out of the conversation and knows that it was there.
    return this.#run(turn.prompt, this.turns.indexOf(turn) + 1, turn.promptId);
  }

  stop(): void {
    this.#abort?.abort();
  }

  clear(fresh = this.fresh): void {
    this.stop();
    this.turns.length = 0;
    this.fresh = fresh;
    this.ports.changed();
  }

  #history(before: number): HistoryEntry[] {
    return this.turns.slice(0, before).flatMap((t) => {
      return t.state === "done" && t.promptId
        ? [{ promptId: t.promptId, prompt: t.prompt, content: t.text }]
        : [];
    });
  }

  async #run(prompt: string, before: number, regenerateOf?: string): Promise<void> {
    if (this.running) return;
    const abort = new AbortController();
    this.#abort = abort;
    const history = this.#history(before);
    const turn: Turn = { id: nextId++, prompt, state: "running", text: "", applied: false };
    this.turns.push(turn);
    this.ports.changed();
    const onDelta = (piece: string) => {
      turn.text += piece;
      this.ports.changed();
    };
    try {
      const question = { prompt, history, signal: abort.signal, onDelta };
      const answer = await this.ports.ask(regenerateOf ? { ...question, regenerateOf } : question);
      this.ports.answered(answer);
      if (answer.content.trim() === "") {
        throw new AddonError({ code: 9999, reason: "answer-empty", message: "The answer was empty" });
      }
      Object.assign(turn, { text: answer.content, promptId: answer.promptId, provider: answer.provider });
      turn.state = "done";
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) turn.state = "stopped";
      else {
        turn.failure = await this.ports.failed(asAddonError(error));
        turn.state = "failed";
      }
    } finally {
      // After clear() another question may run already; only our own place is given up.
      if (this.#abort === abort) this.#abort = undefined;
      this.ports.changed();
    }
  }
}
