// AI translation (our handle: `ai-translation`): a template into one language at a time, and back.
// It must never lose a language: while one translation runs, no other may start from an older template.
import { ask } from "../../client/ask.js";
import { asAddonError } from "../../client/errors.js";
import { isRecord } from "../../client/json.js";
import { addOnState } from "../../config/permissions.js";
import type { AddOnContext, AddOnModule } from "../context.js";
import { TRANSLATION } from "../handles.js";
import { translationError } from "./errors.js";
import { sourceLanguage, withoutLanguage } from "./languages.js";

export interface TranslateOptions {
  /** Such as "it-IT". */
  readonly language: string;
}

export interface Translation {
  translate<T>(template: T, options: TranslateOptions): Promise<T>;
  reset<T>(template: T, options: TranslateOptions): Promise<T>;
  destroy(): void;
}

interface Running {
  readonly template: unknown;
  readonly language: string;
  readonly result: Promise<unknown>;
}

function create(context: AddOnContext): Translation {
  let running: Running | undefined;
  const abort = new AbortController();

  async function send(template: unknown, language: string): Promise<unknown> {
    const config = context.config.current;
    const source = sourceLanguage(config, template);
    if (
      !addOnState(TRANSLATION, config, context.session()).enabled ||
      config.templateLanguageAutoTranslation === false
    )
      throw translationError(6050, "addon-disabled", "automatic translation is off");
    if (!source || !language)
      throw translationError(6100, "body-invalid", "'sourceLanguage' and 'targetLanguage' must be defined");
    if (source === language)
      throw translationError(6150, "language-unsupported", `${language} is the template's own language`);
    const known = config.templateLanguages;
    if (known && !known.some(({ value }) => value === language))
      throw translationError(6150, "language-unsupported", `${language} is not one of templateLanguages`);
    const body = { sourceLanguage: source, targetLanguage: language, template };
    const reply = await ask(context.client, "/v1/ai/translate", body, { signal: abort.signal });
    if (!isRecord(reply.template))
      throw translationError(6250, "reply-invalid", "the reply holds no template");
    return reply.template;
  }

  async function report(error: unknown): Promise<never> {
    if (!abort.signal.aborted) await context.fail(error);
    throw asAddonError(error);
  }

  function translate<T>(template: T, { language }: TranslateOptions): Promise<T> {
    if (running) {
      // The same wish twice, such as a double click: one request, one result.
      if (running.template === template && running.language === language) return running.result as Promise<T>;
      return report(
        translationError(6100, "translation-running", `still translating into ${running.language}`),
      );
    }
    const result = send(template, language)
      .finally(() => {
        running = undefined;
      })
      .catch(report);
    running = { template, language, result };
    return result as Promise<T>;
  }

  function reset<T>(template: T, { language }: TranslateOptions): Promise<T> {
    // What comes back from the running translation would undo the reset, or be undone by it.
    if (running) return report(translationError(6100, "translation-running", "still translating"));
    return Promise.resolve(withoutLanguage(template, language));
  }

  return { translate, reset, destroy: () => abort.abort() };
}

export const translation: AddOnModule<Translation> = { handle: TRANSLATION, create };
