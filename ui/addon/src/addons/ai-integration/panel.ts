// The writing assistant's panel for one block: puts the parts together and carries out what they ask for.
// It must not write into the template: the host does, when it gets `apply`.

import type { Texts } from "../../i18n/texts.js";
import type { AiModule } from "../../types/wire.js";
import { type AddOnContext, callHost } from "../context.js";
import { WRITING } from "../handles.js";
import { runUpsell } from "../shared/dialog.js";
import { PanelShell } from "../shared/shell.js";
import { bannerView } from "./banner.js";
import { type BrandTones, toneView } from "./brand-tones.js";
import { type Composer, composerView } from "./composer.js";
import type { Conversation, Turn } from "./conversation.js";
import { promptAppliedInfo } from "./events.js";
import { logView } from "./log.js";
import { buildModel, type PanelActions, type View } from "./model.js";
import { pinnedView, welcomeView } from "./welcome.js";

export interface Applied {
  readonly moduleId: string;
  /** Missing where the host's own assistant wrote the text. */
  readonly promptId?: string;
  readonly content: string;
}

export interface PanelPorts {
  readonly close: () => void;
  readonly apply: (applied: Applied) => void;
}

export class WritingPanel implements PanelActions {
  readonly shell: PanelShell;
  readonly #composer: Composer;
  readonly #views: readonly View[];
  readonly #announced = new Map<number, string>();

  constructor(
    private readonly context: AddOnContext,
    private module: AiModule,
    private readonly conversation: Conversation,
    private readonly ports: PanelPorts,
    tones: BrandTones,
  ) {
    this.shell = new PanelShell(() => ports.close());
    const [pinned, welcome, log, banner] = [
      pinnedView(this),
      welcomeView(),
      logView(this),
      bannerView(() => this.buyMore()),
    ];
    this.#composer = composerView(this);
    const tone = toneView(tones);
    this.#views = [pinned, welcome, log, banner, tone, this.#composer];
    this.shell.body.append(pinned.element, welcome.element, log.element);
    this.shell.footer.append(banner.element, tone.element, this.#composer.element);
    // Turns of an earlier visit were announced then.
    for (const turn of conversation.turns) this.#announced.set(turn.id, turn.state);
  }

  focus(): void {
    this.#composer.focus();
  }

  update(): void {
    const model = buildModel(this.context, this.module, this.conversation);
    if (!model.visible) {
      this.ports.close();
      return;
    }
    const { t, moduleName, provider, language } = model;
    const sandbox = provider?.type === "sandbox";
    this.shell.update({
      title: t("header-title", { module: moduleName }),
      subtitle: t("welcome-header-title"),
      close: t("close"),
      language,
      badge: sandbox ? { text: t("sandbox-badge"), hint: t("sandbox-hint") } : undefined,
    });
    for (const view of this.#views) view.update(model);
    for (const turn of this.conversation.turns) this.#announce(turn, t);
  }

  generate(prompt: string): void {
    void this.conversation.generate(prompt);
  }

  regenerate(turn: Turn): void {
    void this.conversation.regenerate(turn);
    this.#composer.focus();
  }

  stop(): void {
    this.conversation.stop();
  }

  clear(): void {
    this.conversation.clear();
    this.#composer.focus();
  }

  restart(): void {
    this.conversation.clear(true);
    this.#composer.focus();
  }

  apply(turn: Turn): void {
    if (turn.state !== "done" || !turn.promptId) return;
    const applied = { moduleId: this.module.uuid, promptId: turn.promptId, content: turn.text };
    this.module = { ...this.module, content: turn.text, isDefault: false };
    this.conversation.fresh = false;
    for (const other of this.conversation.turns) other.applied = other === turn;
    callHost(this.ports.apply, applied);
    this.context.info(promptAppliedInfo(turn.promptId, applied.moduleId, applied.content));
    this.update();
    this.shell.say(this.context.texts()("applied"));
  }

  buyMore(): void {
    this.shell.wait(this.context.texts()("upsell-waiting"));
    void runUpsell(this.context.config, WRITING).then(() => {
      this.shell.wait(undefined);
      this.focus();
    });
  }

  /** Once per change of state, so that streamed words are not read out one by one. */
  #announce(turn: Turn, t: Texts): void {
    if (this.#announced.get(turn.id) === turn.state) return;
    this.#announced.set(turn.id, turn.state);
    if (turn.state === "running") this.shell.say(t("working"));
    if (turn.state === "stopped") this.shell.say(t("stopped"));
    if (turn.state === "done") this.shell.say(t("answer-ready", { content: turn.text }));
    if (turn.state === "failed" && turn.failure) {
      this.shell.say(
        `${t("error-title")} ${t("error-subtitle")} ${t(turn.failure.key, turn.failure.values)}`,
      );
      this.#composer.restore(turn.prompt);
    }
  }
}
