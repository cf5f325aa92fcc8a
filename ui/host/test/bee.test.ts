// The stand-in for Beefree's plugin, called as @beefree.io/sdk calls it: methods, callbacks, what it says it can't do.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeProxy, json, PROXY, SESSION, until } from "../../addon/test/support.js";
import { patches } from "../src/bee/changes.js";
import { readTemplate } from "../src/bee/document.js";
import { type BeeConfig, ignored } from "../src/bee/host-app.js";
import type { BeeInstance } from "../src/bee/instance.js";
import { create } from "../src/bee/plugin.js";
import { newsletter } from "../src/template/newsletter.js";
import { modulesOf } from "../src/template/types.js";

const TOKEN = { access_token: "t1", v2: true };
const TITLE = "5eed0000-0003-4000-8000-000000000002";
const IT = { value: "it-IT", label: "Italiano" };

interface Told {
  readonly name: string;
  readonly args: readonly unknown[];
}
const told: Told[] = [];
const of = (name: string) => told.filter((one) => one.name === name).map((one) => one.args);
const codes = (name: string) => of(name).map(([problem]) => (problem as { code: number }).code);

async function open(extra: Partial<BeeConfig> = {}, template: unknown = newsletter("en")) {
  document.body.innerHTML = '<div id="bee"></div>';
  const names = ["onInfo", "onWarning", "onError", "onLoad", "onStart", "onChange", "onSave", "onSend"];
  names.push("onSaveAsTemplate", "onTemplateLanguageChange", "onTogglePreview", "onViewChange", "onPreview");
  const callbacks = Object.fromEntries(
    names.map((name) => [name, (...args: unknown[]) => void told.push({ name, args })]),
  );
  const config: BeeConfig = { container: "bee", uid: "user-1", proxyUrl: PROXY, ...callbacks, ...extra };
  const instance = await new Promise<BeeInstance>((done) => create(TOKEN, config, done));
  await instance.start(template);
  const root = document.querySelector('[data-testid="bee-stand-in"]')?.shadowRoot;
  if (!root) throw new Error("no stand-in");
  const one = <E extends HTMLElement>(id: string) => root.querySelector<E>(`[data-testid="${id}"]`) as E;
  const pick = (uuid: string) => one(`module-${uuid}`).querySelector("button")?.click();
  const type = (text: string) => {
    const input = root.querySelector("textarea") as HTMLTextAreaElement;
    input.value = text;
    input.dispatchEvent(new Event("input"));
  };
  return { instance, root, one, pick, type };
}

beforeEach(() => {
  told.length = 0;
  fakeProxy({ "/v1/session": () => json(SESSION) });
});
afterEach(() => vi.unstubAllGlobals());

describe("the template", () => {
  it("comes out as it went in, and the host's own object is never touched", async () => {
    const given = newsletter("en");
    const before = JSON.stringify(given);
    const { instance, pick, type } = await open({ trackChanges: true }, given);
    expect(of("onLoad")).toEqual([[JSON.parse(before)]]);
    expect(of("onStart")).toHaveLength(1);
    expect((await instance.getTemplateJson()).data).toEqual({ json: JSON.parse(before), version: 1 });
    pick(TITLE);
    type("Bread & <salt>");
    expect(JSON.stringify(given)).toBe(before);
    const { data } = await instance.save();
    expect(of("onSave")).toEqual([[data.json, data.html, null, 2, null]]);
    expect(data.html).toContain("Bread &amp; &lt;salt&gt;");
    const [changed] = of("onChange");
    expect(changed?.[0]).toBe(data.json);
    expect(changed?.[1]).toEqual({
      code: "0123",
      description: "Title: Text",
      value: "Bread &amp; &lt;salt&gt;",
      patches: [
        {
          op: "replace",
          path: "/page/rows/1/columns/0/modules/0/descriptor/heading/text",
          value: "Bread &amp; &lt;salt&gt;",
        },
      ],
    });
    expect(changed?.[2]).toBe(2);
  });

  it("is not told of without trackChanges", async () => {
    const { pick, type } = await open();
    pick(TITLE);
    type("Other");
    expect(of("onChange")).toEqual([]);
  });

  it.each(["{", "[]", '{"page":{}}', { page: { rows: [{}], body: { content: {} } } }])(
    "that is none is refused with 1100: %j",
    async (given) => {
      document.body.innerHTML = '<div id="bee"></div>';
      const onError = vi.fn();
      const instance = await new Promise<BeeInstance>((done) =>
        create(TOKEN, { container: "bee", proxyUrl: PROXY, onError }, done),
      );
      await instance.start(given);
      expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 1100 }));
    },
  );

  it("is read from text too, with a byte order mark, and old blocks get an id", () => {
    const old = structuredClone(newsletter("en"));
    for (const module of modulesOf(old)) Object.assign(module, { uuid: undefined });
    const read = readTemplate(`\uFEFF${JSON.stringify(old)}`);
    const ids = [...modulesOf(read as NonNullable<typeof read>)].map((module) => module.uuid);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe("what it can't do", () => {
  it("is told in onWarning, naming the method", async () => {
    const { instance } = await open();
    const methods = ["loadRows", "saveRow", "toggleStructure", "toggleComments", "toggleMergeTagsPreview"];
    methods.push("showComment", "loadWorkspace", "loadStageMode", "join");
    for (const method of methods) {
      told.length = 0;
      (instance as unknown as Record<string, () => void>)[method]?.();
      expect(of("onWarning"), method).toEqual([[expect.objectContaining({ code: 9999, data: { method } })]]);
      expect(JSON.stringify(of("onWarning"))).toContain(`"message":"${method}`);
    }
    await expect(instance.startMcpSession()).rejects.toThrow("startMcpSession");
  });

  it("is told of options, once and by name", async () => {
    await open({ customCss: "x.css", hooks: { getMentions: {} } as never, startOrigin: "[npm]" });
    expect(of("onWarning")).toEqual([
      [expect.objectContaining({ data: { options: ["customCss", "hooks.getMentions"] } })],
    ]);
    expect(ignored({ container: "x", addOns: [], contentDialog: { upsell: {} as never } })).toEqual([]);
  });

  it("stands on the console where the host has no callback", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await open({ onWarning: undefined, commenting: true });
    expect(warn).toHaveBeenCalledWith("BeePlugin.js:", expect.objectContaining({ name: "not-in-stand-in" }));
    warn.mockRestore();
  });

  it("fails loudly without a container", () => {
    const onError = vi.fn();
    expect(() => create(TOKEN, { container: "none", onError }, () => undefined)).toThrow("no container");
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ name: "container-missing" }));
  });
});

describe("a session", () => {
  it("that is over tells 5101 with the template, and updateToken starts it", async () => {
    const over = { code: 4010, message: "Authentication error", detail: "Token expired", status_code: 401 };
    const gone = { ...over, code: 5101, cause: "session-over" };
    const calls = fakeProxy({
      "/v1/session": ({ bearer }) => (bearer === "t2" ? json(SESSION) : json(over, 401)),
      "/refreshV2": () => json(gone, 401),
    });
    const { instance, root, one } = await open();
    expect(codes("onError")).toEqual([5101]);
    const [error] = of("onError")[0] as [{ template: string; detail: { template: string } }];
    expect(JSON.parse(error.template)).toEqual(newsletter("en"));
    expect(error.detail.template).toBe(error.template);
    expect(root.querySelector('[role="alert"]')?.textContent).toContain("Session over");
    expect(of("onLoad")).toEqual([]);
    instance.updateToken({ access_token: "t2", v2: true });
    await until(() => expect(of("onLoad")).toHaveLength(1));
    expect(one("stage")).not.toBeNull();
    expect(calls.at(-1)?.bearer).toBe("t2");
  });

  it("that is not there yet: save warns with 1000 and rejects, load with 1703", async () => {
    document.body.innerHTML = '<div id="bee"></div>';
    const onWarning = vi.fn();
    const config = { container: "bee", proxyUrl: PROXY, onWarning };
    const instance = await new Promise<BeeInstance>((done) => create(TOKEN, config, done));
    await expect(instance.save()).rejects.toThrow("still loading");
    instance.load(newsletter("en"));
    expect(onWarning.mock.calls.map(([warning]) => warning.code)).toEqual([1000, 1703]);
  });

  it("gives way to the next one in the same container", async () => {
    const first = await open();
    const container = document.querySelector("#bee") as HTMLElement;
    const second = await new Promise<BeeInstance>((done) =>
      create(TOKEN, { container, proxyUrl: PROXY }, done),
    );
    await second.start(newsletter("it"));
    expect(container.children).toHaveLength(1);
    await expect(first.instance.save()).rejects.toThrow();
  });
});

describe("languages, previews and settings", () => {
  it("switches, tells, and refuses what is not offered", async () => {
    const { instance } = await open({
      templateLanguage: { value: "en-US", label: "English" },
      templateLanguages: [IT],
    });
    instance.switchTemplateLanguage({ language: "it-IT" });
    expect(of("onTemplateLanguageChange")).toEqual([[{ ...IT, isMain: false }]]);
    instance.switchTemplateLanguage({ language: "fr-FR" });
    expect(codes("onError")).toEqual([9999]);
    await expect(instance.save({ language: "fr-FR" })).rejects.toThrow("fr-FR");
    expect((await instance.save({ language: "it-IT" })).data.language).toBe("it-IT");
    instance.send();
    expect(String(of("onSend")[0]?.[0])).toMatch(/^<!doctype html><html lang="en-US">/);
    // Once, not at every save: the HTML is a sketch.
    expect(of("onWarning")).toHaveLength(1);
  });

  it("gives a failed translation as Beefree does, in the promise", async () => {
    const refused = { code: 6150, message: "Validation Error", detail: "x", status_code: 400 };
    fakeProxy({
      "/v1/session": () => json(SESSION),
      "/v1/ai/translate": () => json(refused, 400),
    });
    const { instance } = await open({ templateLanguages: [IT] });
    expect(await instance.translateTemplate({ language: "it-IT" })).toEqual({
      language: "it-IT",
      error: expect.objectContaining({ code: 6150 }),
    });
    expect(await instance.resetTemplateTranslation({ language: "it-IT" })).toEqual({ language: "it-IT" });
  });

  it("previews by method and by button", async () => {
    const { instance, one } = await open();
    instance.togglePreview();
    expect(of("onTogglePreview")).toEqual([[true]]);
    expect(of("onViewChange")).toEqual([["preview"]]);
    one("bee-preview").click();
    expect(of("onPreview")).toEqual([[false]]);
    expect(of("onViewChange").at(-1)).toEqual(["editor"]);
  });

  it("selects by uuid, and says 7030 where there is none", async () => {
    const onSelectElement = vi.fn();
    const { instance } = await open({ onSelectElement });
    expect(await instance.execCommand("select", { target: { uuid: TITLE } })).toEqual({ status: "success" });
    expect(onSelectElement).toHaveBeenCalledWith({ type: "module", uuid: TITLE });
    expect(await instance.execCommand("select", { target: { uuid: "x" } })).toEqual({ status: "error" });
    expect(codes("onError")).toEqual([7030]);
  });

  it("takes a new configuration live: language, callbacks, what getConfig gives", async () => {
    const { instance, one } = await open();
    expect(one("bee-save").textContent).toBe("Save");
    const onSave = vi.fn();
    const config = await instance.loadConfig({ language: "it-IT", onSave });
    expect(config.uid).toBe("user-1");
    expect(instance.getConfig().language).toBe("it-IT");
    expect(one("bee-save").textContent).toBe("Salva");
    one("bee-save").click();
    await until(() => expect(onSave).toHaveBeenCalledOnce());
    expect(of("onSave")).toEqual([]);
  });
});

it("patches follow RFC 6902", () => {
  const before = { a: [1, { "x/y": 1 }], gone: 1, same: null };
  const after = { a: [1, { "x/y": 2 }], came: [], same: null };
  expect(patches(before, after)).toEqual([
    { op: "replace", path: "/a/1/x~1y", value: 2 },
    { op: "remove", path: "/gone" },
    { op: "add", path: "/came", value: [] },
  ]);
  expect(patches([1], [1, 2])).toEqual([{ op: "replace", path: "", value: [1, 2] }]);
});
