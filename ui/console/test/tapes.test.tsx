// Tapes: every state of the screen, what is sent, and that a recording is seen everywhere.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { failure, type Memory } from "../src/ipc/memory";
import { asked, empty, full, nowhere, open } from "./support";

// Nothing is laid out here: every element is as large as a small window.
for (const [side, length] of Object.entries({ offsetWidth: 900, offsetHeight: 400, clientHeight: 400 })) {
  Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => length });
}

type Opened = ReturnType<typeof open>;
const visit = async (opened: Opened) => {
  await opened.user.click(await screen.findByTestId("nav-tapes"));
  return opened;
};
const set = (memory: Memory) => {
  const [first] = memory.tapes;
  if (!first) throw new Error("the sample has tapes");
  return first;
};

test("a recording is begun into new tapes, seen on the Overview too, and stopped there", async () => {
  const memory = { ...full(), tapes: [] };
  const { user, host } = await visit(open(memory));
  expect(await screen.findByText(/No tapes yet/)).toBeTruthy();
  const record = screen.getByTestId("tape-record") as HTMLButtonElement;
  expect(record.disabled).toBe(true);
  expect((screen.getByTestId("tape-play") as HTMLButtonElement).disabled).toBe(true);
  expect(within(screen.getByTestId("tape-provider")).queryByText("Sandbox")).toBeNull();
  await user.type(screen.getByTestId("tape-name"), "Spring demo");
  await user.click(record);
  expect(asked(host, "tape_create")).toEqual([{ name: "Spring demo" }]);
  await waitFor(() =>
    expect(asked(host, "tape_record")).toEqual([
      { provider: "p-1", set: "22222200-0000-4000-8000-000000000100" },
    ]),
  );
  await user.click(screen.getByTestId("nav-overview"));
  const notice = await screen.findByTestId("tape-notice");
  expect(notice.textContent).toContain("OpenAI team is being recorded");
  await user.click(within(notice).getByTestId("tape-stop"));
  await waitFor(() => expect(screen.queryByTestId("tape-notice")).toBeNull());
  expect(asked(host, "tape_stop")).toEqual([{ provider: "p-1" }]);
});

test("tapes play in their own time or at once, and are not deleted meanwhile", async () => {
  const memory = full();
  const { user, host } = await visit(open(memory));
  await user.selectOptions(await screen.findByTestId("tape-provider"), "p-2");
  await user.click(screen.getByTestId("tape-play"));
  await user.click(screen.getByTestId("tape-play-fast"));
  const { id } = set(memory);
  expect(asked(host, "tape_play")).toEqual([
    { provider: "p-2", set: id, fast: false },
    { provider: "p-2", set: id, fast: true },
  ]);
  expect(await screen.findByText(/answer for Claude: nobody is asked/)).toBeTruthy();
  expect((screen.getByTestId("tape-delete") as HTMLButtonElement).disabled).toBe(true);
});

test("full, damaged and lost are said, and a failure with its way out", async () => {
  const memory = full();
  const one = set(memory);
  memory.tapes = [
    { ...one, bytes: one.bytes_max - 10, lost: { count: 2, why: "set-full" } },
    { ...one, id: "22222200-0000-4000-8000-000000000002", name: "Torn", damaged: true },
  ];
  await visit(open(memory));
  const [whole, torn] = await screen.findAllByTestId("tape-set");
  expect(whole?.textContent).toContain("full");
  expect(whole?.textContent).toContain("12 recorded, 67.1 MB");
  expect(torn?.textContent).toContain("12 recorded, 48.2 kB");
  expect(whole?.textContent).toContain("2 not recorded: the tapes are full.");
  expect(torn?.textContent).toContain("does not open");
  expect(within(torn as HTMLElement).queryByTestId("tape-export-open")).toBeNull();
});

test("a list that fails can be asked for again", async () => {
  let fails = true;
  const memory = full();
  const { user } = await visit(
    open(memory, {
      tape_list: () =>
        fails ? Promise.reject<never>(failure("internal", "The store failed.")) : { items: memory.tapes },
    }),
  );
  expect(await screen.findByText(/The store failed/)).toBeTruthy();
  fails = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByTestId("tape-set")).toBeTruthy();
});

test("tapes leave and come under a passphrase that stands nowhere", async () => {
  const { user, host } = await visit(open(full()));
  await user.click(await screen.findByTestId("tape-import-open"));
  await user.type(screen.getByTestId("tape-import-path"), "/home/ada/demo.aoctapes");
  await user.type(screen.getByTestId("tape-import-passphrase"), "a canary passphrase");
  await user.click(screen.getByTestId("tape-import"));
  expect(await screen.findByText("“From a colleague” is here.")).toBeTruthy();
  expect(asked(host, "tape_import")).toEqual([{ path: "/home/ada/demo.aoctapes", passphrase: "secret-1" }]);
  nowhere(host, "a canary passphrase");
});

test("deleting asks first", async () => {
  const memory = full();
  const { user, host } = await visit(open(memory));
  await user.click(await screen.findByTestId("tape-delete"));
  expect(asked(host, "tape_delete")).toEqual([]);
  const { id } = set(memory);
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(asked(host, "tape_delete")).toEqual([{ set: id }]));
});

test("a set gets another name, and keeps the one it has until then", async () => {
  const memory = full();
  const { user, host } = await visit(open(memory));
  const { id } = set(memory);
  await user.click(await screen.findByTestId("tape-rename"));
  const name = screen.getByTestId("tape-new-name");
  expect((name as HTMLInputElement).value).toBe("Spring demo");
  await user.clear(name);
  expect((screen.getByTestId("confirm") as HTMLButtonElement).disabled).toBe(true);
  await user.type(name, "Summer demo{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(asked(host, "tape_rename")).toEqual([{ set: id, name: "Summer demo" }]);
  expect((await screen.findByTestId("tape-set")).textContent).toContain("Summer demo");
});

test("a provider says whether it is recorded or played for, and a call whether a tape answered", async () => {
  const memory = full();
  const [first, second, ...others] = memory.calls;
  if (!first || !second) throw new Error("the sample has calls");
  const missed = { ...second, id: `${second.id}-missed`, from_tape: true, cause: "tape-miss" as const };
  memory.calls = [{ ...first, from_tape: true, cause: null }, missed, second, ...others];
  const { user } = await visit(open(memory));
  await user.selectOptions(await screen.findByTestId("tape-provider"), "p-1");
  await user.click(screen.getByTestId("tape-record"));
  await user.selectOptions(screen.getByTestId("tape-provider"), "p-2");
  await user.click(screen.getByTestId("tape-play"));
  await user.click(screen.getByTestId("nav-providers"));
  const pills = (await screen.findAllByTestId("tape-pill")).map((pill) => pill.textContent);
  expect(pills).toEqual(["Recording into “Spring demo”", "Tapes “Spring demo” answer"]);
  await user.click(screen.getByTestId("nav-activity"));
  const rows = await screen.findAllByTestId("activity-row");
  expect(rows.map((row) => within(row).queryByTestId("tape-call") !== null).slice(0, 3)).toEqual([
    true,
    false,
    false,
  ]);
  await user.click(rows[0] as HTMLElement);
  expect((await screen.findByTestId("call-tape")).textContent).toContain("nobody was asked");
});

test("without an application there is nothing to record yet", async () => {
  await visit(open(empty()));
  expect(await screen.findByText(/Add a provider with a server first/)).toBeTruthy();
});
