// A session bus of its own with the real GNOME Keyring on it, which a test can stop answering. Knows no window.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { scratch } from "./programs";
import { waitFor } from "./window";

// Nobody is started by being asked: a second keyring would answer for the first.
const BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`;

export interface Keyring {
  /** What a program of this session is started with. */
  env: NodeJS.ProcessEnv;
  /** From now on it takes questions and answers none. */
  fallSilent: () => void;
  /** It answers again, what it was asked meanwhile too. */
  answer: () => void;
  close: () => void;
}

/** Starts both; the keyring is unlocked. */
export async function startKeyring(): Promise<Keyring> {
  const home = scratch();
  const runtime = join(home, "run");
  mkdirSync(runtime, { mode: 0o700 });
  writeFileSync(join(home, "bus.conf"), BUS);
  const bus = spawn("dbus-daemon", ["--nofork", "--print-address=1", `--config-file=${home}/bus.conf`]);
  const address = await new Promise<string>((done) => createInterface(bus.stdout).once("line", done));
  const env = {
    DBUS_SESSION_BUS_ADDRESS: address,
    XDG_RUNTIME_DIR: runtime,
    XDG_CONFIG_HOME: join(home, "config"),
  };
  const daemon = spawn("gnome-keyring-daemon", ["--foreground", "--unlock", "--components=secrets"], {
    env: { ...process.env, ...env, HOME: home, XDG_DATA_HOME: join(home, "share") },
    stdio: ["pipe", "ignore", "ignore"],
  });
  daemon.stdin.end("x");
  const owned = () =>
    new Promise<boolean>((done) => {
      const asked = spawn(
        "dbus-send",
        [
          `--bus=${address}`,
          "--print-reply",
          "--dest=org.freedesktop.DBus",
          "/",
          "org.freedesktop.DBus.NameHasOwner",
          "string:org.freedesktop.secrets",
        ],
        { stdio: ["ignore", "pipe", "ignore"] },
      );
      let said = "";
      asked.stdout.on("data", (bytes) => {
        said += bytes;
      });
      asked.once("close", () => done(said.includes("boolean true")));
    });
  await waitFor(async () => ((await owned()) ? true : undefined), "a keyring");
  const kill = (child: ChildProcess) => child.kill("SIGKILL");
  return {
    env,
    fallSilent: () => void daemon.kill("SIGSTOP"),
    answer: () => void daemon.kill("SIGCONT"),
    close: () => [daemon, bus].forEach(kill),
  };
}
