// The window for all images without alternate text: list, confirmation, progress per image, cancel.
// It must not call the proxy for more images than are left; Beefree offers the upsell dialog instead.
import { type AltTextResult, requestAltTexts } from "../../client/alt-text.js";
import { isAbort } from "../../client/errors.js";
import { fill, h, ICONS, icon } from "../../dom/h.js";
import type { Sentence } from "../../i18n/causes.js";
import type { WindowTexts } from "../../i18n/windows.js";
import type { AddOnContext } from "../context.js";
import { ALT_TEXT } from "../handles.js";
import { balance } from "../shared/balance.js";
import { runUpsell } from "../shared/dialog.js";
import { reportImages } from "../shared/events.js";
import { AddOnWindow, type OpenWindow } from "../shared/window.js";
import { type AltApplied, type AltImage, applied, eligible } from "./images.js";

export interface BulkPorts {
  readonly images: () => readonly AltImage[];
  readonly apply: (applied: AltApplied) => void;
}

type State = "waiting" | "running" | "done" | "failed" | "stopped";

interface Row {
  readonly image: AltImage;
  state: State;
  alt: string;
  failure?: Sentence;
}

/** The proxy takes this many images in one call. */
const BATCH = 50;

export function openBulk(context: AddOnContext, target: HTMLElement, ports: BulkPorts): OpenWindow {
  const rows: Row[] = eligible(ports.images()).map((image) => ({ image, state: "waiting", alt: "" }));
  let abort: AbortController | undefined;
  let problem: Sentence | undefined;
  let short = false;
  const note = h("p", { "data-testid": "bulk-note" });
  const list = h("ol", { class: "log" });
  const left = h("span", { class: "usage", "data-testid": "images-left" });
  const cancel = h("button", { type: "button", "data-testid": "bulk-cancel", onclick: () => abort?.abort() });
  const start = h("button", {
    class: "primary",
    type: "button",
    "data-testid": "bulk-start",
    onclick: begin,
  });
  const window = new AddOnWindow({ context, handle: ALT_TEXT, draw, closed: () => abort?.abort() });
  window.shell.body.append(note, list);
  window.shell.footer.append(h("div", { class: "bar" }, left, cancel, start));

  const open = () => rows.filter((row) => row.state !== "done");

  function rowFor({ moduleId, itemId }: AltTextResult): Row | undefined {
    return rows.find((r) => r.image.moduleId === moduleId && r.image.itemId === itemId && r.state !== "done");
  }

  async function take(result: AltTextResult): Promise<void> {
    const row = rowFor(result);
    if (!row) return;
    row.state = result.alt ? "done" : "failed";
    row.alt = result.alt ?? "";
    if (result.alt) ports.apply(applied(row.image, result.alt));
    else
      row.failure = result.error
        ? await context.fail(result.error)
        : { key: "cause-answer-empty", values: {} };
    const done = rows.filter((r) => r.state === "done" || r.state === "failed").length;
    window.shell.say(window.t("bulk-progress", { done, total: rows.length }));
    window.update();
  }

  async function begin(): Promise<void> {
    const { remaining } = balance(window.settings, "isIconDisabled");
    const wanted = open();
    short = remaining !== undefined && wanted.length > remaining;
    if (short) return offer();
    const own = new AbortController();
    abort = own;
    problem = undefined;
    for (const row of wanted) row.state = "running";
    // Cancel takes the place of the button just pressed.
    cancel.hidden = false;
    cancel.focus();
    window.update();
    for (let at = 0; at < wanted.length && !problem && !own.signal.aborted; at += BATCH)
      await batch(wanted.slice(at, at + BATCH), own.signal);
    for (const row of wanted)
      if (row.state === "running") row.state = own.signal.aborted ? "stopped" : "waiting";
    abort = undefined;
    window.update();
    window.focus(start);
  }

  async function batch(part: readonly Row[], signal: AbortSignal): Promise<void> {
    const seen: Promise<void>[] = [];
    // What was described before a stream ended early was paid for.
    let consumed = 0;
    try {
      const images = part.map((row) => row.image);
      const reply = await requestAltTexts(context.client, images, signal, (result) => {
        if (result.alt) consumed++;
        seen.push(take(result));
      });
      consumed = reply.consumedImages;
      // A reply that came whole, without progress.
      if (seen.length === 0) for (const result of reply.results) seen.push(take(result));
    } catch (error) {
      if (!signal.aborted && !isAbort(error)) problem = await context.fail(error);
    }
    await Promise.all(seen);
    reportImages(context, ALT_TEXT, consumed);
  }

  async function offer(): Promise<void> {
    window.shell.wait(window.t("upsell-waiting"));
    window.update();
    await runUpsell(context.config, ALT_TEXT);
    window.shell.wait(undefined);
    window.focus(start);
  }

  function draw(t: WindowTexts) {
    const { widget, remaining = 0, locked } = balance(window.settings, "isIconDisabled");
    const wanted = open().length;
    note.textContent = problem
      ? t(problem.key, problem.values)
      : short && wanted > remaining
        ? t("bulk-short", { count: wanted, left: remaining })
        : t(rows.length === 0 ? "bulk-none" : "bulk-note", { count: rows.length });
    fill(list, ...rows.map((row) => rowView(row, t)));
    left.hidden = !widget;
    left.textContent = t("images-left", { count: remaining });
    cancel.hidden = !abort;
    cancel.textContent = t("cancel");
    start.hidden = wanted === 0;
    start.disabled = locked || abort !== undefined;
    start.textContent = t("bulk-start");
    return { title: t("bulk-title"), subtitle: t("bulk-subtitle") };
  }

  return window.open(target, rows.length > 0 ? start : undefined);
}

function rowView({ image, state, alt, failure }: Row, t: WindowTexts): HTMLElement {
  const word = h("span", { class: "note", "data-testid": "bulk-state" }, t(`bulk-${state}`));
  const text = failure && state === "failed" ? t(failure.key, failure.values) : alt;
  return h(
    "li",
    { class: "card picture-row", "data-state": state, "data-testid": "bulk-image" },
    h("img", { src: image.src, alt: "" }),
    h(
      "div",
      {},
      state === "done" && icon(ICONS.check),
      word,
      state === "running" && h("span", { class: "dots", "aria-hidden": "true" }),
      h("p", { dir: "auto", "data-testid": "bulk-alt" }, text),
    ),
  );
}
