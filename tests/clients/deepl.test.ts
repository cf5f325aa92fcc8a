// DeepL's clients for Python and Node against DeepL's own description, and against exact failures.
import * as deepl from "deepl-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ask, type Client, nodeClient, type Outcome } from "../support/client";
import { type Desk, desk } from "../support/desk";
import { recorded } from "../support/expect";
import { prism, stopPeers } from "../support/peers";
import { stopAll } from "../support/programs";
import { pythonClient, stopPython } from "../support/python";
import { type Asked, type Said, type Standin, standin, stopStandins } from "../support/upstream";

const DIRECT = "direct-key";
let key = "";
let proxy: Desk;
let upstream: Standin;
let described = "";

beforeAll(async () => {
  const spec = prism("contracts/deepl/openapi.trimmed.json");
  [proxy, upstream, described] = await Promise.all([desk(), standin(), spec]);
  await proxy.provider("described", "deepl", described);
  key = await proxy.provider("scripted", "deepl", upstream.url);
});

afterAll(async () => {
  stopPeers();
  stopPython();
  stopStandins();
  await stopAll();
  proxy.searchForKeys();
});

// Two tries: Node's client waits a second before the second, and longer before the next.
const client = ({ base, key }: Ask) => new deepl.DeepLClient(key, { serverUrl: base, maxRetries: 2 });
const node = nodeClient({
  async translate(ask) {
    const texts = (ask.texts ?? ["<b>Hello</b>"]) as string[];
    const replies = await client(ask).translateText(texts, "en", "de", { tagHandling: "html" });
    return replies.map((reply) => reply.text);
  },
  async usage(ask) {
    const { character } = await client(ask).getUsage();
    return [character?.count, character?.limit];
  },
  languages: async (ask) => (await client(ask).getTargetLanguages()).map((language) => language.code),
});

// The Python client joins paths as browsers do: its base URL ends in a slash.
const clients: [string, Client, string][] = [
  ["Python", pythonClient("deepl_client"), "/"],
  ["Node", node, ""],
];

describe.each(clients)("%s", (language, client, slash) => {
  /** The same call directly and through the proxy. */
  const both = async (action: string, script: (asked: Asked, nth: number) => Said, more: object = {}) => {
    const one = async (base: string, given: string, injected: string) => {
      const tries: Asked[] = [];
      upstream.answer((asked) => script(asked, tries.push(asked) - 1));
      const outcome: Outcome = proxy.received(await client({ base, key: given, action, ...more }));
      for (const { headers } of tries) expect(headers.authorization).toBe(`DeepL-Auth-Key ${injected}`);
      return { outcome, sent: tries.map(({ method, path, body }) => ({ method, path, body })) };
    };
    const direct = await one(upstream.url + slash, DIRECT, DIRECT);
    const proxied = await one(proxy.through("scripted") + slash, proxy.token, key);
    for (const way of [direct, proxied]) way.outcome.waits = way.outcome.waits?.map(() => 0) ?? [];
    expect(proxied).toEqual(direct);
    return proxied;
  };

  test.each(["translate", "usage", "languages"])("%s, by DeepL's own description", async (action) => {
    const direct = await client({ base: described + slash, key: DIRECT, action });
    // The description knows no body of a GET, as Python's client sends, and Prism no list in Node's form.
    const refused = action === (language === "Python" ? "languages" : "translate");
    expect(direct).toHaveProperty(refused ? "raised" : "ok");
    const base = proxy.through("described") + slash;
    expect(proxy.received(await client({ base, key: proxy.token, action }))).toEqual(direct);
    const status = refused ? 400 : 200;
    await recorded(proxy, { route: "pass-through", provider_kind: "deepl", status });
  });

  test("HTML is translated, and its characters are counted as DeepL bills them", async () => {
    const texts = ["<b>Grüße</b>", "an <i>emoji</i> 🙂"];
    const upper = texts.map((text) => text.toUpperCase());
    const translated = (more: object) => ({
      body: { translations: upper.map((text) => ({ detected_source_language: "EN", text, ...more })) },
    });
    const { outcome, sent } = await both("translate", () => translated({ billed_characters: 7 }), { texts });
    expect(outcome).toMatchObject({ ok: upper });
    expect(sent[0]?.body).toMatch(/tag_handling.{1,4}html/);
    await recorded(proxy, { characters: 14 });
    // Without DeepL's word the source's characters are counted; Python's client fails without it, directly too.
    await both("translate", () => translated({}), { texts });
    await recorded(proxy, { characters: [...texts.join("")].length });
  });

  test("usage, and languages", async () => {
    const used = { character_count: 180118, character_limit: 1250000 };
    expect((await both("usage", () => ({ body: used }))).outcome).toMatchObject({ ok: [180118, 1250000] });
    const german = { language: "DE", name: "German", supports_formality: true };
    const { outcome, sent } = await both("languages", () => ({ body: [german] }));
    expect(outcome).toMatchObject({ ok: [expect.stringMatching(/^de$/i)] });
    expect(sent[0]?.method).toBe("GET");
  });

  const tries = language === "Python" ? 3 : 2;
  test.each([
    [400, "Bad request. Reason: Value for 'target_lang' not supported.", 1, /DeepL/],
    [403, "", 1, /Authorization/],
    [403, "Wrong endpoint. Use https://api-free.deepl.com", 1, /Authorization/],
    [404, "Not found", 1, /DeepL/],
    [413, "Request Entity Too Large", 1, /DeepL/],
    [429, "Too many requests", tries, /TooManyRequests/],
    [456, "Quota for this billing period has been exceeded.", 1, /QuotaExceeded/],
    [503, "Service unavailable", tries, /DeepL/],
    [529, "Too many requests", tries, /DeepL/],
  ])("%s %s", async (status, message, count, kind) => {
    const said: Said = { status, body: message ? { message } : "", headers: { "x-trace-id": "t-1" } };
    const { outcome, sent } = await both("translate", () => said);
    expect(outcome.raised?.class).toMatch(kind);
    expect(sent).toHaveLength(count);
    await recorded(proxy, { status, upstream_status: status });
  });

  test("the try that works ends the trying", async () => {
    const good = {
      translations: [{ detected_source_language: "EN", text: "<b>Hallo</b>", billed_characters: 5 }],
    };
    const { outcome, sent } = await both("translate", (_, nth) =>
      nth === 0 ? { status: 429, body: { message: "Too many requests" } } : { body: good },
    );
    expect(outcome).toMatchObject({ ok: ["<b>Hallo</b>"] });
    expect(sent).toHaveLength(2);
  });

  test("a wrong session token reaches nobody", async () => {
    const before = upstream.asked.length;
    const base = proxy.through("scripted") + slash;
    const outcome = proxy.received(await client({ base, key: "not-a-token", action: "usage" }));
    expect(outcome.raised).toBeDefined();
    expect(upstream.asked).toHaveLength(before);
  });
});
