// Entry of BeePlugin.js, the stand-in for Beefree's plugin: the global `BeePlugin` that @beefree.io/sdk calls.
// It must answer to Beefree's names only; what it can't do is for the instance to say.
import type { BeeToken } from "@addon-console/ha-addon";
import type { BeeConfig } from "./host-app.js";
import { type BeeInstance, createInstance } from "./instance.js";

export function create(
  token: BeeToken,
  config: BeeConfig,
  callback: (instance: BeeInstance) => void,
  bucketDir?: string,
): void {
  const instance = createInstance(token, bucketDir === undefined ? config : { ...config, bucketDir });
  // As Beefree's: never before create has returned.
  queueMicrotask(() => callback(instance));
}
