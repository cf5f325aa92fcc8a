// The window "Create with AI" of an image block: fields, picture, Apply, Regenerate.
// It must keep the last picture applicable while the next one is made, fails, or the balance is used up.

import { isAbort } from "../../client/errors.js";
import {
  type GeneratedImage,
  type ImageAnswer,
  type ImageRequest,
  requestImage,
} from "../../client/images.js";
import { text } from "../../client/json.js";
import { fill, h, ICONS, icon } from "../../dom/h.js";
import type { Sentence } from "../../i18n/causes.js";
import type { WindowTexts } from "../../i18n/windows.js";
import { type AddOnContext, callHost } from "../context.js";
import { IMAGES } from "../handles.js";
import { balance } from "../shared/balance.js";
import { reportImages } from "../shared/events.js";
import { footerView } from "../shared/footer.js";
import { failureView, workingView } from "../shared/status.js";
import { AddOnWindow, type OpenWindow } from "../shared/window.js";
import { imageForm } from "./form.js";

export interface ImagePorts {
  readonly apply: (image: GeneratedImage, prompt: string) => void;
  readonly closed: () => void;
}

/** Beefree's own default. */
const FOLDER = "AI Generated Images";

export function openImages(context: AddOnContext, target: HTMLElement, ports: ImagePorts): OpenWindow {
  let abort: AbortController | undefined;
  let asked: ImageRequest | undefined;
  let answer: ImageAnswer | undefined;
  let failure: Sentence | undefined;
  let applied = false;
  const window = new AddOnWindow({ context, handle: IMAGES, draw, closed });
  const form = imageForm(() => window.update());
  const picture = h("img", { "data-testid": "image-result" });
  const blocked = h("p", { class: "note", hidden: true });
  picture.addEventListener("error", () => (blocked.hidden = false));
  const apply = h("button", { class: "primary", type: "button", "data-testid": "apply", onclick: applyNow });
  const again = h("button", {
    type: "button",
    "data-testid": "regenerate",
    onclick: () => asked && void run(asked),
  });
  const result = h("div", { class: "card" }, picture, blocked, h("div", { class: "buttons" }, apply, again));
  const status = h("div");
  const start = () => void run(form.read(text(window.settings.folderName) || FOLDER));
  const footer = footerView(context, window, IMAGES, { stop: () => abort?.abort(), start });
  form.prompt.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && footer.ready) start();
  });
  window.shell.body.append(form.element, status, result);
  window.shell.footer.append(footer.element);

  async function run(request: ImageRequest): Promise<void> {
    if (abort) return;
    const own = new AbortController();
    abort = own;
    asked = request;
    failure = undefined;
    window.shell.say(window.t("working"));
    window.update();
    footer.focus();
    try {
      answer = await requestImage(context.client, request, own.signal);
      applied = false;
      blocked.hidden = true;
      reportImages(context, IMAGES, answer.consumedImages);
      window.shell.say(window.t("image-ready"));
    } catch (error) {
      if (!own.signal.aborted && !isAbort(error)) failure = await context.fail(error);
      window.shell.say(failure ? window.t(failure.key, failure.values) : window.t("stopped"));
    }
    abort = undefined;
    window.update();
    footer.focus();
  }

  function applyNow(): void {
    if (!answer || !asked) return;
    applied = true;
    ports.apply(answer.image, asked.prompt);
    window.shell.say(window.t("applied"));
    window.update();
  }

  function draw(t: WindowTexts) {
    const state = balance(window.settings, "isGenerationDisabled");
    form.update(t, state.locked);
    fill(status, abort ? workingView(t) : failure && failureView(t, failure));
    result.hidden = !answer;
    if (answer && picture.getAttribute("src") !== answer.image.url) {
      picture.src = answer.image.url;
      picture.alt = asked?.prompt ?? "";
      if (answer.image.width) picture.width = answer.image.width;
      if (answer.image.height) picture.height = answer.image.height;
    }
    blocked.textContent = t("image-blocked");
    fill(apply, applied && icon(ICONS.check), t(applied ? "applied" : "apply"));
    again.disabled = state.locked || abort !== undefined;
    fill(again, icon(ICONS.again), t("regenerate"));
    footer.update(t, {
      running: abort !== undefined,
      startDisabled: state.locked || !form.valid(),
      startLabel: t("image-generate"),
      balance: state,
    });
    return { title: t("create-label"), subtitle: t("image-subtitle"), provider: answer?.provider };
  }

  function closed(): void {
    abort?.abort();
    callHost(ports.closed);
  }

  return window.open(target, form.prompt);
}
