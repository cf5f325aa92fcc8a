// The Co-Pilot: the protocol, seeds, Stop, failures, and what the host hears.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readMessages, textOf } from "../src/addons/ai-agent/messages.js";
import type { HaAddonInstance, HaAddonOptions } from "../src/index.js";
import {
  all,
  type Handler,
  json,
  one,
  panel,
  REJECTED,
  SANDBOX,
  shadow,
  sse,
  startHost,
  until,
} from "./support.js";

const PATH = "/v1/agent/chat";
const SEED = [{ id: "s1", role: "assistant", parts: [{ type: "text", text: "Hello!" }] }];
const data = (...list: unknown[]) =>
  list.map((one) => `data: ${typeof one === "string" ? one : JSON.stringify(one)}\n\n`).join("");
const head = [
  { type: "start", messageId: "a1" },
  { type: "text-start", id: "0" },
];
const words = (text: string) => ({ type: "text-delta", id: "0", delta: text });
const finish = { type: "finish", messageMetadata: { usage: { total_tokens: 61 }, provider: SANDBOX } };
const answer = (...pieces: string[]) =>
  sse(data(...head, ...pieces.map(words), { type: "text-end", id: "0" }, finish, "[DONE]"));

let addon: HaAddonInstance;
beforeEach(() => document.body.replaceChildren());
afterEach(() => {
  addon?.destroy();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function start(reply: Handler, settings: object = {}, options: Partial<HaAddonOptions> = {}) {
  const host = await startHost(
    { [PATH]: reply },
    { addOns: [{ id: "ai-agent", settings: { ...settings } }], ...options },
  );
  addon = host.addon;
  const closed = vi.fn();
  const mounted = addon.mountCoPilot(document.body, { template: () => ({ page: {} }), onClose: closed });
  const open = async () => {
    one(shadow(mounted.element), "co-pilot").click();
    await until(() => one(panel(), "agent-input"));
    return panel();
  };
  return { ...host, root: await open(), open, mounted, closed };
}

function ask(root: ShadowRoot, text: string): void {
  const input = one<HTMLTextAreaElement>(root, "agent-input");
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  one(root, "generate").click();
}
const answers = (root: ShadowRoot) =>
  all(root, "agent-assistant").map((c) => c.querySelector(".answer")?.textContent);
const lastDetail = (infos: unknown[]) => (infos.at(-1) as { detail: { messages: object[] } }).detail.messages;

describe("a turn", () => {
  it("sends the contract's body, joins the pieces, reports 1010 once", async () => {
    const { root, sent, infos } = await start(() => answer("One ", "two"), { systemPrompt: "Be brief" });
    ask(root, " What now? ");
    await until(() => expect(infos).toHaveLength(1));
    expect(answers(root)).toEqual(["One two"]);
    const user = { id: expect.any(String), role: "user", parts: [{ type: "text", text: "What now?" }] };
    expect(sent(PATH)[0]?.body).toEqual({
      messages: [user],
      systemPrompt: "Be brief",
      template: { page: {} },
    });
    expect(infos).toEqual([
      {
        code: 1010,
        message: "Messages changed for addon handle: ai-agent",
        detail: {
          handle: "ai-agent",
          messages: [
            user,
            {
              id: "a1",
              role: "assistant",
              parts: [{ type: "text", text: "One two" }],
              metadata: finish.messageMetadata,
            },
          ],
        },
      },
    ]);
    expect(root.querySelector("[role=status]")?.textContent).toBe("Answer: One two");
  });

  it("carries the whole chat along", async () => {
    const { root, sent, infos } = await start(() => answer("Yes"), { initialMessages: SEED });
    expect(answers(root)).toEqual(["Hello!"]);
    // The seed is the host's own: no event for it.
    expect(infos).toEqual([]);
    ask(root, "One");
    await until(() => expect(infos).toHaveLength(1));
    ask(root, "Two");
    await until(() => expect(infos).toHaveLength(2));
    const roles = ["assistant", "user", "assistant", "user"].map((role) => ({ role }));
    expect(sent(PATH)[1]?.body).toMatchObject({ messages: roles });
    expect(lastDetail(infos)).toHaveLength(5);
    expect(lastDetail(infos.slice(0, 1))).toHaveLength(3);
  });

  it("skips parts it does not know", async () => {
    const { root, infos } = await start(() =>
      sse(data(...head, { type: "reasoning-delta", id: "r", delta: "hm" }, words("Yes"), finish, "[DONE]")),
    );
    ask(root, "x");
    await until(() => expect(infos).toHaveLength(1));
    expect(answers(root)).toEqual(["Yes"]);
  });

  it("never renders an answer as HTML", async () => {
    const evil = '<img src=x onerror="alert(1)">';
    const { root, infos } = await start(() => answer(evil));
    ask(root, evil);
    await until(() => expect(infos).toHaveLength(1));
    expect(answers(root)).toEqual([evil]);
    expect(root.querySelector("img")).toBeNull();
  });

  it("sends with Enter, breaks the line with Shift+Enter", async () => {
    const { root, sent } = await start(() => answer("Yes"));
    const input = one<HTMLTextAreaElement>(root, "agent-input");
    input.value = "x";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", shiftKey: true, bubbles: true }));
    expect(sent(PATH)).toEqual([]);
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await until(() => expect(answers(root)).toEqual(["Yes"]));
  });

  it("shows the host's loading phrases in turn", async () => {
    const { root } = await start(() => new Promise(() => undefined), {
      loadingPhrases: ["Reading", "Thinking"],
    });
    ask(root, "x");
    expect(root.querySelector(".working")?.textContent).toBe("Reading");
    await addon.loadConfig({ addOns: [{ id: "ai-agent", settings: { loadingPhrases: [] } }] });
    expect(root.querySelector(".working")?.textContent).toBe("Working on it");
  });
});

describe("stopping and closing", () => {
  /** An answer that begins and then hangs until it is aborted. */
  const hanging: Handler = ({ signal }) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(data(...head, words("Half an"))));
        signal?.addEventListener("abort", () => controller.error(new DOMException("", "AbortError")));
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };

  it("keeps half an answer on Stop, reports it, and can ask again", async () => {
    let n = 0;
    const { root, infos, errors, sent } = await start((call) =>
      n++ === 0 ? hanging(call) : answer("Whole"),
    );
    ask(root, "x");
    await until(() => expect(answers(root)).toEqual(["Half an"]));
    expect(infos).toEqual([]);
    one(root, "stop").click();
    await until(() => expect(infos).toMatchObject([{ code: 1010 }]));
    expect(lastDetail(infos)).toMatchObject([{ role: "user" }, { parts: [{ text: "Half an" }] }]);
    expect(errors).toEqual([]);
    one(root, "agent-retry").click();
    await until(() => expect(answers(root)).toEqual(["Whole"]));
    expect(sent(PATH)[1]?.body).toMatchObject({ messages: [{ role: "user" }] });
  });

  it("stops when closed, reports, and finds the chat again when opened", async () => {
    const { root, infos, open, sent, closed } = await start(hanging);
    ask(root, "x");
    await until(() => expect(answers(root)).toEqual(["Half an"]));
    one(root, "panel-close").click();
    await until(() => expect(infos).toMatchObject([{ code: 1010 }]));
    expect(sent(PATH)[0]?.signal?.aborted).toBe(true);
    expect(closed).toHaveBeenCalledTimes(1);
    expect(answers(await open())).toEqual(["Half an"]);
  });

  it("reports on closing too, but not for a seed alone", async () => {
    const { root, infos, open } = await start(() => answer("Yes"), { initialMessages: SEED });
    addon.closePanel();
    expect(infos).toEqual([]);
    const again = await open();
    ask(again, "x");
    await until(() => expect(infos).toHaveLength(1));
    addon.closePanel();
    expect(infos).toHaveLength(2);
    expect(root).not.toBe(again);
  });

  it("is hidden and closed when switched off", async () => {
    const { mounted } = await start(() => answer("Yes"));
    await addon.loadConfig({ addOns: [{ id: "ai-agent", enabled: false }] });
    expect(all(shadow(mounted.element), "co-pilot")).toEqual([]);
    expect(document.querySelector('ha-addon[data-part="panel"]')).toBeNull();
    expect(await addon.openCoPilot(document.body)).toBeUndefined();
  });
});

describe("failing", () => {
  const body = { code: 9900, message: "raw", detail: "", status_code: 429, cause: "rate-limited" };
  it.each([
    ["before the start", () => json(REJECTED, 502), "refused the API key", "key-rejected"],
    [
      "in the stream, with fields of its own",
      () =>
        sse(
          data(...head, { type: "error", errorText: "raw", cause: "upstream-timeout", code: 9900 }, "[DONE]"),
        ),
      "took too long",
      "upstream-timeout",
    ],
    [
      "in the stream, with the body inside the text",
      () => sse(data(...head, { type: "error", errorText: JSON.stringify(body) }, "[DONE]")),
      "too many requests",
      "rate-limited",
    ],
    ["without an end", () => sse(data(...head, words("Half"))), "cut off", "stream-cut"],
    ["with [DONE] but no finish", () => sse(data(...head, words("Half"), "[DONE]")), "cut off", "stream-cut"],
    ["with something else", () => json({ hello: 1 }), "could not be read", "reply-invalid"],
    ["without a proxy", () => Promise.reject(new TypeError("Failed to fetch")), "127.0.0.1", "unreachable"],
  ])("%s: says why, tells the host, can ask again", async (_, reply, sentence, name) => {
    const { root, errors, infos } = await start(reply as Handler);
    ask(root, "x");
    await until(() => expect(one(root, "error-detail").textContent).toContain(sentence));
    expect(errors).toMatchObject([{ name }]);
    // The question is part of the history, whatever became of it.
    expect(infos).toMatchObject([{ code: 1010 }]);
    one(root, "agent-retry").click();
    await until(() => expect(errors).toHaveLength(2));
    await until(() => one(root, "error-detail"));
    expect(all(root, "agent-user")).toHaveLength(1);
  });

  it("offers another try after an empty answer", async () => {
    const { root } = await start(() => answer());
    ask(root, "x");
    await until(() => expect(one(root, "error-detail").textContent).toContain("empty answer"));
    expect(answers(root)).toEqual([]);
  });
});

describe("messages", () => {
  it("are read as the AI SDK writes them; the rest is left out", () => {
    const read = readMessages([
      ...SEED,
      { role: "robot", parts: [] },
      null,
      { role: "user", content: "old" },
    ]);
    expect(read).toEqual(SEED);
    expect(readMessages("x")).toEqual([]);
    expect(readMessages([{ role: "user", parts: [] }])[0]?.id).toMatch(/^msg-/);
    const mixed = {
      id: "1",
      role: "assistant",
      parts: [{ type: "file" }, { type: "text", text: "a" }],
    } as const;
    expect(textOf({ ...mixed, parts: [...mixed.parts] })).toBe("a");
  });
});
