// Runs the providers' official Python clients: one process a client, any number of calls. Knows no provider.
import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Outcome } from "./client";

const target = process.env.CARGO_TARGET_DIR ?? resolve(import.meta.dirname, "../../target");
const python = resolve(target, "tools/clients/bin/python");
const scripts = resolve(import.meta.dirname, "../clients/python");

const running = new Set<ChildProcess>();

/** Stops every client. */
export function stopPython() {
  for (const child of running) child.kill();
  running.clear();
}

/** The client of `clients/python/NAME.py`. */
export function pythonClient(name: string) {
  const child = spawn(python, [resolve(scripts, `${name}.py`)], { stdio: ["pipe", "pipe", "pipe"] });
  running.add(child);
  const waiting = new Map<number, { done: (outcome: Outcome) => void; fail: (why: Error) => void }>();
  let said = "";
  let last = 0;
  child.stderr.on("data", (bytes) => {
    said += bytes;
  });
  const giveUp = (why: string) => {
    for (const { fail } of waiting.values()) fail(new Error(why));
  };
  child.once("exit", () => giveUp(`${name} ended: ${said}`));
  child.once("error", () => giveUp(`${python} does not start: run script/setup test`));
  child.stdin.on("error", () => {});
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, outcome, waits } = JSON.parse(line);
    waiting.get(id)?.done({ ...outcome, waits });
    waiting.delete(id);
  });
  return (ask: object): Promise<Outcome> =>
    new Promise((done, fail) => {
      const id = last++;
      waiting.set(id, { done, fail });
      // Not arguments: those are readable by everyone on the machine.
      child.stdin.write(`${JSON.stringify({ ...ask, id })}\n`);
    });
}
