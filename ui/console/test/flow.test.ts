// The picture of the data flow is lit by what really happened, and by nothing else.
import { expect, test } from "vitest";
import { call } from "../src/ipc/memory";
import { translator } from "../src/messages";
import { duration, follow, picture, reached, replay } from "../src/screens/overview/flow";

const t = translator("en");
const setting = { addonOn: true, keyless: false, tls: true };
const lit = (hops: ReturnType<typeof picture>) => hops.filter((hop) => hop.lit).map((hop) => hop.id);
const key = (hops: ReturnType<typeof picture>) => Object.fromEntries(hops.map((hop) => [hop.id, hop.key]));

test("before any call nothing is lit and the key is sealed", () => {
  const hops = picture(t, setting, null, null);
  expect(lit(hops)).toEqual([]);
  expect(key(hops)).toMatchObject({ store: "sealed", proxy: "none", provider: "none" });
});

test("each signal lights the next hop", () => {
  const signal = (phase: Parameters<typeof follow>[1]["phase"], after_us: number) => ({
    ...{ id: "c-9", application: "a-1" },
    ...{ phase, after_us },
  });
  let live = follow(null, signal("admitted", 300));
  expect(lit(picture(t, setting, live, null))).toEqual(["user", "ha", "proxy"]);
  live = follow(live, signal("key-opened", 350));
  expect(lit(picture(t, setting, live, null))).toContain("store");
  expect(key(picture(t, setting, live, null)).proxy).toBe("memory");
  live = follow(live, signal("sent", 400));
  expect(key(picture(t, setting, live, null)).provider).toBe("tls");
  // Another call begins anew.
  expect(Object.keys(follow(live, { ...signal("admitted", 1), id: "c-10" }).phases)).toEqual(["admitted"]);
});

test("a call that failed before the provider does not light it", () => {
  const failed = { ...call, cause: "key-missing" as const };
  failed.timings = { ...call.timings, sent_us: null, first_byte_us: null, key_open_us: null };
  expect(lit(picture(t, setting, reached(failed), failed))).not.toContain("provider");
  expect(replay(t, failed, "no usable key").at(-1)?.text).toContain("no usable key");
});

test("the sandbox needs no key anywhere", () => {
  const states = Object.values(key(picture(t, { ...setting, keyless: true }, reached(call), null)));
  expect(states).not.toContain("sealed");
  expect(states).not.toContain("tls");
});

test("a provoked failure asked nobody: no key is opened or on its way, and the replay says so", () => {
  const timings = { ...call.timings, key_open_us: null };
  const met = { ...call, fault: "stall" as const, cause: "upstream-timeout" as const, timings };
  const hops = picture(t, setting, reached(met), met);
  expect(lit(hops)).toEqual(["user", "ha", "proxy"]);
  expect(key(hops)).toMatchObject({ store: "sealed", proxy: "none", provider: "none" });
  expect(hops.at(-1)?.note).toBe("not asked");
  expect(key(picture(t, setting, reached(met), null)).provider).toBe("none");
  const told = replay(t, met, "timed out").map((step) => step.text);
  expect(told).toContain("A failure is played in the provider's place. Nothing is sent, no key is opened.");
  expect(told.join()).not.toContain("go to the provider");
  // Another provider that answered in its place was asked with a key.
  const next = { ...call, fault: "overloaded" as const };
  expect(key(picture(t, setting, reached(next), next)).provider).toBe("tls");
});

test("time is told in the unit people read", () => {
  expect([duration(96), duration(412_000), duration(1_180_000)]).toEqual(["96 µs", "412 ms", "1.18 s"]);
});
