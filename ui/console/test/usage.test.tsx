// Usage and limits: every state of the screen, what is unknown, and what is sent.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { asked, empty, full, open } from "./support";

type Opened = ReturnType<typeof open>;
const visit = async (opened: Opened) => {
  await opened.user.click(await screen.findByTestId("nav-usage"));
  return opened;
};

test("usage shows by day, AddOn and provider, with costs, and unknown is never zero", async () => {
  const { user, host } = await visit(open(full()));
  const table = await screen.findByTestId("usage-table");
  expect(within(table).getByText("2026-11-23")).toBeTruthy();
  await user.selectOptions(screen.getByTestId("usage-by"), "addon");
  const row = (await screen.findByText("Provider's own API", { selector: "th" })).closest("tr");
  expect(row?.textContent).toContain("unknown");
  expect(row?.textContent).not.toContain("$0");
  expect(screen.getByTestId("usage-table").querySelector("tfoot")?.textContent).toContain(
    "$0.212 + 98 calls of unknown price",
  );
  await user.selectOptions(screen.getByTestId("usage-measure"), "calls");
  expect(screen.getByTestId("usage-chart").getAttribute("aria-label")).toContain("Calls: ");
  await user.click(screen.getByTestId("usage-export"));
  expect(asked(host, "usage_export")).toEqual([{ days: 30, save: true }]);
  expect(await screen.findByText(/addon-console-usage\.csv/)).toBeTruthy();
});

test("limits show what is left, whose, and that one is reached", async () => {
  await visit(open(full()));
  const limits = await screen.findAllByTestId("limit");
  expect(limits[0]?.textContent).toContain("14,210 of 20,000 tokens used");
  expect(limits[0]?.textContent).toContain("fullest of 2: u-5a01c2d9");
  expect(limits[1]?.textContent).toContain("reached");
  expect(limits[1]?.textContent).toContain("$5.00 of $5.00 used");
  expect(limits[1]?.textContent).toContain("assumed");
  expect(
    within(limits[0] as HTMLElement)
      .getByRole("img")
      .getAttribute("aria-label"),
  ).toContain("14,210");
});

test("a limit is set in dollars, of one end user, and removed again", async () => {
  const { user, host } = await visit(open(full()));
  await user.click(await screen.findByTestId("limit-add"));
  await user.click(screen.getByTestId("limit-save"));
  expect(await screen.findByText("Enter a number above 0.")).toBeTruthy();
  expect(asked(host, "limit_set")).toEqual([]);
  await user.selectOptions(screen.getByTestId("limit-unit"), "money");
  await user.selectOptions(screen.getByTestId("limit-whose"), "one");
  await user.type(screen.getByTestId("limit-amount"), "2.50");
  await user.type(screen.getByTestId("limit-uid"), "mario-rossi");
  await user.click(screen.getByTestId("limit-save"));
  await waitFor(() => expect(screen.getAllByTestId("limit").length).toBe(3));
  expect(asked(host, "limit_set")).toMatchObject([
    { whose: "one", uid: "mario-rossi", unit: "money", amount: 2_500_000 },
  ]);
  expect(document.body.textContent).not.toContain("mario-rossi");
  const third = screen.getAllByTestId("limit")[2] as HTMLElement;
  await user.click(within(third).getByRole("button"));
  await user.click(within(await screen.findByRole("dialog")).getByText("Remove"));
  await waitFor(() => expect(screen.getAllByTestId("limit").length).toBe(2));
});

test("empty, failed and waiting are said", async () => {
  const memory = { ...full(), limits: [] };
  const none = { items: [], total: {} as never, prices_as_of: "2026-11-20" };
  const opened = await visit(open(memory, { usage_list: () => none }));
  expect(await screen.findByText(/No calls in this time/)).toBeTruthy();
  expect(await screen.findByText(/No limits are set/)).toBeTruthy();
  opened.unmount();
  const refused = () => Promise.reject<never>({ code: "not-writable", message: "", hint: "" });
  const failed = await visit(open(full(), { usage_list: refused, limit_list: refused }));
  expect((await screen.findAllByRole("alert")).length).toBe(2);
  failed.unmount();
  await visit(open(empty()));
  expect(await screen.findByText(/No calls in this time/)).toBeTruthy();
});
