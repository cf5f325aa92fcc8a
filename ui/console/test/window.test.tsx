// The window as a person uses it: first run, a key entered, failures, keyboard.
import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { failure, stopped } from "../src/ipc/memory";
import { empty, full, open } from "./support";

const KEY = "sk-canary-9f8e7d6c5b4a39281706";

test("first run: one button prepares the demo and opens its page", async () => {
  const memory = empty();
  const demo = full().applications[0];
  if (!demo) throw new Error("no application");
  const { host, user } = open(memory, { demo_prepare: () => demo });
  await user.click(await screen.findByTestId("first-run-sandbox"));
  await waitFor(() => expect(host.calls.map((call) => call.name)).toContain("preview_open"));
  expect(host.calls.find((call) => call.name === "preview_open")?.request).toEqual({ application: demo.id });
});

test("a typed key goes to the back end as bytes and stays nowhere in the window", async () => {
  const { host, user, container } = open(full());
  await user.click(await screen.findByTestId("nav-providers"));
  await user.click(await screen.findByTestId("provider-add"));
  await user.type(await screen.findByTestId("provider-name"), "Second");
  await user.click(screen.getByTestId("key-type"));
  const field = screen.getByTestId<HTMLInputElement>("key-input");
  expect(field.type).toBe("password");
  await user.type(field, KEY);
  await user.click(screen.getByTestId("key-stage"));
  expect((await screen.findByTestId("key-ready")).textContent).toContain("1706");
  expect(host.keys).toEqual([KEY]);
  const inputs = [...document.querySelectorAll("input")].map((input) => input.value);
  expect(JSON.stringify([container.innerHTML, inputs, { ...localStorage }, host.calls])).not.toContain(
    KEY.slice(-8),
  );
  await user.click(screen.getByTestId("provider-save"));
  expect(await screen.findByTestId("provider-row-Second")).toBeTruthy();
  const names = host.calls.map((call) => call.name);
  expect(names.indexOf("provider_test")).toBeLessThan(names.indexOf("provider_add"));
});

test("a refused key is not saved unless the developer insists", async () => {
  const { host, user } = open(full(), {
    provider_test: () => stopped("key-rejected"),
  });
  await user.click(await screen.findByTestId("nav-providers"));
  await user.click(await screen.findByTestId("provider-add"));
  await user.type(await screen.findByTestId("provider-name"), "Second");
  await user.click(screen.getByTestId("key-paste"));
  await screen.findByTestId("key-ready");
  await user.click(screen.getByTestId("provider-save"));
  expect((await screen.findByTestId("test-result")).textContent).toContain("key rejected");
  expect(host.calls.map((call) => call.name)).not.toContain("provider_add");
  await user.click(screen.getByTestId("provider-save-anyway"));
  await waitFor(() => expect(host.calls.map((call) => call.name)).toContain("provider_add"));
});

test("a read that fails says so and can be tried again", async () => {
  let broken = true;
  const { user } = open(full(), {
    provider_list: () =>
      broken ? Promise.reject<never>(failure("not-writable")) : { items: full().providers },
  });
  await user.click(await screen.findByTestId("nav-providers"));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("cannot be written");
  broken = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByTestId("provider-row-OpenAI team")).toBeTruthy();
});

test("a call made anywhere shows up at once", async () => {
  const { host } = open(full());
  const [row, ...rest] = full().overview.recent;
  const rows = rest.length + 1;
  await waitFor(async () => expect(await screen.findAllByTestId("recent-row")).toHaveLength(rows));
  if (!row) throw new Error("no call");
  host.tell({ type: "call", activity: { ...row, id: "c-new" } });
  await waitFor(() => expect(screen.getAllByTestId("recent-row")).toHaveLength(rows + 1));
});

test("Ctrl K, a few letters and Enter go to a screen; the language can be switched", async () => {
  const { user } = open(full());
  await screen.findByTestId("flow-hop-1");
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox", { name: "Type a command" }), "add provider{Enter}");
  expect(await screen.findByTestId("provider-name")).toBeTruthy();
  await user.click(screen.getByTestId("language-it"));
  expect((await screen.findByTestId("nav-overview")).textContent).toContain("Panoramica");
});
