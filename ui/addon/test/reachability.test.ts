// Each way of not reaching the proxy gets its own verdict.
import { afterEach, describe, expect, it, vi } from "vitest";
import { isLoopback, knowsLoopbackSpace, loopbackInit } from "../src/client/loopback.js";
import { diagnoseReachability } from "../src/client/reachability.js";
import { PROXY } from "./support.js";

afterEach(() => vi.unstubAllGlobals());

function page(url: string, permission?: PermissionState) {
  vi.stubGlobal("location", new URL(url));
  const query = () =>
    permission ? Promise.resolve({ state: permission }) : Promise.reject(new TypeError("unknown"));
  vi.stubGlobal("navigator", { permissions: { query }, userAgent: "test" });
}

function network(reply: (mode: string) => boolean) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push(`${init.mode} ${url}`);
    if (!reply(String(init.mode))) throw new TypeError("Failed to fetch");
    return new Response("{}");
  });
  return asked;
}

const verdict = async () => (await diagnoseReachability(PROXY)).verdict;

describe("diagnoseReachability", () => {
  it("finds the origin refused when only an unreadable reply comes", async () => {
    page("http://127.0.0.1:5173/");
    const asked = network((mode) => mode === "no-cors");
    expect(await diagnoseReachability(PROXY)).toEqual({
      verdict: "origin-not-allowed",
      proxyUrl: PROXY,
      origin: "http://127.0.0.1:5173",
    });
    expect(asked).toEqual([`cors ${PROXY}/healthz`, `no-cors ${PROXY}/healthz`]);
  });

  it("finds nothing running", async () => {
    page("http://localhost:5173/");
    network(() => false);
    expect(await verdict()).toBe("not-running");
  });

  it("finds the proxy well", async () => {
    page("http://localhost:5173/");
    network(() => true);
    expect(await verdict()).toBe("reachable");
  });

  it("knows mixed content without asking", async () => {
    page("https://app.example/");
    const asked = network(() => true);
    expect((await diagnoseReachability("http://10.0.0.5:23366")).verdict).toBe("mixed-content");
    expect(asked).toEqual([]);
  });

  it("tells the browser's permission: denied, still open", async () => {
    network(() => false);
    page("https://app.example/", "denied");
    expect(await verdict()).toBe("permission-denied");
    page("https://app.example/", "prompt");
    expect(await verdict()).toBe("permission-open");
    page("https://app.example/", "granted");
    expect(await verdict()).toBe("not-running");
  });

  it("sees the page's own policy at work", async () => {
    page("http://localhost:5173/");
    network(() => {
      const event = Object.assign(new Event("securitypolicyviolation"), { blockedURI: PROXY });
      document.dispatchEvent(event);
      return false;
    });
    expect(await verdict()).toBe("page-policy");
  });
});

describe("loopback", () => {
  it("knows this machine's names", () => {
    expect(
      ["http://localhost", "http://127.0.0.1:1", "http://[::1]:2", "http://a.localhost"].every(isLoopback),
    ).toBe(true);
    expect(["http://localhost.evil.example", "http://10.0.0.1", "nonsense"].some(isLoopback)).toBe(false);
  });

  it("marks requests only where the browser reads the mark and takes the value", () => {
    expect(loopbackInit(PROXY, "http://localhost:1/")).toEqual({});
    vi.stubGlobal(
      "Request",
      class {
        constructor(_: string, init: { targetAddressSpace?: string }) {
          if (init.targetAddressSpace !== "loopback") throw new TypeError("unknown value");
        }
      },
    );
    expect(knowsLoopbackSpace()).toBe(true);
    expect(loopbackInit(PROXY, "https://app.example/")).toEqual({ targetAddressSpace: "loopback" });
    vi.stubGlobal(
      "Request",
      class {
        constructor(_: string, init: { targetAddressSpace?: string }) {
          if (init.targetAddressSpace === "loopback") throw new TypeError("older browsers know other values");
        }
      },
    );
    expect(loopbackInit(PROXY, "https://app.example/")).toEqual({});
    vi.stubGlobal("Request", class {});
    expect(loopbackInit(PROXY, "https://app.example/")).toEqual({});
  });
});
