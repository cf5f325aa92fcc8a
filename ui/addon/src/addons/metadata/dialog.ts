// The window for an email's or page's details: tone of voice, review, Regenerate, Apply all.
// It must keep what was written before in reach while the next answer is made or fails.
import { isAbort } from "../../client/errors.js";
import {
  answerEmpty,
  type MetadataAnswer,
  type MetaField,
  type MetaTexts,
  requestMetadata,
} from "../../client/metadata.js";
import { fill, h } from "../../dom/h.js";
import type { Sentence } from "../../i18n/causes.js";
import type { WindowTexts } from "../../i18n/windows.js";
import { bannerView } from "../ai-integration/banner.js";
import { tokenUsageInfo } from "../ai-integration/events.js";
import { readSettings } from "../ai-integration/settings.js";
import { usageState } from "../ai-integration/usage.js";
import { sourceLanguage } from "../ai-translation/languages.js";
import { type AddOnContext, callHost } from "../context.js";
import { WRITING } from "../handles.js";
import { footerView } from "../shared/footer.js";
import { failureView, workingView } from "../shared/status.js";
import { AddOnWindow, type OpenWindow } from "../shared/window.js";

export interface DetailsPorts {
  readonly template: () => unknown;
  readonly language: () => string;
  readonly apply: (texts: MetaTexts) => void;
  readonly closed: () => void;
}

export const TONES = [
  "native",
  "informal",
  "persuasive",
  "descriptive",
  "visual",
  "humorous",
  "narrative",
  "formal",
] as const;

/** Beefree's limits; it gives none for a page's title. */
export const LIMITS: Readonly<Partial<Record<MetaField, number>>> = {
  subject: 190,
  preheader: 130,
  description: 190,
};

export function openDetails(
  context: AddOnContext,
  target: HTMLElement,
  fields: readonly MetaField[],
  ports: DetailsPorts,
): OpenWindow {
  let abort: AbortController | undefined;
  let answer: MetadataAnswer | undefined;
  let failure: Sentence | undefined;
  const window = new AddOnWindow({ context, handle: WRITING, draw, closed });
  const tone = h("select", { id: "tone", "data-testid": "tone" });
  const toneLabel = h("label", { for: "tone" });
  const inputs = fields.map((field) => {
    const id = `meta-${field}` as const;
    const input = h("textarea", { id, rows: 2, maxlength: LIMITS[field], "data-testid": id });
    const label = h("label", { for: id });
    const limit = h("p", { class: "note" });
    return { field, input, label, limit, box: h("div", { class: "field" }, label, input, limit) };
  });
  const review = h("div", { class: "form" }, ...inputs.map(({ box }) => box));
  const status = h("div");
  const banner = bannerView(footerSell);
  const apply = h("button", {
    class: "primary",
    type: "button",
    "data-testid": "apply-all",
    onclick: applyAll,
  });
  const footer = footerView(context, window, WRITING, {
    stop: () => abort?.abort(),
    start: () => void run(),
  });
  window.shell.body.append(h("div", { class: "field" }, toneLabel, tone), status, review);
  window.shell.footer.append(banner.element, footer.element);
  footer.element.append(apply);

  function footerSell(): void {
    void footer.sell();
  }

  async function run(): Promise<void> {
    if (abort) return;
    const own = new AbortController();
    abort = own;
    failure = undefined;
    window.shell.say(window.t("working"));
    window.update();
    footer.focus();
    try {
      const template = ports.template();
      const language = ports.language() || sourceLanguage(context.config.current, template);
      const options = { toneOfVoice: tone.value || TONES[0], ...(language ? { language } : {}) };
      const got = await requestMetadata(context.client, { fields, options, template }, own.signal);
      context.info(tokenUsageInfo(got));
      if (Object.keys(got.texts).length === 0) throw answerEmpty();
      answer = got;
      for (const { field, input } of inputs) input.value = got.texts[field] ?? "";
      window.shell.say(window.t("answer-ready", { content: Object.values(got.texts).join(". ") }));
    } catch (error) {
      if (!own.signal.aborted && !isAbort(error)) failure = await context.fail(error);
      window.shell.say(failure ? window.t(failure.key, failure.values) : window.t("stopped"));
    }
    abort = undefined;
    window.update();
    if (answer && !failure) window.focus(apply);
    else footer.focus();
  }

  function applyAll(): void {
    const texts: MetaTexts = {};
    for (const { field, input } of inputs) texts[field] = input.value.trim();
    ports.apply(texts);
    window.close();
  }

  function draw(t: WindowTexts) {
    const settings = readSettings(window.settings);
    if (window.settings.metadataGeneration === false) return undefined;
    const usage = usageState(settings);
    const tokenLabel = settings.tokenLabel ?? t("token-label");
    const { tokensUsed = 0, tokensAvailable = 0 } = settings;
    toneLabel.textContent = t("tone");
    const chosen = tone.value;
    fill(tone, ...TONES.map((word) => h("option", { value: word }, t(`tone-${word}`))));
    tone.value = chosen || TONES[0];
    fill(status, abort ? workingView(t) : failure && failureView(t, failure));
    review.hidden = !answer;
    for (const { field, label, limit } of inputs) {
      label.textContent = t(`meta-${field}`);
      limit.hidden = LIMITS[field] === undefined;
      limit.textContent = t("meta-max", { count: LIMITS[field] ?? 0 });
    }
    banner.update({ t, usage, settings, tokenLabel, upsell: context.config.current.contentDialog?.upsell });
    footer.update(t, {
      running: abort !== undefined,
      startDisabled: usage.inputLocked,
      startLabel: t(answer ? "regenerate" : "generate"),
      secondary: answer !== undefined,
      ...(usage.widget ? { usage: t("token-usage", { tokensUsed, tokensAvailable, tokenLabel }) } : {}),
    });
    apply.hidden = !answer;
    apply.disabled = abort !== undefined;
    apply.textContent = t("meta-apply");
    const email = fields.some((field) => field === "subject" || field === "preheader");
    return {
      title: t(email ? "meta-email" : "meta-page"),
      subtitle: t("meta-subtitle"),
      provider: answer?.provider,
    };
  }

  function closed(): void {
    abort?.abort();
    callHost(ports.closed);
  }

  const opened = window.open(target, tone);
  // The menu entry said "Generate": the first answer is made at once, unless there is no balance for it.
  if (!usageState(readSettings(window.settings)).inputLocked) void run();
  return opened;
}
