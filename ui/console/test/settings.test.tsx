// Settings and the words for a call.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { full, open } from "./support";

test("network settings that cannot be used are refused with the reason, and stay in the form", async () => {
  const { host, user } = open(full());
  await user.click(await screen.findByTestId("nav-settings"));
  await user.type(await screen.findByTestId("network-ca"), "/home/me/corp.txt");
  await user.click(screen.getByTestId("network-save"));
  expect((await screen.findByTestId("problem")).textContent).toContain("the CA file cannot be read");
  expect(screen.getByTestId<HTMLInputElement>("network-ca").value).toBe("/home/me/corp.txt");
  await user.clear(screen.getByTestId("network-ca"));
  await user.type(screen.getByTestId("network-proxy"), "http://proxy.corp.example:3128");
  await user.click(screen.getByTestId("network-save"));
  await waitFor(() =>
    expect(screen.getByTestId("network-force").textContent).toContain("through proxy.corp.example:3128"),
  );
  expect(host.calls.findLast((call) => call.name === "network_set")?.request).toEqual({
    proxy: "http://proxy.corp.example:3128",
  });
});

test("settings that are not in force say so", async () => {
  const memory = full();
  memory.network = {
    ...{ settings: { ca_file: "/gone.pem" }, through: null },
    problem: "the CA file cannot be read",
  };
  const { user } = open(memory);
  await user.click(await screen.findByTestId("nav-settings"));
  expect((await screen.findByTestId("network-problem")).textContent).toContain("the CA file cannot be read");
  expect(screen.getByTestId("network-force").textContent).not.toContain("gone.pem");
});

test("a call's row says its route, its units in their kind, and more than one try", async () => {
  open(full());
  const rows = await screen.findAllByTestId("recent-row");
  const texts = rows.map((row) => row.textContent ?? "");
  const row = (words: string) => texts.find((text) => text.includes(words)) ?? "";
  expect(row("Generate Alt Text")).toContain("7 images");
  expect(row("Generate Alt Text")).toContain("2 tries");
  expect(row("provider's own API")).toContain("1,245 tokens");
  expect(row("translation")).toContain("12,840 characters");
  expect(within(rows[0] as HTMLElement).queryByText(/tries/)).toBeNull();
});
