// Azure AI Vision's client against Azure's own description, and against exact failures.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Alike, expectAlike } from "../support/alike";
import { type Desk, desk } from "../support/desk";
import { recorded } from "../support/expect";
import { PICTURE, prism, stopPeers, without } from "../support/peers";
import { stopAll } from "../support/programs";
import { pythonClient, stopPython } from "../support/python";
import { type Said, type Standin, standin, stopStandins } from "../support/upstream";

const client = pythonClient("vision_client");
const direct = "direct-key";
let proxy: Desk;
let upstream: Standin;
let described = "";
let alike: Alike;
let mark = "";

beforeAll(async () => {
  const eyes = prism("providers/azure-vision/imageanalysis-2023-10-01.swagger.json");
  [proxy, upstream] = await Promise.all([desk(), standin()]);
  described = await without("/computervision", await eyes);
  await proxy.provider("described", "azure-vision", described);
  const key = await proxy.provider("scripted", "azure-vision", upstream.url);
  alike = new Alike(proxy, key, upstream, () => mark);
});

afterAll(async () => {
  stopPeers();
  stopPython();
  stopStandins();
  await stopAll();
  proxy.searchForKeys();
});

const ask = { key: direct, action: "caption", picture: PICTURE };

test("a caption from a picture's bytes, by Azure's own description", async () => {
  const wanted = await client({ ...ask, base: described });
  expect(wanted).toMatchObject({ ok: { text: expect.any(String), confidence: expect.any(Number) } });
  const given = await client({ ...ask, base: proxy.through("described"), key: proxy.token });
  expect(proxy.received(given)).toEqual(wanted);
  await recorded(proxy, { route: "pass-through", provider_kind: "azure-vision", status: 200, images: 1 });
});

const polygon = [0, 1, 2, 3].map((n) => ({ x: n, y: n }));
const word = { text: "Sale", boundingPolygon: polygon, confidence: 0.9 };
const good: Said = {
  body: {
    modelVersion: "2023-10-01",
    metadata: { width: 800, height: 600 },
    captionResult: { text: "a boat", confidence: 0.9 },
    readResult: { blocks: [{ lines: [{ text: "Sale", boundingPolygon: polygon, words: [word] }] }] },
  },
};
const says = (status: number, code: string, headers = {}): Said => ({
  status,
  headers: { "x-ms-error-code": code, "apim-request-id": "0123", ...headers },
  body: { error: { code, message: "It failed.", innererror: { code: "InvalidImageSize", message: "No." } } },
});

test.each([
  ["caption", [good], 1],
  ["401", [says(401, "401")], 1],
  ["400", [says(400, "InvalidRequest")], 1],
  ["404", [says(404, "ResourceNotFound")], 1],
  ["429, then caption", [says(429, "TooManyRequests", { "retry-after": "3" }), good], 2],
  ["429", [says(429, "TooManyRequests", { "retry-after": "3" })], 4],
] as [string, Said[], number][])("%s", async (name, script, tries) => {
  mark = name;
  const ways = await alike.both(
    client,
    mark,
    script,
    { ...ask, base: upstream.url },
    proxy.through("scripted"),
  );
  expectAlike(ways, tries);
  for (const { bytes, headers } of ways.proxied.tries) {
    expect(bytes.equals(Buffer.from(PICTURE, "base64"))).toBe(true);
    expect(headers["content-type"]).toBe("application/octet-stream");
  }
  expect(ways.proxied.tries[0]?.path).toBe(ways.direct.tries[0]?.path);
  if (script.includes(good))
    expect(ways.proxied.outcome).toMatchObject({ ok: { text: "a boat", lines: ["Sale"] } });
  // Azure's client says how long it would wait: what upstream named.
  if (tries > 1) expect(ways.proxied.outcome.waits).toEqual(Array(tries - 1).fill(3));
});

test("a wrong session token reaches nobody", async () => {
  const before = upstream.asked.length;
  const outcome = await client({ ...ask, base: proxy.through("scripted"), key: "not-a-token" });
  expect(proxy.received(outcome).raised).toMatchObject({ class: "ClientAuthenticationError", status: 401 });
  expect(upstream.asked).toHaveLength(before);
});
