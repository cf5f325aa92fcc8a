// A session bus of its own with the real GNOME Keyring on it, which a test can lock, stop and start. Knows no window.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { bin, scratch } from "./programs";
import { waitFor } from "./window";

const run = promisify(execFile);
const SERVICE = "org.freedesktop.secrets";
const PROMPTER = "org.gnome.keyring.SystemPrompter";

// Nobody is started by being asked: a second keyring would answer for the first.
const BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`;

export interface Keyring {
  /** What a program of this session is started with. */
  env: NodeJS.ProcessEnv;
  /** Locks it. Whoever wants something of it is asked for the password by a prompt that never comes. */
  lock: () => Promise<void>;
  /** The prompt is gone, as if somebody had closed it. */
  dismiss: () => void;
  /** Starts it anew, unlocked. */
  unlock: () => Promise<void>;
  /** From now on it takes questions and answers none. */
  freeze: () => void;
  thaw: () => void;
  close: () => void;
}

const firstLine = (child: ChildProcess) =>
  new Promise<string>((done) =>
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once("line", done),
  );

/** Starts both; the keyring is unlocked. */
export async function startKeyring(): Promise<Keyring> {
  const home = scratch();
  const runtime = join(home, "run");
  mkdirSync(runtime, { mode: 0o700 });
  writeFileSync(join(home, "bus.conf"), BUS);
  const bus = spawn("dbus-daemon", ["--nofork", "--print-address=1", `--config-file=${home}/bus.conf`]);
  const address = await firstLine(bus);
  const env = {
    DBUS_SESSION_BUS_ADDRESS: address,
    XDG_RUNTIME_DIR: runtime,
    XDG_CONFIG_HOME: join(home, "config"),
  };
  const all = { ...process.env, ...env, HOME: home, XDG_DATA_HOME: join(home, "share") };
  const ask = (to: string, path: string, ...words: string[]) =>
    run("dbus-send", [`--bus=${address}`, "--print-reply", `--dest=${to}`, path, ...words]);
  const owned = async (wanted: boolean) => {
    const asked = ["org.freedesktop.DBus.NameHasOwner", `string:${SERVICE}`];
    const { stdout } = await ask("org.freedesktop.DBus", "/", ...asked);
    return stdout.includes("boolean true") === wanted ? true : undefined;
  };
  const start = async () => {
    const child = spawn("gnome-keyring-daemon", ["--foreground", "--unlock", "--components=secrets"], {
      env: all,
      stdio: ["pipe", "ignore", "ignore"],
    });
    child.stdin.end("x");
    await waitFor(() => owned(true), "a keyring");
    return child as ChildProcess;
  };
  let daemon = await start();
  let prompter: ChildProcess | undefined;
  return {
    env,
    lock: async () => {
      const python = resolve(bin(".."), "tools/clients/bin/python");
      const script = resolve(import.meta.dirname, "silent.py");
      prompter = spawn(python, [script, PROMPTER], { env: all });
      if ((await firstLine(prompter)) !== "taken") throw new Error("the prompter's name is taken");
      const service = "/org/freedesktop/secrets";
      const collections = `array:objpath:${service}/aliases/default`;
      await ask(SERVICE, service, "org.freedesktop.Secret.Service.Lock", collections);
    },
    dismiss: () => void prompter?.kill("SIGKILL"),
    unlock: async () => {
      daemon.kill("SIGKILL");
      await waitFor(() => owned(false), "no keyring");
      daemon = await start();
    },
    freeze: () => void daemon.kill("SIGSTOP"),
    thaw: () => void daemon.kill("SIGCONT"),
    close: () => {
      for (const child of [prompter, daemon, bus]) child?.kill("SIGKILL");
    },
  };
}
