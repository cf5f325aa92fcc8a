// An expired token is renewed once, however many requests notice it.
import { afterEach, describe, expect, it, vi } from "vitest";
import { ProxyClient } from "../src/client/http.js";
import type { BeeToken } from "../src/types/beefree.js";
import { fakeProxy, json, PROXY, SESSION } from "./support.js";

const EXPIRED = {
  code: 4010,
  message: "Authentication error",
  detail: "",
  status_code: 401,
  cause: "token-expired",
};
const OVER = { code: 5101, message: "Session over", detail: "", status_code: 401, cause: "session-over" };

afterEach(() => vi.unstubAllGlobals());

function setup(refresh: () => Response | Promise<Response>, good = "t2") {
  const renewed: BeeToken[] = [];
  const calls = fakeProxy({
    "/v1/session": ({ bearer }) => (bearer === good ? json(SESSION) : json(EXPIRED, 401)),
    "/refreshV2": refresh,
  });
  const client = new ProxyClient(PROXY, { access_token: "t1", v2: true }, (t) => renewed.push(t));
  const refreshes = () => calls.filter((c) => c.url.endsWith("/refreshV2"));
  return { client, renewed, calls, refreshes };
}

describe("token renewal", () => {
  it("is single flight: five requests, one refresh with the expired bearer", async () => {
    const { client, renewed, refreshes } = setup(() => json({ access_token: "t2", v2: true }));
    const replies = await Promise.all(Array.from({ length: 5 }, () => client.request("/v1/session")));
    expect(replies.every((r) => r.ok)).toBe(true);
    expect(refreshes().map((c) => c.bearer)).toEqual(["t1"]);
    expect(renewed).toEqual([{ access_token: "t2", v2: true }]);
  });

  it("is not repeated by a request that failed with the older token", async () => {
    const { client, refreshes } = setup(() => json({ access_token: "t2", v2: true }));
    await client.request("/v1/session");
    await client.request("/v1/session");
    expect(refreshes()).toHaveLength(1);
  });

  it("raises 5101 when the session is over", async () => {
    const { client } = setup(() => json(OVER, 401));
    await expect(client.request("/v1/session")).rejects.toMatchObject({ code: 5101, reason: "session-over" });
  });

  it.each([
    [5102, "session-reset", 401],
    [5003, "application-disabled", 403],
  ])("passes %i on, which a new login does not mend", async (code, cause, status) => {
    const { client } = setup(() => json({ ...OVER, code, cause, status_code: status }, status));
    await expect(client.request("/v1/session")).rejects.toMatchObject({ code, reason: cause });
  });

  it("says unreachable, not over, when the refresh gets no answer", async () => {
    const { client } = setup(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(client.request("/v1/session")).rejects.toMatchObject({ code: 9900, reason: "unreachable" });
  });

  it("gives up after one renewal instead of going in circles", async () => {
    const { client, refreshes } = setup(() => json({ access_token: "t2", v2: true }), "never");
    await expect(client.request("/v1/session")).rejects.toMatchObject({ code: 4010 });
    expect(refreshes()).toHaveLength(1);
  });

  it("prefers a token the host gave meanwhile", async () => {
    const given: BeeToken = { access_token: "host", v2: true };
    const { client, calls } = setup(() => {
      client.updateToken(given);
      return json({ access_token: "t2", v2: true });
    }, "host");
    await client.request("/v1/session");
    expect(calls.at(-1)?.bearer).toBe("host");
  });
});
