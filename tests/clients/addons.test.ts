// The AddOns' own routes against servers nobody here wrote: aimock for text, Prism over the providers' descriptions for
// pictures, alternate text and translation.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canary } from "../support/canary";
import { type Desk, desk } from "../support/desk";
import { recorded } from "../support/expect";
import { aimock, GREETING, PICTURE, prism, type SpecDocument, stopPeers, without } from "../support/peers";
import { stopAll } from "../support/programs";

const writers: [string, string, string, string[]][] = [
  ["openai", "openai", "/v1", []],
  ["anthropic", "anthropic", "", []],
  ["azure", "azure-openai", "", ["--deployment", "my-gpt", "--option", "api-version=2024-10-21"]],
  ["compatible", "openai-compatible", "/v1", ["--model", "llama4"]],
];
let proxy: Desk;

/** The description of a picture's reply, with a picture in place of the word "string". */
function coreWithPicture(document: SpecDocument) {
  const example = { image: PICTURE, seed: 7, finish_reason: "SUCCESS" };
  for (const path of Object.values<SpecDocument>(document.paths))
    path.post.responses["200"].content = { "application/json": { example } };
}

/** The same for v1, whose schema gives a bare list where its own code samples and every client read `artifacts`. */
function sdxlWithPicture(document: SpecDocument) {
  const artifacts = [{ base64: PICTURE, seed: 7, finishReason: "SUCCESS" }];
  const { responses } = document.paths["/generation/{engine_id}/text-to-image"].post;
  responses["200"].content = { "application/json": { example: { artifacts } } };
}

beforeAll(async () => {
  const peers = Promise.all([
    prism("providers/stability/openapi-v2beta-generate.trimmed.json", coreWithPicture),
    prism("providers/stability/openapi-v1.trimmed.json", sdxlWithPicture),
    prism("providers/azure-vision/imageanalysis-2023-10-01.swagger.json"),
    prism("contracts/deepl/openapi.trimmed.json"),
  ]);
  proxy = await desk();
  for (const [name, kind, path, more] of writers) {
    const key = canary();
    await proxy.provider(name, kind, (await aimock(key)).url + path, more, key);
  }
  const [core, sdxl, eyes, deepl] = await peers;
  await proxy.provider("core", "stability", core);
  const model = ["--model", "stable-diffusion-xl-1024-v1-0"];
  await proxy.provider("sdxl", "stability", await without("/v1", sdxl), model);
  await proxy.provider("eyes", "azure-vision", await without("/computervision", eyes));
  await proxy.provider("deepl", "deepl", deepl);
  // aimock never sees this provider's key: it refuses every call.
  await proxy.provider("wrong-key", "openai", `${(await aimock(canary())).url}/v1`);
});

afterAll(async () => {
  stopPeers();
  await stopAll();
  proxy.searchForKeys();
});

describe("ai-integration on aimock", () => {
  const order = {
    handle: "ai-integration",
    module: { uuid: "m", type: "PARAGRAPH", content: "", isDefault: true },
    prompt: "hello",
  };

  test.each(writers)("%s writes, whole and streamed", async (name, provider_kind) => {
    await proxy.addon("ai-integration", name);
    const reply = await proxy.post("/v1/ai/text", order);
    const usage = { prompt_tokens: 4, completion_tokens: 6, total_tokens: 10 };
    expect(reply).toMatchObject({ status: 200, json: { content: GREETING, usage, provider: { name } } });
    await recorded(proxy, { route: "text", provider_kind, status: 200, usage, streamed: false });
    const streamed = await fetch(`${proxy.url}/v1/ai/text`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${proxy.token}`,
        "content-type": "application/json",
        accept: "text/event-stream",
      },
      body: JSON.stringify(order),
    });
    const events = proxy.received(await streamed.text()).split("\n\n");
    const named = (kind: string) => events.filter((event) => event.startsWith(`event: ${kind}\n`));
    const data = (event?: string) => JSON.parse(event?.split("\ndata: ")[1] ?? "{}");
    expect(named("start")).toHaveLength(1);
    expect(named("error")).toEqual([]);
    expect(data(named("done")[0])).toMatchObject({ content: GREETING });
    const text = named("delta").map((event) => Object.values(data(event)).find((v) => typeof v === "string"));
    expect(text.join("")).toBe(GREETING);
    await recorded(proxy, { route: "text", provider_kind, streamed: true, usage });
  });

  test("the next provider answers where the first one is rejected only if that is safe", async () => {
    await proxy.addon("ai-integration", "wrong-key", "openai");
    const reply = await proxy.post("/v1/ai/text", order);
    expect(reply).toMatchObject({ status: 502, json: { cause: "key-rejected", code: 9900 } });
  });
});

describe("ai-image-generation on Stability's own descriptions", () => {
  const orders = [
    { prompt: "a boat" },
    { prompt: "a boat", negativePrompt: "people", aspectRatio: "16:9", style: "anime", seed: 7, count: 2 },
    { prompt: "a boat", aspectRatio: "4:3", cfgScale: 7, steps: 30, folderName: "Campaign: spring" },
  ];

  test.each(["core", "sdxl"].flatMap((name) => orders.map((order, nth) => [name, nth, order] as const)))(
    "%s draws order %s",
    async (name, _, order) => {
      await proxy.addon("ai-image-generation", name);
      const { status, json } = await proxy.post("/v1/ai/images", order);
      const count = order.count ?? 1;
      expect([status, json]).toMatchObject([200, { consumedImages: count, provider: { name } }]);
      const images = json.images as { url: string; width: number }[];
      expect(images).toHaveLength(count);
      for (const { url, width } of images) {
        expect(width).toBe(1);
        const file = await fetch(url);
        expect(file.headers.get("content-type")).toBe("image/png");
        expect(Buffer.from(await file.arrayBuffer()).toString("base64")).toBe(PICTURE);
      }
      await recorded(proxy, { route: "images", provider_kind: "stability", images: count, status: 200 });
    },
  );
});

test("Stability's own API takes a form through the proxy, by its own description", async () => {
  const form = new FormData();
  form.set("prompt", "a boat");
  form.set("output_format", "png");
  const headers = { authorization: `Bearer ${proxy.token}`, accept: "application/json" };
  const path = `${proxy.through("core")}/v2beta/stable-image/generate/core`;
  const drawn = await fetch(path, { method: "POST", headers, body: form });
  expect([drawn.status, proxy.received(await drawn.json())]).toMatchObject([200, { image: PICTURE }]);
  await recorded(proxy, { route: "pass-through", provider_kind: "stability", images: 1 });
  form.delete("prompt");
  const refused = await fetch(path, { method: "POST", headers, body: form });
  expect([refused.status, proxy.received(await refused.text())]).toMatchObject([422, expect.any(String)]);
  const balance = await fetch(`${proxy.through("sdxl")}/v1/user/balance`, { headers });
  expect(proxy.received(await balance.json())).toEqual({ credits: expect.any(Number) });
});

test("ai-alt-text on Azure AI Vision's own description", async () => {
  await proxy.addon("ai-alt-text", "eyes");
  const src = `data:image/png;base64,${PICTURE}`;
  const reply = await proxy.post("/v1/ai/alt-text", { images: [{ moduleId: "m", itemId: "i", src }] });
  expect(reply).toMatchObject({ status: 200, json: { consumedImages: 1 } });
  expect(JSON.stringify(reply.json)).toMatch(/"alt":"\w/);
  await recorded(proxy, { route: "alt-text", provider_kind: "azure-vision", images: 1 });
});

describe("ai-translation on DeepL's own description", () => {
  beforeAll(() => proxy.addon("ai-translation", "deepl"));

  test("a text is translated", async () => {
    const body = { sourceLanguage: "en-US", targetLanguage: "de-DE", texts: ["Hello"] };
    const reply = await proxy.post("/v1/ai/translate", body);
    const done = { texts: ["Hallo, Welt!"], translatedFields: 1, skippedFields: 0 };
    expect(reply).toMatchObject({ status: 200, json: done });
    await recorded(proxy, { route: "translate", provider_kind: "deepl", status: 200 });
  });

  test("a translation that lost a merge tag keeps its source", async () => {
    const body = { sourceLanguage: "en-US", targetLanguage: "de-DE", texts: ["Hello {{name}}"] };
    const reply = await proxy.post("/v1/ai/translate", body);
    const kept = { texts: ["Hello {{name}}"], translatedFields: 0, skippedFields: 1 };
    expect(reply).toMatchObject({ status: 200, json: kept });
  });

  test("fewer translations than texts are no translation", async () => {
    const body = { sourceLanguage: "en-US", targetLanguage: "de-DE", texts: ["Hello", "World"] };
    const reply = await proxy.post("/v1/ai/translate", body);
    expect(reply).toMatchObject({ status: 502, json: { cause: "reply-invalid", code: 6350 } });
  });
});
