// Starts the product's programs and the stand-in provider, and stops them. Knows no test.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const target = process.env.CARGO_TARGET_DIR ?? resolve(import.meta.dirname, "../../target");
export const bin = (name: string) => join(target, "debug", name);

/** A new folder for one test. */
export function scratch(): string {
  return mkdtempSync(join(process.env.ADDON_CONSOLE_SCRATCH ?? tmpdir(), "t-"));
}

const running = new Set<ChildProcess>();

/** Stops everything that was started. */
export async function stopAll() {
  await Promise.all([...running].map(stop));
}

export async function stop(child: ChildProcess): Promise<number | null> {
  running.delete(child);
  if (child.exitCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  child.kill("SIGTERM");
  return ended;
}

export interface Started {
  child: ChildProcess;
  /** Its first line. */
  first: Record<string, unknown>;
  /** All it has said so far, on both channels. */
  said: () => string;
}

/** Starts a program that announces itself with a line of JSON. */
export async function start(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Started> {
  const child = spawn(bin(program), args, {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  running.add(child);
  let said = "";
  child.stderr?.on("data", (bytes) => {
    said += bytes;
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const first = await new Promise<string>((done, fail) => {
    lines.once("line", done);
    child.once("exit", (code) => fail(new Error(`${program} ended with ${code}: ${said}`)));
  });
  lines.on("line", (line) => {
    said += line;
  });
  return { child, first: JSON.parse(first), said: () => said + first };
}

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** Runs `addonctl` to its end. */
export function addonctl(
  args: string[],
  options: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return new Promise((done) => {
    const env = { ...process.env, ...options.env };
    const child = execFile(bin("addonctl"), args, { env }, (error, out, err) => {
      done({ code: error ? Number(error.code) : 0, out, err });
    });
    // A command that reads nothing may end before this is written.
    child.stdin?.on("error", () => {});
    child.stdin?.end(options.input ?? "");
  });
}

export interface Provider extends Started {
  url: string;
  /** The certificate to trust. */
  ca: string;
  /** Every request it saw, with its headers. */
  requests: () => { path: string; headers: Record<string, string>; body: string }[];
  behave: (behaviour: unknown) => Promise<void>;
}

/** A local server that behaves like OpenAI, over TLS, and takes one key only. */
export async function provider(key: string): Promise<Provider> {
  const dir = scratch();
  const files = { key: join(dir, "key"), ca: join(dir, "ca.pem"), log: join(dir, "log") };
  writeFileSync(files.key, key);
  const started = await start("fake-provider", [
    ...["--dialect", "openai", "--tls", "--expect-key-file", files.key],
    ...["--ca-out", files.ca, "--log", files.log],
  ]);
  const requests = () =>
    readFileSync(files.log, "utf8")
      .split("\n")
      // What follows the last line's end is a line that is still being written.
      .slice(0, -1)
      .filter((line) => line.includes('"request"'))
      .map((line) => JSON.parse(line));
  const behave = (behaviour: unknown) =>
    new Promise<void>((done) => {
      started.child.stdout?.once("data", () => done());
      started.child.stdin?.write(`${JSON.stringify(behaviour)}\n`);
    });
  return { ...started, url: String(started.first.url), ca: files.ca, requests, behave };
}
