// What BeePlugin.create hands out: Beefree's instance methods, mapped to the builder.
// A method it can't do must say so in onWarning by its name, and none may be missing.
import type { BeeToken, LoadConfigOptions } from "@addon-console/ha-addon";
import { Builder } from "./builder.js";
import type { BeeConfig } from "./host-app.js";

interface InLanguage {
  readonly language?: string;
}
export type BeeInstance = ReturnType<typeof createInstance>;

const NOT_HERE = [
  ...["loadRows", "saveRow", "toggleStructure", "toggleComments", "toggleMergeTagsPreview", "showComment"],
  ...["loadWorkspace", "loadStageMode", "join"],
];

export function createInstance(token: BeeToken, config: BeeConfig) {
  const builder: Builder = new Builder(token, config, () => void documents.save());
  const documents = documentMethods(builder);
  const refusing: Record<string, () => void> = {};
  for (const method of NOT_HERE) refusing[method] = () => void builder.host.cannot(method, { method });
  return { ...refusing, ...documents, ...viewMethods(builder), ...settingMethods(builder) };
}

function documentMethods(builder: Builder) {
  const { host } = builder;
  return {
    start(template?: unknown, options: { readonly shared?: boolean } = {}): Promise<void> {
      if (options.shared) host.cannot("start with { shared: true }", { method: "start" });
      return builder.start(template);
    },
    load: (template: unknown): void => builder.load("load", template),
    reload: (template: unknown): void => builder.load("reload", template),
    async save({ language }: InLanguage = {}) {
      const desk = builder.need("save");
      const known = builder.languageFor("save", language);
      if (known === undefined) throw new Error(`save: unknown language ${language}`);
      const { json, version } = desk;
      const data = {
        json,
        html: builder.html(desk, known),
        htmlAmp: null,
        version,
        language: language ?? null,
      };
      host.call("onSave", data.json, data.html, data.htmlAmp, data.version, data.language);
      return { data };
    },
    async saveAsTemplate() {
      const { json, version } = builder.need("saveAsTemplate");
      host.call("onSaveAsTemplate", json, version);
      return { data: { json, version } };
    },
    send({ language }: InLanguage = {}): void {
      const desk = builder.ready("send");
      const known = desk && builder.languageFor("send", language);
      if (desk && known !== undefined) host.call("onSend", builder.html(desk, known));
    },
    async getTemplateJson() {
      const { json, version } = builder.need("getTemplateJson");
      return { data: { json: JSON.parse(json) as unknown, version } };
    },
    translateTemplate: ({ language }: InLanguage) => translated(builder, "translate", language),
    resetTemplateTranslation: ({ language }: InLanguage) => translated(builder, "resetTranslation", language),
  };
}

async function translated(builder: Builder, what: "translate" | "resetTranslation", language = "") {
  const { actions } = builder.need(what === "translate" ? "translateTemplate" : "resetTemplateTranslation");
  const error = await actions[what](language);
  return { language, ...(error ? { error } : {}) };
}

function viewMethods(builder: Builder) {
  const { host } = builder;
  return {
    preview: (): void => builder.ready("preview")?.preview(true),
    togglePreview(): void {
      const desk = builder.ready("togglePreview");
      desk?.preview(!desk.previewing);
    },
    switchPreview({ language }: InLanguage = {}): void {
      const desk = builder.ready("switchPreview");
      desk?.preview(true);
      // Beefree's rule: a language that is not there changes nothing.
      const known = desk?.known(language);
      if (known !== undefined) desk?.actions.show(known);
    },
    switchTemplateLanguage({ language }: InLanguage): void {
      const desk = builder.ready("switchTemplateLanguage");
      const known = desk && builder.languageFor("switchTemplateLanguage", language);
      if (known !== undefined) desk?.actions.show(known);
    },
    async execCommand(command: string, options: { readonly target?: { readonly uuid?: string } } = {}) {
      const desk = builder.need("execCommand");
      const uuid = options.target?.uuid;
      if (command !== "select" || typeof uuid !== "string") {
        host.cannot(`execCommand '${command}' (only select by uuid)`, { method: "execCommand", command });
        return { status: "error" };
      }
      const module = desk.find(uuid);
      if (module) desk.actions.select(module);
      else {
        const message = `Entity at target {"uuid":"${uuid}"} not found`;
        host.fail({ code: 7030, message, detail: { target: { uuid } }, name: "entityNotFound" });
      }
      return { status: module ? "success" : "error" };
    },
  };
}

function settingMethods(builder: Builder) {
  const { host, addon } = builder;
  const config = () => ({ ...host.config, ...addon.config }) as BeeConfig;
  return {
    getConfig: config,
    async loadConfig({ container, ...partial }: BeeConfig, options?: LoadConfigOptions): Promise<BeeConfig> {
      if (container !== undefined) host.cannot("loadConfig with a container", { method: "loadConfig" });
      builder.checkOptions(partial);
      host.merge(partial);
      try {
        await addon.loadConfig(partial, options);
        return config();
      } finally {
        builder.desk?.update();
      }
    },
    updateToken: (token: BeeToken): void => builder.updateToken(token),
    async startMcpSession(): Promise<never> {
      throw new Error(host.cannot("startMcpSession", { method: "startMcpSession" }).message);
    },
  };
}
