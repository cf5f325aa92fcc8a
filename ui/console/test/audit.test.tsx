// The audit chain: its table, older entries, what verifying says, and that it is live.
import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { AuditReport } from "../src/ipc/generated";
import { failure } from "../src/ipc/memory";
import { asked, empty, full, security } from "./support";

const rows = () => screen.findAllByTestId("audit-row");

test("entries say when, what, on which record, by whom, and whether they are sealed", async () => {
  await security(full());
  const texts = (await rows()).map((row) => row.textContent ?? "");
  expect(texts).toHaveLength(50);
  expect(texts[0]).toMatch(/120.*2026.*Provider changed.*Claude.*console itself.*not sealed yet/);
  expect(texts[1]).toContain("Key replaced");
  // A record that is gone has no name any more.
  expect(texts[3]).toContain("Provider and key removed7d0e4a52…");
  expect(texts[4]).toContain("command line");
});

test("older entries are fetched on request, until the first", async () => {
  const { host, user } = await security(full());
  await user.click(await screen.findByTestId("audit-more"));
  await waitFor(async () => expect(await rows()).toHaveLength(100));
  await user.click(screen.getByTestId("audit-more"));
  await waitFor(async () => expect(await rows()).toHaveLength(120));
  expect(screen.queryByTestId("audit-more")).toBeNull();
  expect(asked(host, "audit_list")).toEqual([
    { limit: 50 },
    { limit: 50, before: 71 },
    { limit: 50, before: 21 },
  ]);
});

test("an entry made anywhere shows at once", async () => {
  const memory = full();
  const { host } = await security(memory);
  await rows();
  const [first] = memory.audit;
  if (!first) throw new Error("no entry");
  memory.audit = [{ ...first, seq: 121, act: "vault-moved", by: "command-line" }, ...memory.audit];
  host.tell({ type: "changed", topic: "audit" });
  await waitFor(async () => expect((await rows())[0]?.textContent).toContain("Vault key kept elsewhere"));
});

test.each<[string, Partial<AuditReport>, string]>([
  ["whole", {}, "Whole: 120 entries, none changed, removed or cut."],
  ["not sealed yet", { sealed: 117 }, "3 of them are not sealed yet"],
  ["changed", { ok: false, broken: { seq: 17, how: "changed" } }, "Entry 17 was changed."],
  ["removed", { ok: false, broken: { seq: 18, how: "removed" } }, "Entry 18 is missing."],
  [
    "cut",
    { ok: false, broken: { seq: 119, how: "cut" } },
    "The end was cut: entries from 119 on are missing.",
  ],
])("verifying says what it found: %s", async (_, report, words) => {
  const { user } = await security(full(), {
    audit_verify: () => ({ ...{ ok: true, entries: 120, sealed: 120, broken: null }, ...report }),
  });
  await user.click(screen.getByTestId("audit-verify"));
  await waitFor(() => expect(screen.getByTestId("audit-result").textContent).toContain(words));
  const shown = screen.getByTestId("audit-result").querySelector("p")?.dataset.ok;
  expect(shown).toBe(String(report.ok ?? true));
});

test("a chain that cannot be verified now says why", async () => {
  const { user } = await security(full(), { audit_verify: () => Promise.reject(failure("vault-locked")) });
  await user.click(screen.getByTestId("audit-verify"));
  expect((await screen.findByTestId("problem")).textContent).toContain("The vault is locked");
});

test("an empty chain, one that is being read and one that cannot be read look different", async () => {
  const nothing = await security(empty());
  expect(await screen.findByText("Nothing was done yet.")).toBeTruthy();
  nothing.unmount();
  const slow = await security(full(), { audit_list: () => new Promise(() => {}) });
  expect(screen.getByText("Loading…")).toBeTruthy();
  slow.unmount();
  let broken = true;
  const { user } = await security(full(), {
    audit_list: () =>
      broken ? Promise.reject(failure("not-writable")) : { items: full().audit.slice(0, 3) },
  });
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  broken = false;
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  expect(await rows()).toHaveLength(3);
});
