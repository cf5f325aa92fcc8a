// Failures provoked on purpose: chosen at a provider, seen wherever one is on, ended, and told apart in the activity.
import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { call, failure } from "../src/ipc/memory";
import { en } from "../src/messages/en";
import { it } from "../src/messages/it";
import { asked, empty, full, open } from "./support";

// Nothing is laid out here: every element is as large as a small window.
for (const [side, length] of Object.entries({ offsetWidth: 900, offsetHeight: 400, clientHeight: 400 })) {
  Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => length });
}

const on = (left: number | null) => {
  const memory = full();
  const [first, ...others] = memory.providers;
  if (!first) throw new Error("no provider");
  memory.providers = [{ ...first, fault: { fault: "key-rejected", left, since: 1 } }, ...others];
  return memory;
};

async function providers(...args: Parameters<typeof open>) {
  const opened = open(...args);
  await opened.user.click(await screen.findByTestId("nav-providers"));
  await screen.findByTestId("provider-row-OpenAI team");
  return opened;
}

async function provoke(...args: Parameters<typeof open>) {
  const opened = await providers(...args);
  await opened.user.click(
    within(screen.getByTestId("provider-row-OpenAI team")).getByTestId("provider-provoke"),
  );
  await screen.findByTestId("fault-which");
  return { ...opened, dialog: within(screen.getByRole("dialog")) };
}

const options = () => [...screen.getByTestId("fault-which").querySelectorAll("option")].map((o) => o.value);

test("a failure is chosen by its group, its meaning is said, and it lasts until it is ended", async () => {
  const { host, user, dialog } = await provoke(full());
  expect(asked(host, "fault_list")).toEqual([{ kind: "openai" }]);
  const groups = [...screen.getByTestId("fault-which").querySelectorAll("optgroup")].map((g) => g.label);
  expect(groups).toEqual([
    "The provider refuses",
    "No reply comes",
    "Late, slow, cut",
    "A wrong answer",
    "The console refuses",
  ]);
  expect((dialog.getByTestId("fault-which") as HTMLSelectElement).value).toBe("key-rejected");
  expect(dialog.getByTestId("fault-about").textContent).toBe(en["fault.about.key-rejected"]);
  await user.selectOptions(dialog.getByTestId("fault-which"), "stream-error");
  expect(dialog.getByTestId("fault-about").textContent).toBe(
    `${en["fault.about.stream-error"]} Shows in streams only.`,
  );
  await user.click(dialog.getByTestId("fault-set"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(asked(host, "fault_set")).toEqual([{ provider: "p-1", fault: "stream-error" }]);
  const notice = await screen.findByTestId("fault-on");
  expect(notice.textContent).toContain("Provoked: Error inside a stream · every call");
  await user.click(
    within(notice).getByRole("button", { name: "End it: OpenAI team, Error inside a stream" }),
  );
  await waitFor(() => expect(screen.queryByTestId("fault-on")).toBeNull());
  expect(asked(host, "fault_clear")).toEqual([{ provider: "p-1" }]);
});

test("it is found by words of its title, its meaning or its id, and may be for some calls only", async () => {
  const { host, user, dialog } = await provoke(full());
  await user.type(dialog.getByTestId("fault-find"), "429");
  expect(options()).toEqual(["quota-exhausted"]);
  await user.clear(dialog.getByTestId("fault-find"));
  await user.type(dialog.getByTestId("fault-find"), "CERTIFICATE expired");
  expect(options()).toEqual(["certificate-expired"]);
  // The only one there is needs no choosing.
  expect(dialog.getByTestId("fault-about").textContent).toBe(en["fault.about.certificate-expired"]);
  await user.selectOptions(dialog.getByTestId("fault-times"), "5");
  await user.click(dialog.getByTestId("fault-set"));
  expect(asked(host, "fault_set")).toEqual([{ provider: "p-1", fault: "certificate-expired", times: 5 }]);
  expect((await screen.findByTestId("fault-on")).textContent).toContain("Expired certificate · 5 calls left");
});

test("where nothing is found, nothing can be set, and that is said", async () => {
  const { user, dialog } = await provoke(full());
  await user.selectOptions(dialog.getByTestId("fault-which"), "offline");
  await user.type(dialog.getByTestId("fault-find"), "no such words");
  expect(options()).toEqual([]);
  expect(dialog.getByTestId("fault-about").textContent).toBe("No failure fits.");
  expect((dialog.getByTestId("fault-set") as HTMLButtonElement).disabled).toBe(true);
});

test("a refusal stands in the dialog, which stays", async () => {
  const refused = () => Promise.reject<never>(failure("not-found"));
  const { user, dialog } = await provoke(full(), { fault_set: refused });
  await user.selectOptions(dialog.getByTestId("fault-which"), "offline");
  await user.click(dialog.getByTestId("fault-set"));
  expect((await dialog.findByTestId("problem")).textContent).toBe(en["error.not-found"]);
});

test("the overview says what is on, counts down, and is silent when nothing is", async () => {
  const quiet = open(full());
  await screen.findByTestId("flow-hop-1");
  expect(screen.queryByTestId("fault-notice")).toBeNull();
  quiet.unmount();
  const memory = on(2);
  const { host, user } = open(memory);
  const notice = await screen.findByTestId("fault-notice");
  expect(notice.textContent).toContain("OpenAI team: Provoked: Key rejected · 2 calls left");
  const [first, ...others] = memory.providers;
  if (first?.fault) memory.providers = [{ ...first, fault: { ...first.fault, left: 1 } }, ...others];
  act(() => host.tell({ type: "changed", topic: "providers" }));
  await waitFor(() => expect(screen.getByTestId("fault-notice").textContent).toContain("1 call left"));
  await user.click(screen.getByTestId("fault-end"));
  await waitFor(() => expect(screen.queryByTestId("fault-notice")).toBeNull());
});

test("a failure that is on in another application is said with its name", async () => {
  const memory = on(null);
  const [first] = memory.applications;
  if (!first) throw new Error("no application");
  memory.applications = [first, { ...first, id: "a-2", name: "Web Pages" }];
  open(memory, {
    provider_list: ({ application }) => ({
      items:
        application === "a-2"
          ? memory.providers.slice(0, 1).map((each) => ({ ...each, application: "a-2", id: "p-9" }))
          : [],
    }),
  });
  const notice = await screen.findByTestId("fault-notice");
  expect(notice.textContent).toContain("Web Pages, OpenAI team: Provoked: Key rejected");
});

test("a call that met one says so in the list and by name in its details; others say nothing", async () => {
  const memory = full();
  const met = {
    ...call,
    id: "n-1",
    fault: "stall" as const,
    cause: "upstream-timeout" as const,
    status: 504,
  };
  memory.calls = [met, { ...call, id: "n-2" }];
  const { user } = open(memory);
  await user.click(await screen.findByTestId("nav-activity"));
  const rows = await screen.findAllByTestId("activity-row");
  expect(rows.map((row) => within(row).queryByTestId("fault-pill")?.title ?? null)).toEqual([
    "Provoked: Stall",
    null,
  ]);
  await user.click(rows[0] as HTMLElement);
  expect((await screen.findByTestId("call-fault")).textContent).toBe("Stall stall");
  await user.click(rows[1] as HTMLElement);
  await waitFor(() => expect(screen.queryByTestId("call-fault")).toBeNull());
});

test("an application is marked as testing, with what that permits, and shown as such in the list", async () => {
  const { host, user } = open(full());
  await user.click(await screen.findByTestId("nav-applications"));
  await screen.findByText("Spring Mailer", { selector: "th" });
  expect(screen.queryByTestId("app-is-testing")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Edit" }));
  expect(screen.getByText(/X-Addon-Console-Fault/)).toBeTruthy();
  await user.click(screen.getByRole("switch", { name: "Testing" }));
  expect(asked(host, "application_testing")).toEqual([{ application: "a-1", testing: true }]);
  await waitFor(() =>
    expect(screen.getByRole("switch", { name: "Testing" }).getAttribute("aria-checked")).toBe("true"),
  );
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(await screen.findByTestId("app-is-testing")).toBeTruthy();
});

test("who may use an application is switched, each way without touching the other", async () => {
  const { host, user } = open(full());
  await user.click(await screen.findByTestId("nav-applications"));
  await screen.findByText("Spring Mailer", { selector: "th" });
  await user.click(screen.getByRole("button", { name: "Edit" }));
  const pages = () => screen.getByRole("switch", { name: "Pages log in by themselves" });
  const programs = () => screen.getByRole("switch", { name: "Programs may call" });
  expect([pages(), programs()].map((each) => each.getAttribute("aria-checked"))).toEqual(["false", "true"]);
  await user.click(pages());
  await waitFor(() => expect(pages().getAttribute("aria-checked")).toBe("true"));
  await user.click(programs());
  await waitFor(() => expect(programs().getAttribute("aria-checked")).toBe("false"));
  expect(asked(host, "application_access")).toEqual([
    { application: "a-1", bee_auth: true, programs: true },
    { application: "a-1", bee_auth: true, programs: false },
  ]);
});

test("without an application nothing is asked for", async () => {
  const { host } = open(empty());
  await screen.findByTestId("first-run-sandbox");
  expect(asked(host, "provider_list")).toEqual([]);
});

test("every failure has a name of its own in both languages", () => {
  for (const texts of [en, it]) {
    const titles = Object.entries(texts).filter(
      ([key]) => key.startsWith("fault.") && `fault.about.${key.slice(6)}` in texts,
    );
    expect(titles.length).toBeGreaterThan(60);
    expect(new Set(titles.map(([, title]) => title)).size).toBe(titles.length);
  }
});
