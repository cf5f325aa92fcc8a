// The panel as the end user meets it, and what the host app is told meanwhile.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHaAddon, type HaAddonInstance, type HaAddonOptions } from "../src/index.js";
import type { AiModule } from "../src/types/wire.js";
import {
  all,
  answer,
  type Call,
  fakeProxy,
  type Handler,
  json,
  one,
  PROXY,
  SESSION,
  shadow,
  sse,
  until,
} from "./support.js";

const MODULE: AiModule = { uuid: "m1", type: "TITLE", content: "Spring is here", isDefault: false };
let instance: HaAddonInstance;
let calls: Call[];
const infos: unknown[] = [];
const errors: unknown[] = [];
const applied: unknown[] = [];

beforeEach(() => {
  document.body.replaceChildren();
  for (const list of [infos, errors, applied]) list.length = 0;
});
afterEach(() => {
  instance.destroy();
  vi.unstubAllGlobals();
});

async function start(
  text: Handler,
  options: Partial<HaAddonOptions> = {},
  module = MODULE,
): Promise<ShadowRoot> {
  calls = fakeProxy({ "/v1/session": () => json(SESSION), "/v1/ai/text": text });
  instance = createHaAddon({
    proxyUrl: PROXY,
    token: { access_token: "t1", v2: true },
    onInfo: (i) => infos.push(i),
    onError: (e) => errors.push(e),
    ...options,
  });
  await instance.getSession();
  const open = instance.openWritingAssistant(document.body, module, { onApply: (a) => applied.push(a) });
  if (!open) throw new Error("panel did not open");
  return shadow(open.element);
}

function type(root: ShadowRoot, prompt: string): void {
  const input = one<HTMLTextAreaElement>(root, "prompt");
  input.value = prompt;
  input.dispatchEvent(new Event("input"));
}
function generate(root: ShadowRoot, prompt: string): void {
  type(root, prompt);
  one(root, "generate").click();
}
const textCalls = () => calls.filter((c) => c.url.endsWith("/v1/ai/text"));
/** Answers each call with the next prompt id. */
const counting = (content = "Fresh days ahead"): Handler => {
  let n = 0;
  return () => json(answer(`p${++n}`, content));
};

describe("generating", () => {
  it("keeps Generate disabled while empty and while running, and empties the input", async () => {
    let release: (r: Response) => void = () => undefined;
    const root = await start(() => new Promise((r) => (release = r)));
    const button = one<HTMLButtonElement>(root, "generate");
    expect(button.disabled).toBe(true);
    type(root, "   ");
    expect(button.disabled).toBe(true);
    generate(root, "a title");
    expect(one<HTMLTextAreaElement>(root, "prompt").value).toBe("");
    type(root, "the next one");
    expect(button.disabled).toBe(true);
    expect(root.querySelector("[role=status]")?.textContent).toBe("Working on it");
    release(json(answer("p1", "Hello")));
    await until(() => expect(one(root, "answer").textContent).toBe("Hello"));
    expect(button.disabled).toBe(false);
  });

  it("sends exactly the contract's body, with history", async () => {
    const root = await start(counting("Hello"), { language: "en-US" });
    generate(root, "first");
    await until(() => expect(all(root, "answer")).toHaveLength(1));
    generate(root, "second");
    await until(() => expect(all(root, "answer")).toHaveLength(2));
    expect(textCalls()[1]?.body).toEqual({
      handle: "ai-integration",
      module: MODULE,
      prompt: "second",
      history: [{ promptId: "p1", prompt: "first", content: "Hello" }],
      language: "en-US",
    });
  });

  it("raises onInfo 1000 in Beefree's exact shape", async () => {
    const root = await start(counting());
    generate(root, "x");
    await until(() => expect(infos).toHaveLength(1));
    expect(infos[0]).toEqual({
      code: 1000,
      message: "Token usage for addon handle: ai-integration",
      detail: {
        handle: "ai-integration",
        promptId: "p1",
        usage: { prompt_tokens: 20, completion_tokens: 41, total_tokens: 61, uid: "user-1" },
      },
    });
  });

  it("regenerates with the older prompt's id and its answer along, as a new answer", async () => {
    const root = await start(counting());
    generate(root, "x");
    await until(() => expect(all(root, "answer")).toHaveLength(1));
    one(root, "regenerate").click();
    await until(() => expect(all(root, "answer")).toHaveLength(2));
    expect(textCalls()[1]?.body).toMatchObject({
      prompt: "x",
      regenerateOf: "p1",
      history: [{ promptId: "p1", prompt: "x" }],
    });
    expect(infos.map((i) => (i as { detail: { promptId: string } }).detail.promptId)).toEqual(["p1", "p2"]);
  });

  it("shows words as they come when streaming, and the finished answer at the end", async () => {
    const done = JSON.stringify(answer("p1", "One two"));
    const source = `event: delta\ndata: {"text":"One "}\n\nevent: done\ndata: ${done}\n\n`;
    const root = await start(() => sse(source), { stream: true });
    generate(root, "x");
    await until(() => expect(one(root, "answer").textContent).toBe("One two"));
  });

  it("stops: the request is aborted, no error is raised", async () => {
    const root = await start(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        }),
    );
    generate(root, "x");
    one(root, "stop").click();
    await until(() => expect(root.querySelector('[data-state="stopped"]')).not.toBeNull());
    expect(textCalls()[0]?.signal?.aborted).toBe(true);
    expect(errors).toEqual([]);
    expect(all(root, "stop")).toEqual([]);
  });
});

describe("applying", () => {
  it("raises 1001 and tells the host once per click, and stays open", async () => {
    const root = await start(counting());
    generate(root, "x");
    await until(() => expect(all(root, "answer")).toHaveLength(1));
    const heard: unknown[] = [];
    document.body.addEventListener("apply", (e) => heard.push((e as CustomEvent).detail));
    one(root, "apply").click();
    const detail = { moduleId: "m1", promptId: "p1", content: "Fresh days ahead" };
    expect(applied).toEqual([detail]);
    expect(heard).toEqual([detail]);
    expect(infos.slice(1)).toEqual([
      {
        code: 1001,
        message: "Prompt 'p1' has been applied",
        detail: { handle: "ai-integration", promptId: "p1", moduleId: "m1", content: "Fresh days ahead" },
      },
    ]);
    one(root, "apply").click();
    expect(applied).toHaveLength(2);
    expect(infos).toHaveLength(3);
    expect(document.querySelector("ha-addon")).not.toBeNull();
  });

  it("keeps older answers applicable, also with the input locked", async () => {
    const root = await start(counting());
    generate(root, "x");
    await until(() => expect(all(root, "answer")).toHaveLength(1));
    await instance.loadConfig({ addOns: [{ id: "ai-integration", settings: { isPromptDisabled: true } }] });
    expect(one<HTMLTextAreaElement>(root, "prompt").disabled).toBe(true);
    one(root, "apply").click();
    expect(applied).toHaveLength(1);
  });

  it("never renders what the provider sent as HTML", async () => {
    const evil = '<img src=x onerror="alert(1)"><b>bold</b>';
    const root = await start(counting(evil));
    generate(root, evil);
    await until(() => expect(one(root, "answer").textContent).toBe(evil));
    expect(root.querySelector("img, b")).toBeNull();
    one(root, "apply").click();
    expect(root.querySelector("img, b")).toBeNull();
    expect(applied).toMatchObject([{ content: evil }]);
  });
});

describe("failing", () => {
  const REJECTED = {
    code: 9900,
    message: "raw",
    detail: { provider: "x" },
    status_code: 502,
    cause: "key-rejected",
  };

  it("shows Beefree's words plus the cause, raises onError, gives the prompt back", async () => {
    const root = await start(() => json(REJECTED, 502, { "x-addon-console-error": "upstream" }));
    generate(root, "my prompt");
    await until(() =>
      expect(one(root, "error-title").textContent).toBe("AI assistant is currently unavailable."),
    );
    expect(one(root, "error-title").parentElement?.textContent).toContain("Please try again later.");
    expect(one(root, "error-detail").textContent).toContain("refused the API key");
    expect(one<HTMLTextAreaElement>(root, "prompt").value).toBe("my prompt");
    expect(errors).toEqual([
      {
        code: 9900,
        message: "raw",
        detail: { provider: "x" },
        name: "key-rejected",
        data: { cause: "key-rejected", status: 502, from: "upstream" },
      },
    ]);
    expect(infos).toEqual([]);
  });

  it("has a sentence for a cause nobody knows yet", async () => {
    const root = await start(() => json({ ...REJECTED, cause: "moon-phase" }, 500));
    generate(root, "x");
    await until(() => expect(one(root, "error-detail").textContent).toContain("activity list"));
  });

  it("tells how long to wait", async () => {
    const root = await start(() => json({ ...REJECTED, cause: "rate-limited" }, 429, { "retry-after": "7" }));
    generate(root, "x");
    await until(() => expect(one(root, "error-detail").textContent).toContain("7 seconds"));
  });

  it("says why the proxy can't be reached", async () => {
    const root = await start(() => Promise.reject(new TypeError("Failed to fetch")));
    generate(root, "x");
    await until(() => expect(one(root, "error-detail").textContent).toContain(PROXY));
    expect(errors).toMatchObject([{ code: 9900, message: "A generic network error occurred." }]);
  });

  it("counts an empty answer, but does not offer to apply it", async () => {
    const root = await start(counting("  "));
    generate(root, "x");
    await until(() => expect(one(root, "error-detail").textContent).toContain("empty answer"));
    expect(infos).toHaveLength(1);
    expect(all(root, "apply")).toEqual([]);
  });
});

describe("the frame", () => {
  it("offers suggestions only for real content", async () => {
    const root = await start(counting());
    const buttons = () => [...root.querySelectorAll(".popup:not([hidden]) button")];
    const input = one(root, "prompt");
    expect(buttons()).toEqual([]);
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" }));
    expect(buttons()).toHaveLength(8);
    (buttons()[3] as HTMLElement).click();
    expect(one<HTMLTextAreaElement>(root, "prompt").value).toBe("Make it [tone] without changing the format");
    instance.destroy();
    const empty = await start(counting(), {}, { ...MODULE, uuid: "m2", isDefault: true });
    one(empty, "prompt").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" }));
    expect(empty.querySelector(".popup:not([hidden])")).toBeNull();
    expect(empty.querySelector(".pinned:not([hidden])")).toBeNull();
  });

  it("closes on Escape and gives focus back", async () => {
    const root = await start(counting());
    const button = document.createElement("button");
    document.body.append(button);
    instance.closePanel();
    button.focus();
    const open = instance.openWritingAssistant(document.body, MODULE);
    expect(root).not.toBe(open?.element.shadowRoot);
    shadow(open?.element as Element)
      .querySelector("[role=dialog]")
      ?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(document.querySelector("ha-addon")).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it("keeps the conversation when closed and opened again; a new topic drops text and answers", async () => {
    const root = await start(counting());
    generate(root, "x");
    await until(() => expect(all(root, "answer")).toHaveLength(1));
    const again = shadow(instance.openWritingAssistant(document.body, MODULE)?.element as Element);
    expect(all(again, "answer")).toHaveLength(1);
    (again.querySelector(".pinned .link") as HTMLElement).click();
    expect(all(again, "answer")).toHaveLength(0);
    generate(again, "other");
    await until(() => expect(all(again, "answer")).toHaveLength(1));
    expect(textCalls()[1]?.body).toMatchObject({ module: { content: "", isDefault: true }, history: [] });
  });

  it("shows usage and banners, and waits for the host's dialog", async () => {
    let finish: (c: object) => void = () => undefined;
    const root = await start(counting(), {
      addOns: [
        {
          id: "ai-integration",
          settings: { tokensUsed: 9, tokensAvailable: 9, tokenLabel: "coins", isUpsellEnabled: true },
        },
      ],
      contentDialog: { upsell: { label: "Get coins", handler: (resolve) => (finish = resolve) } },
    });
    expect(one(root, "usage").textContent).toBe("9/9 coins");
    expect(one(root, "upsell-banner").textContent).toBe("You're out of coins. Get coins to continue.");
    one(root, "upsell-cta").click();
    expect(root.querySelector<HTMLElement>(".body")?.inert).toBe(true);
    finish({ addOns: [{ id: "ai-integration", settings: { tokensAvailable: 99 } }] });
    await until(() => expect(root.querySelector<HTMLElement>(".body")?.inert).toBe(false));
    expect(one(root, "usage").textContent).toBe("9/99 coins");
    expect(all(root, "upsell-banner")).toEqual([]);
  });

  it("hides and locks the button live", async () => {
    await start(counting());
    const mounted = instance.mountWritingAssistant(document.body, { module: () => MODULE });
    const root = shadow(mounted.element);
    expect(one(root, "write-with-ai").textContent).toBe("Write with AI");
    const locked = { content: { title: { properties: { aiIntegration: { locked: true } } } } };
    await instance.loadConfig({ advancedPermissions: locked });
    expect(one<HTMLButtonElement>(root, "write-with-ai").disabled).toBe(true);
    instance.loadConfig({ addOns: [{ id: "ai-integration", enabled: false }] });
    await until(() => expect(all(root, "write-with-ai")).toEqual([]));
    expect(document.querySelectorAll("ha-addon")).toHaveLength(1);
  });

  it("is marked as sandbox where the sandbox answers", async () => {
    const root = await start(counting());
    expect(one(root, "sandbox-badge").textContent).toBe("Sandbox");
  });
});
