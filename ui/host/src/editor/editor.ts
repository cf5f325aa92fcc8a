// The editor whole: toolbar, stage and side bar side by side, drawn from one state.
// It must not know the page around it: the demo page and the stand-in for Beefree's plugin both mount it.
import { h, type Part } from "../dom.js";
import type { EditorActions, EditorState } from "../state.js";
import { sidebarPart } from "./sidebar.js";
import { type Stage, stagePart } from "./stage.js";
import { toolbarPart } from "./toolbar.js";

export interface Editor extends Part {
  readonly stage: Stage;
  readonly toolbar: Part;
}

export function editorPart(state: EditorState, actions: EditorActions): Editor {
  const element = h("div", { class: "editor" });
  const stage = stagePart(state, actions);
  const toolbar = toolbarPart(state, actions, element);
  const sidebar = sidebarPart(state, actions, element);
  element.append(h("div", { class: "stage-column" }, toolbar.element, stage.element), sidebar.element);
  return {
    element,
    stage,
    toolbar,
    update() {
      for (const part of [toolbar, stage, sidebar]) part.update();
    },
  };
}
