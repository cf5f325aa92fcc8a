// How the page gets its token: once per code, kept for a reload, honest when it can't.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { obtainToken, storedToken, takeCode } from "../src/start/token.js";
import { Counter } from "../src/usage.js";

const TOKEN = { access_token: "t1", v2: true };

function proxy(reply: () => Response) {
  const fetch = vi.fn(async () => reply());
  vi.stubGlobal("fetch", fetch);
  return fetch;
}
const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe("the demo session", () => {
  it("takes the code out of the address", () => {
    location.hash = "#code=abc";
    expect(takeCode()).toBe("abc");
    expect(location.hash).toBe("");
    expect(takeCode()).toBeUndefined();
  });

  it("exchanges a code and keeps the token for a reload", async () => {
    const fetch = proxy(() => json(TOKEN));
    expect(await obtainToken("abc")).toEqual({ state: "ok", token: TOKEN });
    expect(storedToken()).toEqual(TOKEN);
    expect(await obtainToken(undefined)).toEqual({ state: "ok", token: TOKEN });
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("knows the states without a token", async () => {
    proxy(() => json({ code: 5101, cause: "demo-code-used" }, 401));
    expect(await obtainToken(undefined)).toEqual({ state: "no-code" });
    expect(await obtainToken("old")).toEqual({ state: "code-used" });
    proxy(() => json({ message: "no" }, 403));
    expect(await obtainToken("abc")).toEqual({ state: "failed", message: "no" });
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    expect(await obtainToken("abc")).toEqual({ state: "stopped" });
  });

  it("forgives a used code when the tab still holds a token", async () => {
    sessionStorage.setItem("addon-console.demo.token", JSON.stringify(TOKEN));
    proxy(() => json({ code: 5101 }, 401));
    expect(await obtainToken("old")).toEqual({ state: "ok", token: TOKEN });
  });
});

describe("the host's token count", () => {
  it("sums, survives a reload, and lets the visitor choose the allowance", () => {
    const counter = new Counter("u1");
    counter.add(61);
    counter.add(20);
    expect(new Counter("u1").used).toBe(81);
    expect(new Counter("u2").used).toBe(0);
    expect(counter.allowance(undefined)).toBe(10_000);
    expect(counter.allowance(500)).toBe(500);
    counter.chosen = 90;
    expect(new Counter("u1").allowance(500)).toBe(90);
  });
});
