// Runs the host's upsell dialog and takes its answer: the content-dialog protocol.
// It must wait until the host calls resolve or reject, and must believe only the first of them.
import type { ConfigStore } from "../../config/store.js";
import type { PartialConfig, UpsellDialog } from "../../types/beefree.js";
import { callHost } from "../context.js";
import { HANDLE } from "./events.js";

export function runUpsell(dialog: UpsellDialog, config: ConfigStore): Promise<void> {
  return new Promise<void>((settle) => {
    let settled = false;
    const once = (act: () => void) => {
      if (settled) return;
      settled = true;
      act();
      settle();
    };
    const resolve = (answer?: PartialConfig) =>
      once(() => {
        if (answer) config.apply(answer);
      });
    callHost(dialog.handler, resolve, () => once(() => undefined), { handle: HANDLE });
  });
}
