// Renders the window over a back end in memory. Knows no test.
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect } from "vitest";
import { App } from "../src/app/App";
import type { Commands, VaultView } from "../src/ipc/generated";
import { empty, full, type Memory, MemoryHost } from "../src/ipc/memory";

export { empty, full };

type Answers = ConstructorParameters<typeof MemoryHost>[1];
export type Opened = ReturnType<typeof open>;

afterEach(() => {
  cleanup();
  localStorage.clear();
});

export function open(memory: Memory, answers?: Answers) {
  const host = new MemoryHost(memory, answers);
  return { host, user: userEvent.setup(), ...render(<App host={host} />) };
}

/** An application in use, with the vault as it is wanted. */
export function vaultIs(changes: Partial<VaultView>): Memory {
  const memory = full();
  memory.overview = { ...memory.overview, vault: { ...memory.overview.vault, ...changes } };
  return memory;
}

/** The window on its Security screen. */
export async function security(memory: Memory, answers?: Answers) {
  const opened = open(memory, answers);
  await opened.user.click(await screen.findByTestId("nav-security"));
  await screen.findByTestId("vault-key");
  return opened;
}

/** What a command was asked for, each time. */
export const asked = (host: MemoryHost, name: keyof Commands) =>
  host.calls.filter((call) => call.name === name).map((call) => call.request);

/** The secret stands nowhere in the window, and the bytes that carried it are wiped. */
export function nowhere(host: MemoryHost, secret: string) {
  const inputs = [...document.querySelectorAll("input, textarea")].map(
    (input) => (input as HTMLInputElement).value,
  );
  const all = [
    document.documentElement.outerHTML,
    inputs,
    { ...localStorage },
    { ...sessionStorage },
    host.calls,
  ];
  expect(JSON.stringify(all)).not.toContain(secret);
  expect(host.handed.length).toBeGreaterThan(0);
  for (const bytes of host.handed) expect([...bytes].every((byte) => byte === 0)).toBe(true);
}
