// The Activity screen: a long list of which only what is in sight exists, one call's waterfall, live rows, what is kept.
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Activity } from "../src/ipc/generated";
import { call } from "../src/ipc/memory";
import { curl } from "../src/screens/activity/curl";
import { joined } from "../src/screens/activity/useCalls";
import { spansOf, stoppedIn } from "../src/screens/activity/waterfall";
import { asked, full, open } from "./support";

// Nothing is laid out here: every element is as large as a small window.
for (const [side, length] of Object.entries({ offsetWidth: 900, offsetHeight: 400, clientHeight: 400 })) {
  Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => length });
}

const many = (count: number): Activity[] =>
  Array.from({ length: count }, (_, n) => ({ ...call, id: `n-${n}`, at: call.at - n * 1000 }));

async function activity(calls: Activity[], dropped = 0) {
  const memory = full();
  Object.assign(memory, { calls, dropped });
  const opened = open(memory);
  await opened.user.click(await screen.findByTestId("nav-activity"));
  await screen.findByTestId("activity-grid");
  return opened;
}

const timings = (changes: Partial<Activity["timings"]>): Activity["timings"] => ({
  ...{ admitted_us: null, key_open_us: null, sent_us: null, first_byte_us: null, total_us: 0 },
  ...changes,
});

test("a call's spans lie one behind the other and end with it", () => {
  expect(spansOf(call)).toEqual([
    { id: "gate", from: 0, us: 310 },
    { id: "before", from: 310, us: 14 },
    { id: "key", from: 324, us: 96 },
    { id: "wait", from: 420, us: 411_580 },
    { id: "stream", from: 412_000, us: 768_000 },
  ]);
  expect(stoppedIn(call)).toBeNull();
});

test("a call that failed ends in the span it had come to; one without a key has no span for it", () => {
  const refused = { ...call, cause: "addon-disabled" as const, timings: timings({ total_us: 80 }) };
  expect(spansOf(refused)).toEqual([{ id: "gate", from: 0, us: 80 }]);
  expect(stoppedIn(refused)).toBe("gate");
  const unanswered = timings({ admitted_us: 10, key_open_us: 5, sent_us: 15, total_us: 900 });
  expect(stoppedIn({ ...call, cause: "upstream-timeout", timings: unanswered })).toBe("wait");
  expect(spansOf({ ...call, timings: unanswered }).map((span) => span.id)).toEqual(["gate", "key", "wait"]);
  const local = timings({ admitted_us: 10, sent_us: 10, first_byte_us: 12, total_us: 40 });
  expect(spansOf({ ...call, timings: local }).map((span) => span.id)).toEqual(["gate", "wait", "stream"]);
});

test("whatever a clock said, no span is negative", () => {
  const odd = timings({ admitted_us: 500, key_open_us: 900, sent_us: 100, first_byte_us: 50, total_us: 60 });
  for (const span of spansOf({ ...call, timings: odd })) {
    expect(span.us).toBeGreaterThanOrEqual(0);
    expect(span.from).toBeGreaterThanOrEqual(0);
  }
});

test("of a hundred thousand calls only those in sight are in the page", async () => {
  const { host } = await activity(many(100_000));
  const rows = await screen.findAllByTestId("activity-row");
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.length).toBeLessThan(80);
  // And only the first of them were asked for.
  expect(asked(host, "activity_list")).toEqual([{ limit: 500 }]);
  expect(screen.getByTestId("activity-grid").getAttribute("aria-rowcount")).toBe("501");
});

test("the arrow keys choose a call, and its waterfall says in figures what it draws", async () => {
  const { user } = await activity(full().calls);
  const grid = screen.getByTestId("activity-grid");
  grid.focus();
  await user.keyboard("{ArrowDown}");
  expect(grid.getAttribute("aria-activedescendant")).toBe("call-c-1");
  const details = within(await screen.findByTestId("call-details"));
  expect(details.getByTestId("fall-gate").textContent).toContain("310 µs");
  expect(details.getByTestId("fall-key").textContent).toContain("96 µs");
  expect(details.getByTestId("fall-wait").textContent).toContain("411.6 ms");
  expect(details.getByTestId("fall-total").textContent).toBe("1.18 s");
  await user.keyboard("{ArrowDown}");
  expect(within(screen.getByTestId("call-details")).getByTestId("fall-wait").textContent).toContain(
    "the call ended here",
  );
  await user.keyboard("{Home}");
  expect(grid.getAttribute("aria-activedescendant")).toBe("call-c-1");
  const selected = screen
    .getAllByTestId("activity-row")
    .filter((row) => row.getAttribute("aria-selected") === "true");
  expect(selected.map((row) => row.id)).toEqual(["call-c-1"]);
});

test("a call that ends while the screen is open stands first, once", async () => {
  const { host } = await activity(full().calls);
  const fresh: Activity = { ...call, id: "fresh", status: 502, cause: "key-rejected" };
  act(() => {
    for (const one of [fresh, { ...call, id: "fresher" }, { ...call, id: "other", application: "a-2" }]) {
      host.tell({ type: "call", activity: one });
    }
  });
  await waitFor(() => {
    const ids = screen.getAllByTestId("activity-row").map((row) => row.id);
    expect(ids.slice(0, 3)).toEqual(["call-fresher", "call-fresh", "call-c-1"]);
    expect(ids).not.toContain("call-other");
  });
  expect(joined([fresh], [{ ...call, id: "fresh" }, call]).map((each) => each.id)).toEqual(["fresh", "c-1"]);
});

test("failures alone, and one feature alone, can be shown", async () => {
  const { user } = await activity(full().calls);
  const ids = () => screen.queryAllByTestId("activity-row").map((row) => row.id);
  await user.click(screen.getByTestId("activity-failures"));
  expect(ids()).toEqual(["call-c-2"]);
  await user.selectOptions(screen.getByTestId("activity-route"), "translate");
  expect(ids()).toEqual([]);
  expect(screen.getByText("No call fits the filter.")).toBeTruthy();
  await user.click(screen.getByTestId("activity-failures"));
  expect(ids()).toEqual(["call-c-5"]);
});

test("calls that left no row are told", async () => {
  await activity(full().calls, 1234);
  expect((await screen.findByTestId("activity-kept")).textContent).toContain("1,234 calls since the start");
});

test("curl holds a placeholder and nothing that was sent; a pass-through call's path is not kept", () => {
  const line = curl({ ...call, streamed: false }, "http://127.0.0.1:23366") ?? "";
  expect(line).toContain("http://127.0.0.1:23366/v1/ai/text");
  expect(line).toContain("Bearer $TOKEN");
  expect(curl({ ...call, route: "pass-through" }, "")).toBeNull();
});

test("limits are set within their bounds; metrics are switched on and tell where they are", async () => {
  const { host, user } = open(full());
  await user.click(await screen.findByTestId("nav-settings"));
  const rows = await screen.findByTestId<HTMLInputElement>("watch-rows");
  fireEvent.change(rows, { target: { value: "999" } });
  await user.click(screen.getByTestId("watch-save"));
  expect(await screen.findByText(/Not within these bounds/)).toBeTruthy();
  expect(asked(host, "activity_retention")).toEqual([]);
  fireEvent.change(rows, { target: { value: "5000" } });
  await user.click(screen.getByTestId("watch-save"));
  await waitFor(() =>
    expect(asked(host, "activity_retention")).toEqual([{ rows: 5000, days: 90, megabytes: 64 }]),
  );
  expect(screen.queryByTestId("watch-metrics-url")).toBeNull();
  await user.click(screen.getByTestId("watch-metrics"));
  expect((await screen.findByTestId("watch-metrics-url")).textContent).toContain("23366/metrics");
});
