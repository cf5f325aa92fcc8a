// Expectations that wait for what the proxy writes behind a call's back.
import { expect, vi } from "vitest";
import type { Desk } from "./desk";

/** Waits until the newest row of activity is as said: a call's row is written after its last byte. */
export function recorded(proxy: Desk, row: Record<string, unknown>) {
  const check = async () => expect(await proxy.lastRow()).toMatchObject(row);
  return vi.waitFor(check, { timeout: 5_000, interval: 50 });
}
