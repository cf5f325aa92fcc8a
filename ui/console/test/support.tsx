// Renders the window over a back end in memory. Knows no test.
import { cleanup, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach } from "vitest";
import { App } from "../src/app/App";
import { empty, full, type Memory, MemoryHost } from "../src/ipc/memory";

export { empty, full };

type Answers = ConstructorParameters<typeof MemoryHost>[1];

afterEach(() => {
  cleanup();
  localStorage.clear();
});

export function open(memory: Memory, answers?: Answers) {
  const host = new MemoryHost(memory, answers);
  return { host, user: userEvent.setup(), ...render(<App host={host} />) };
}
