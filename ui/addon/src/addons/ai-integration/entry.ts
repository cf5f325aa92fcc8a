// The button "Write with AI" of one block, for the writing assistant that the session has.
// It must follow the rules of visibility live: a loadConfig may hide or lock it at any time.
import type { BlockType } from "../../types/beefree.js";
import type { AddOnContext } from "../context.js";
import { customState } from "../custom-ai-integration/custom.js";
import { launcher } from "../shared/launcher.js";
import type { MountView } from "../shared/mounts.js";
import { access } from "./model.js";

export function entryView(
  context: AddOnContext,
  type: () => BlockType,
  open: () => void,
  waiting: () => boolean,
): MountView {
  const { root, show } = launcher("write-with-ai", open);
  return {
    root,
    update() {
      const { visible, locked } = access(context, type());
      const t = context.texts();
      const label = context.config.current.contentDialog?.customLLM?.label;
      show({
        visible,
        label: (customState(context).active && label) || t("config-label"),
        locked: waiting() ? t("upsell-waiting") : locked ? t("locked") : undefined,
      });
    },
  };
}
