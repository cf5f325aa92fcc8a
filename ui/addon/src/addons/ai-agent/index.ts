// AI Co-Pilot (`ai-agent`): the button and the way to open its chat over the whole template.
// It must load the panel only when it is opened, and keep one chat over all its openings.
import { addOnState } from "../../config/permissions.js";
import { type AddOnContext, type AddOnModule, callHost } from "../context.js";
import { AGENT } from "../handles.js";
import { launcher } from "../shared/launcher.js";
import { loadWindows } from "../shared/load.js";
import { type Mounted, Mounts } from "../shared/mounts.js";
import type { OpenWindow } from "../shared/window.js";
import type { CoPilot } from "./panel.js";

export interface OpenCoPilotOptions {
  /** The template the chat is about, read anew at every question. */
  readonly template?: () => unknown;
  readonly onClose?: () => void;
}

export interface CoPilotOptions extends OpenCoPilotOptions {
  readonly panelTarget?: HTMLElement;
}

export interface Agent {
  mount(target: HTMLElement, options?: CoPilotOptions): Mounted;
  /** Undefined if the AddOn is off. */
  open(target: HTMLElement, options?: OpenCoPilotOptions): Promise<OpenWindow | undefined>;
  destroy(): void;
}

function create(context: AddOnContext): Agent {
  const mounts = new Mounts(context);
  let pilot: CoPilot | undefined;
  const enabled = () => addOnState(AGENT, context.config.current, context.session()).enabled;

  async function open(target: HTMLElement, { template, onClose }: OpenCoPilotOptions = {}) {
    if (!enabled()) return undefined;
    const { createCoPilot } = await loadWindows();
    pilot ??= createCoPilot(context);
    return pilot.open(target, { template, closed: () => callHost(onClose) });
  }

  function mount(target: HTMLElement, options: CoPilotOptions = {}): Mounted {
    const { root, show } = launcher("co-pilot", () => {
      open(options.panelTarget ?? target, options).catch(context.fail);
    });
    const update = () => show({ visible: enabled(), label: context.texts()("agent-label") });
    return mounts.add(target, { root, update });
  }

  return {
    mount,
    open,
    destroy() {
      pilot?.destroy();
      mounts.destroy();
    },
  };
}

export const agent: AddOnModule<Agent> = { handle: AGENT, create };
