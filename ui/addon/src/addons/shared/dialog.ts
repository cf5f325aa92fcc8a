// Runs a dialog of the host app and takes its answer: Beefree's content-dialog protocol.
// It must wait until the host calls resolve or reject, and must believe only the first of them.
import type { ConfigStore } from "../../config/store.js";
import type { PartialConfig } from "../../types/beefree.js";
import { callHost } from "../context.js";

export interface HostDialog<Answer, Args> {
  readonly label?: string;
  readonly handler: (
    resolve: (answer: Answer) => void,
    reject: (reason?: unknown) => void,
    args: Args,
  ) => void;
}

/** What the host resolves with; rejects if the host does, or fails. */
export function askHost<Answer, Args>(
  handler: HostDialog<Answer, Args>["handler"],
  args: Args,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    callHost(() => {
      try {
        handler(resolve, reject, args);
      } catch (error) {
        // Who failed to open its dialog will not answer: waiting for it would lock the user out.
        reject(error);
        throw error;
      }
    });
  });
}

/** The same where a rejection means "nothing": undefined. */
export function runDialog<Answer, Args>(
  dialog: HostDialog<Answer, Args>,
  args: Args,
): Promise<Answer | undefined> {
  return askHost(dialog.handler, args).catch(() => undefined);
}

/** Lets the host sell more; the answer is merged like a loadConfig. */
export async function runUpsell(config: ConfigStore, handle: string): Promise<void> {
  const dialog = config.current.contentDialog?.upsell;
  const answer =
    dialog && (await runDialog<PartialConfig | undefined, { handle: string }>(dialog, { handle }));
  if (answer) config.apply(answer);
}
