// Canary keys, and the search for them in everything a test can reach.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A key that stands nowhere else in the world. */
export function canary(): string {
  return `sk-canary-${randomBytes(24).toString("hex")}`;
}

/** The forms in which `key` stands in `text`: whole or any 8 characters of its random part, plain or encoded. */
export function leaks(text: string | Buffer, key: string): string[] {
  const hay = Buffer.isBuffer(text) ? text.toString("latin1") : text;
  const random = key.slice("sk-canary-".length);
  const found = new Set<string>();
  for (let at = 0; at + 8 <= random.length; at++) {
    const slice = random.slice(at, at + 8);
    const bytes = Buffer.from(slice);
    if (hay.includes(slice)) found.add("raw");
    if (hay.toLowerCase().includes(bytes.toString("hex"))) found.add("hex");
    if (hay.includes(bytes.toString("utf16le"))) found.add("utf-16");
  }
  for (let shift = 0; shift < 3; shift++) {
    if (hay.includes(Buffer.from(random.slice(shift, shift + 24)).toString("base64"))) found.add("base64");
  }
  return [...found];
}

/** The files below `dir` that hold `key`. Throws if there is no file: a search of nothing proves nothing. */
export function leakingFiles(dir: string, key: string): string[] {
  const files = readdirSync(dir, { recursive: true })
    .map((name) => join(dir, String(name)))
    .filter((path) => statSync(path).isFile());
  if (files.length === 0) throw new Error(`no file below ${dir}`);
  return files.filter((path) => leaks(readFileSync(path), key).length > 0);
}
