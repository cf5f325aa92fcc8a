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

test("a port is pinned when it is one, and a taken one names its owner", async () => {
  const { host, user } = open(full());
  await user.click(await screen.findByTestId("nav-settings"));
  const field = await screen.findByTestId<HTMLInputElement>("port-pinned");
  await user.type(field, "80");
  await user.click(screen.getByTestId("port-save"));
  expect(await screen.findByText("A port is a number from 1024 to 65535.")).toBeTruthy();
  expect(host.calls.some((call) => call.name === "port_pin")).toBe(false);
  await user.type(field, "80");
  await user.click(screen.getByTestId("port-save"));
  expect((await screen.findByTestId("problem")).textContent).toContain("node (process 4242)");
  await user.clear(field);
  await user.type(field, "24000");
  await user.click(screen.getByTestId("port-save"));
  await waitFor(() => expect(screen.getByTestId("port-now").textContent).toContain("127.0.0.1:24000"));
});

test("a port that gave way says to whom", async () => {
  const memory = full();
  const moved = { from: 23366, owner: "node (process 4242)" };
  memory.overview.proxy = { state: "running", url: "http://127.0.0.1:23367", port: 23367, moved };
  const { user } = open(memory);
  await user.click(await screen.findByTestId("nav-settings"));
  expect((await screen.findByTestId("port-now")).textContent).toBe(
    "The proxy listens at http://127.0.0.1:23367, since port 23366 is taken by node (process 4242).",
  );
});

test("a certificate is made, trusted only when asked, and removed after a question", async () => {
  const memory = full();
  memory.certificate = { ...memory.certificate, state: "none", stores: [], ca_file: null };
  const { host, user } = open(memory);
  await user.click(await screen.findByTestId("nav-settings"));
  expect((await screen.findByTestId("https-state")).textContent).toContain("HTTPS is off");
  await user.click(screen.getByTestId("https-make"));
  expect((await screen.findByTestId("https-stores")).textContent).toContain("not trusted");
  expect(host.calls.some((call) => call.name === "certificate_install")).toBe(false);
  await user.click(screen.getByTestId("https-install"));
  await waitFor(() => expect(screen.getByTestId("https-stores").textContent).not.toContain("not trusted"));
  await user.click(screen.getByTestId("https-remove"));
  expect(memory.certificate.state).toBe("good");
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Remove" }));
  await waitFor(() => expect(screen.getByTestId("https-state").textContent).toContain("HTTPS is off"));
});

test("a certificate near its end asks to be made anew", async () => {
  const memory = full();
  memory.certificate = { ...memory.certificate, state: "renew" };
  const { user } = open(memory);
  await user.click(await screen.findByTestId("nav-settings"));
  const state = await screen.findByTestId("https-state");
  expect(state.getAttribute("role")).toBe("alert");
  expect(state.textContent).toContain("Make a new one before that");
});

test("sessions are ended one by one, or all of an application after a question", async () => {
  const { host, user } = open(full());
  await user.click(await screen.findByTestId("nav-settings"));
  expect(await screen.findAllByTestId("session-row")).toHaveLength(2);
  await user.click(screen.getByRole("button", { name: "Revoke the session of demo-user" }));
  await waitFor(() => expect(screen.getAllByTestId("session-row")).toHaveLength(1));
  await user.click(screen.getByTestId("session-revoke-all"));
  expect(host.calls.some((call) => call.name === "session_revoke_all")).toBe(false);
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Revoke" }));
  expect(await screen.findByText("Nobody is logged in.")).toBeTruthy();
});
