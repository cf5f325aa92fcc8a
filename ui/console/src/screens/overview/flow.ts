// What the picture of the data flow shows, as pure functions of what is known of a call. Draws nothing.
import type { Activity, CallPhase, CallSignal } from "../../ipc/generated";
import type { MessageKey, Translate } from "../../messages";
import { played } from "../faults/words";

/** The seven parts, in the order of the data flow. */
export const hops = ["console", "addon", "store", "user", "ha", "proxy", "provider"] as const;
export type HopId = (typeof hops)[number];

/** Where the key is at a hop, and how. */
export type KeyState = "none" | "sealed" | "opened" | "memory" | "tls" | "plain" | "not-needed";

/** A call on its way: which phases it reached, and when. */
export interface Live {
  id: string;
  phases: Partial<Record<CallPhase, number>>;
}

export interface Setting {
  addonOn: boolean;
  /** The provider needs no key. */
  keyless: boolean;
  /** Calls to the provider travel in TLS. */
  tls: boolean;
}

export interface Hop {
  id: HopId;
  lit: boolean;
  note: string;
  key: KeyState;
}

/** Follows signals. A signal of another call begins anew. */
export function follow(live: Live | null, signal: CallSignal): Live {
  const phases = live?.id === signal.id ? live.phases : {};
  return { id: signal.id, phases: { ...phases, [signal.phase]: signal.after_us } };
}

/** The phases a finished call reached. */
export function reached(call: Activity): Live {
  const { admitted_us, sent_us, first_byte_us, key_open_us } = call.timings;
  const phases: Live["phases"] = {};
  if (admitted_us !== null) phases.admitted = admitted_us;
  if (key_open_us !== null && sent_us !== null) phases["key-opened"] = sent_us;
  if (sent_us !== null) phases.sent = sent_us;
  if (first_byte_us !== null) phases["first-byte"] = first_byte_us;
  return { id: call.id, phases };
}

/** The picture of `live`, with what is known only of a finished `call`. */
export function picture(t: Translate, setting: Setting, live: Live | null, call: Activity | null): Hop[] {
  const { admitted, sent } = live?.phases ?? {};
  const first = live?.phases["first-byte"];
  const opened = live?.phases["key-opened"] !== undefined;
  const held = call?.timings.key_open_us ?? null;
  const asked = admitted !== undefined;
  const provoked = call !== null && played(call);
  const keyless = setting.keyless;
  const key = (state: KeyState): KeyState => (keyless ? "not-needed" : state);
  return [
    { id: "console", lit: false, note: t("note.console"), key: "none" },
    { id: "addon", lit: false, note: t(setting.addonOn ? "note.addon.on" : "note.addon.off"), key: "none" },
    {
      id: "store",
      lit: opened,
      note: t(opened ? "note.store.opened" : "note.store"),
      key: key("sealed"),
    },
    { id: "user", lit: live !== null, note: t("note.user"), key: "none" },
    { id: "ha", lit: live !== null, note: t("note.ha"), key: "none" },
    {
      id: "proxy",
      lit: asked,
      note: held !== null ? t("note.proxy.held", { time: duration(held) }) : t("note.proxy"),
      key: opened ? "memory" : key("none"),
    },
    {
      id: "provider",
      lit: sent !== undefined && !provoked,
      note: provoked
        ? t("note.provider.provoked")
        : first !== undefined
          ? t("note.provider.first", { time: duration(first) })
          : t(sent !== undefined ? "note.provider.waiting" : "note.provider"),
      // A key that was not opened has not left either: a provoked failure is played without one.
      key: sent === undefined || !opened ? key("none") : key(setting.tls ? "tls" : "plain"),
    },
  ];
}

/** One step of a replay: which hop is looked at, and what happens there. */
export interface Step {
  hop: HopId;
  text: string;
}

/** A finished call, told step by step; a failed one ends where it failed. */
export function replay(t: Translate, call: Activity, reason: string | null): Step[] {
  const { admitted_us, sent_us, first_byte_us, key_open_us, total_us } = call.timings;
  const step = (hop: HopId, key: MessageKey, us?: number): Step => ({
    hop,
    text: t(key, us === undefined ? {} : { time: duration(us) }),
  });
  const steps = [step("user", "replay.user"), step("ha", "replay.ha")];
  if (admitted_us !== null) steps.push(step("proxy", "replay.gate", admitted_us));
  if (key_open_us !== null) {
    steps.push(step("store", "replay.store"), step("proxy", "replay.open", key_open_us));
  }
  if (played(call)) steps.push(step("proxy", "replay.provoked"));
  else if (sent_us !== null) steps.push(step("provider", "replay.sent"));
  if (first_byte_us !== null && !played(call)) steps.push(step("provider", "replay.first", first_byte_us));
  const last = steps.at(-1)?.hop ?? "proxy";
  if (reason === null) steps.push(step("user", "replay.done", total_us));
  else steps.push({ hop: last, text: t("replay.failed", { reason }) });
  return steps;
}

/** Microseconds in the unit people read. */
export function duration(us: number): string {
  if (us < 1000) return `${us} µs`;
  if (us < 1_000_000) return `${Math.round(us / 100) / 10} ms`;
  return `${Math.round(us / 10_000) / 100} s`;
}
