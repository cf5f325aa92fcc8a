// The AI Writing Assistant (`ai-integration`): what a host can mount and open, and its state per block.
// It must keep one panel open at most.

import { requestText } from "../../client/text.js";
import { addOnState } from "../../config/permissions.js";
import { createElement } from "../../element.js";
import type { AiModule, TextRequest } from "../../types/wire.js";
import { type AddOnContext, type AddOnModule, callHost } from "../context.js";
import { customState, runCustom } from "../custom-ai-integration/custom.js";
import { WRITING } from "../handles.js";
import { type Mounted, Mounts } from "../shared/mounts.js";
import { BrandTones } from "./brand-tones.js";
import { Conversation, type Question } from "./conversation.js";
import { entryView } from "./entry.js";
import { tokenUsageInfo } from "./events.js";
import { access } from "./model.js";
import { type Applied, WritingPanel } from "./panel.js";
import { readSettings } from "./settings.js";

export interface OpenOptions {
  readonly onApply?: (applied: Applied) => void;
  readonly onClose?: () => void;
}

export interface MountOptions extends OpenOptions {
  /** The block the button is for, read anew at every click. */
  readonly module: () => AiModule;
  /** Where the panel goes; without it, where the button is. */
  readonly panelTarget?: HTMLElement;
}

export interface OpenPanel {
  readonly element: HTMLElement;
  close(): void;
}

export interface WritingAssistant {
  mount(target: HTMLElement, options: MountOptions): Mounted;
  open(target: HTMLElement, module: AiModule, options?: OpenOptions): OpenPanel | undefined;
  destroy(): void;
}

/** What is kept of a block between two visits of its panel. */
interface Block {
  module: AiModule;
  readonly conversation: Conversation;
}

function create(context: AddOnContext): WritingAssistant {
  const blocks = new Map<string, Block>();
  const mounts = new Mounts(context);
  const tones = new BrandTones(context, () => current?.panel.update());
  const tonesEnabled = () =>
    readSettings(addOnState(WRITING, context.config.current, context.session()).settings).isBrandTonesEnabled;
  let waiting = false;
  let current: { panel: WritingPanel; block: Block } | undefined;
  const unsubscribe = context.onChange(() => {
    // Switched in the console while the panel is open: the other assistant's panel has to go.
    if (current && customState(context).active) context.slot.close();
    current?.panel.update();
  });

  function ask({ module, conversation }: Block, question: Question) {
    const { stream, language } = context.config.current;
    const brandTone = tonesEnabled() ? tones.selected : undefined;
    const { prompt, history, regenerateOf, signal, onDelta } = question;
    const body: TextRequest = {
      handle: WRITING,
      module: conversation.fresh ? { ...module, content: "", isDefault: true } : module,
      prompt,
      history,
      ...(regenerateOf ? { regenerateOf } : {}),
      ...(language ? { language } : {}),
      ...(brandTone ? { brandTone } : {}),
    };
    return requestText(context.client, body, stream ? { signal, onDelta } : { signal });
  }

  function blockFor(module: AiModule): Block {
    const known = blocks.get(module.uuid);
    if (known) {
      known.module = module;
      return known;
    }
    const conversation = new Conversation({
      ask: (question) => ask(block, question),
      answered: (answer) => context.info(tokenUsageInfo(answer)),
      failed: context.fail,
      changed: () => {
        if (current?.block === block) current.panel.update();
      },
    });
    const block: Block = { module, conversation };
    blocks.set(module.uuid, block);
    return block;
  }

  function open(target: HTMLElement, module: AiModule, options: OpenOptions = {}): OpenPanel | undefined {
    context.slot.close();
    const { visible, locked } = access(context, module.type);
    if (!visible || locked) return undefined;
    if (customState(context).active) {
      void custom(target, module, options);
      return undefined;
    }
    const block = blockFor(module);
    const close = () => {
      if (!element.isConnected) return;
      current = undefined;
      context.slot.release(close);
      element.remove();
      panel.shell.returnFocus();
      callHost(options.onClose);
    };
    const apply = (applied: Applied) => {
      block.module = { ...block.module, content: applied.content, isDefault: false };
      element.dispatchEvent(new CustomEvent("apply", { detail: applied, bubbles: true, composed: true }));
      callHost(options.onApply, applied);
    };
    const panel = new WritingPanel(context, module, block.conversation, { close, apply }, tones);
    const element = createElement(panel.shell.root, "panel");
    current = { panel, block };
    context.slot.take(close);
    target.append(element);
    panel.update();
    panel.focus();
    if (tonesEnabled()) void tones.load();
    return { element, close };
  }

  /** The host's own assistant: Beefree's editor waits for it, so every button of ours does. */
  async function custom(target: HTMLElement, module: AiModule, { onApply, onClose }: OpenOptions) {
    if (waiting) return;
    waiting = true;
    mounts.update();
    const content = await runCustom(context, module);
    waiting = false;
    mounts.update();
    if (content !== undefined) {
      const detail: Applied = { moduleId: module.uuid, content };
      target.dispatchEvent(new CustomEvent("apply", { detail, bubbles: true, composed: true }));
      callHost(onApply, detail);
    }
    callHost(onClose);
  }

  function mount(target: HTMLElement, options: MountOptions): Mounted {
    const where = options.panelTarget ?? target;
    const start = () => void open(where, options.module(), options);
    return mounts.add(
      target,
      entryView(
        context,
        () => options.module().type,
        start,
        () => waiting,
      ),
    );
  }

  return {
    mount,
    open,
    destroy: () => {
      unsubscribe();
      for (const { conversation } of blocks.values()) conversation.stop();
      mounts.destroy();
    },
  };
}

export const writingAssistant: AddOnModule<WritingAssistant> = { handle: WRITING, create };
