// Runs the providers' official Python clients, each call a process of its own. Knows no provider.
import { execFile } from "node:child_process";
import { resolve } from "node:path";

const target = process.env.CARGO_TARGET_DIR ?? resolve(import.meta.dirname, "../../target");
const python = resolve(target, "tools/clients/bin/python");
const script = resolve(import.meta.dirname, "../clients/python/call.py");

/** What a call of a client came to: what it gave, or how it raised. */
export type Outcome =
  | { ok: unknown }
  | { raised: { class: string; status: number | null; code: string | null } };

/** One call of a client, with only base URL and key of the caller's choosing. */
export function call(client: string, base: string, key: string, action: string): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = execFile(python, [script], { timeout: 60_000 }, (error, out, err) => {
      if (error) return fail(new Error(err || error.message));
      done(JSON.parse(out) as Outcome);
    });
    // Not an argument: arguments are readable by everyone on the machine.
    child.stdin?.end(JSON.stringify({ client, base, key, action }));
  });
}
