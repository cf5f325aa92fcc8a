// The button that opens an AddOn, such as "Write with AI", first item of the host's content properties.
// It must follow what it is told at each update: a loadConfig may hide or lock it at any time.
import { h, ICONS, icon } from "../../dom/h.js";

export interface LauncherState {
  readonly visible: boolean;
  readonly label: string;
  /** Why it can't be used; undefined: it can. */
  readonly locked?: string | undefined;
}

export interface Launcher {
  readonly root: HTMLElement;
  show(state: LauncherState): void;
}

export function launcher(testId: string, open: () => void): Launcher {
  const text = h("span");
  const lock = h("span", { class: "entry-lock", hidden: true }, icon(ICONS.lock));
  const button = h("button", { class: "entry", type: "button", "data-testid": testId, onclick: open });
  button.append(icon(ICONS.wand), text, lock);
  const root = h("div", { class: "root" }, button);
  return {
    root,
    show({ visible, label, locked }) {
      root.hidden = !visible;
      button.disabled = locked !== undefined;
      button.title = locked ?? "";
      lock.hidden = locked === undefined;
      text.textContent = label;
    },
  };
}
