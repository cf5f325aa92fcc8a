// One builder in one container, from BeePlugin.create to the next one there: session, template, editor.
// It must work with what the host gives, and tell the host what it can't work with.
import { type BeeToken, createHaAddon, type HaAddonInstance } from "@addon-console/ha-addon";
import { texts } from "../i18n/texts.js";
import type { Template } from "../template/types.js";
import { Desk, languageOf } from "./desk.js";
import { readTemplate } from "./document.js";
import { type BeeConfig, HostApp, ignored } from "./host-app.js";
import { openSurface, type Surface } from "./surface.js";

export class Builder {
  readonly host: HostApp;
  readonly addon: HaAddonInstance;
  desk: Desk | undefined;
  /** What start was given; kept until the session is there. */
  #waiting: Template | undefined;
  #failed = false;
  #autosave: ReturnType<typeof setInterval> | undefined;
  #toldHtml = false;
  readonly #surface: Surface;
  readonly #gone = new AbortController();

  constructor(
    token: BeeToken,
    config: BeeConfig,
    private readonly save: () => void,
  ) {
    this.host = new HostApp(
      config,
      () => this.desk?.json ?? (this.#waiting && JSON.stringify(this.#waiting)),
    );
    const surface = openSurface(config.container, () => this.#leave());
    if (!surface) throw this.#noContainer(config.container);
    this.#surface = surface;
    this.addon = createHaAddon({
      ...config,
      token,
      onInfo: (info) => this.host.call("onInfo", info),
      onWarning: (warning) => this.host.warn(warning),
      onError: (error) => this.host.fail(error),
    });
    this.checkOptions(config);
    const { signal } = this.#gone;
    window.addEventListener("focus", () => this.desk?.actions.checkSession(), { signal });
  }

  checkOptions(given: BeeConfig): void {
    const options = ignored(given);
    if (options.length > 0) this.host.cannot(`options ${options.join(", ")}`, { options });
  }

  async start(given?: unknown): Promise<void> {
    const template = this.#read(given);
    if (!template || this.#gone.signal.aborted) return;
    this.#waiting = template;
    this.#failed = false;
    try {
      const session = await this.addon.getSession();
      if (this.#gone.signal.aborted) return;
      this.desk = new Desk(this.host, this.addon, session, template, this.save);
    } catch (error) {
      // onError was told by the SDK.
      this.#failed = true;
      this.#surface.fail(texts(languageOf(this.addon.config as BeeConfig)), (error as Error).message);
      return;
    }
    this.#waiting = undefined;
    this.#surface.show(this.desk.element);
    this.#saveBySteps();
    this.host.call("onLoad", JSON.parse(this.desk.json));
    this.host.call("onStart");
  }

  load(method: string, given: unknown): void {
    const desk = this.ready(method);
    const template = desk && this.#read(given);
    if (!template) return;
    desk.load(template);
    this.host.call("onLoad", JSON.parse(desk.json));
  }

  /** A session that could not be opened is tried again. */
  updateToken(token: BeeToken): void {
    this.addon.updateToken(token);
    if (this.#failed) void this.start(this.#waiting);
  }

  /** The editor; or a warning that it has none yet, in Beefree's words. */
  ready(method: string): Desk | undefined {
    if (this.desk) return this.desk;
    const message = `Cannot execute ${method} during the template Loading`;
    const code = method === "save" ? 1000 : 1703;
    this.host.warn({ code, message, detail: message, name: "template-loading" });
    return undefined;
  }

  /** The same for methods that give a promise. */
  need(method: string): Desk {
    const desk = this.ready(method);
    if (!desk) throw new Error(`${method}: the template is still loading`);
    return desk;
  }

  /** What stands for a language in the editor's state; undefined, and an error, if it is not offered. */
  languageFor(method: string, language: string | undefined): string | undefined {
    const known = this.desk?.known(language);
    if (known === undefined) {
      const message = `${method}: '${language}' is none of the template's languages`;
      this.host.fail({ code: 9999, message, detail: { language }, name: "language-unknown" });
    }
    return known;
  }

  html(desk: Desk, language: string): string {
    if (!this.#toldHtml)
      this.host.cannot("HTML for mail programs (save and send give a sketch)", { method: "save" });
    this.#toldHtml = true;
    return desk.html(language);
  }

  #read(given: unknown): Template | undefined {
    const template = readTemplate(given);
    const message = "The template is malformed and cannot be loaded. Check it and try again.";
    if (!template) this.host.fail({ code: 1100, message, detail: message, name: "template-malformed" });
    return template;
  }

  #saveBySteps(): void {
    clearInterval(this.#autosave);
    const seconds = this.host.config.autosave ?? 0;
    if (seconds <= 0) return;
    this.#autosave = setInterval(
      () => this.desk && this.host.call("onAutoSave", this.desk.json),
      seconds * 1000,
    );
  }

  #noContainer(container: unknown): Error {
    const message = `BeePlugin.create: the page has no container ${JSON.stringify(container)}`;
    this.host.fail({ code: 9999, message, detail: message, name: "container-missing" });
    return new Error(message);
  }

  #leave(): void {
    this.#gone.abort();
    clearInterval(this.#autosave);
    this.addon.destroy();
    this.desk = undefined;
  }
}
