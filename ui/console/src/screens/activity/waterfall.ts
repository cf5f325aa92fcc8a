// Where a call's time went, as spans one behind the other: pure functions of its timings. Draws nothing.
import type { Activity } from "../../ipc/generated";
import { played } from "../faults/words";

/** In the order they happen. `before`: other tries, or what is done before the key is opened. */
export const phases = ["gate", "before", "key", "wait", "stream"] as const;
export type PhaseId = (typeof phases)[number];

export interface Span {
  id: PhaseId;
  /** Microseconds since the request was read. */
  from: number;
  us: number;
}

/** The spans a call came through. The last one ends where the call ended, however it ended. */
export function spansOf({ timings }: Activity): Span[] {
  const { admitted_us, key_open_us, sent_us, first_byte_us, total_us } = timings;
  const opened = sent_us === null ? null : Math.max(0, sent_us - (key_open_us ?? 0));
  const marks: [PhaseId, number | null][] = [
    ["gate", 0],
    ["before", admitted_us],
    ["key", key_open_us === null ? null : opened],
    ["wait", sent_us],
    ["stream", first_byte_us],
  ];
  const reached = marks.filter((mark): mark is [PhaseId, number] => mark[1] !== null);
  const spans = reached.map(([id, from], index) => {
    const end = reached[index + 1]?.[1] ?? total_us;
    return { id, from, us: Math.max(0, end - from) };
  });
  // Nothing happened between the gate and the key: not worth a line.
  return spans.filter((span, index) => span.us > 0 || index === spans.length - 1);
}

/** What a span is called. With several tries, what comes before the key are the tries before the last. */
export function nameOf(call: Activity, { id }: Span) {
  if (id === "wait" && played(call)) return "fall.played";
  return id === "before" && call.attempts > 1 ? "fall.tries" : (`fall.${id}` as const);
}

/** Where a call that failed had come to. */
export function stoppedIn(call: Activity): PhaseId | null {
  return call.cause === null ? null : (spansOf(call).at(-1)?.id ?? "gate");
}
