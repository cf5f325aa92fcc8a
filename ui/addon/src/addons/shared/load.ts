// Loads the windows of the AddOns when the first one is opened: they are a file of their own, next to this one.
// A failed attempt must not be the last: the next click tries again.
import { AddonError } from "../../client/errors.js";
import { windowsAddress } from "../../script-origin.js";
import type * as Windows from "../../windows.js";

let loading: Promise<typeof Windows> | undefined;

function fetchWindows(): Promise<typeof Windows> {
  const address = windowsAddress();
  return address ? import(/* @vite-ignore */ address) : import("../../windows.js");
}

export function loadWindows(): Promise<typeof Windows> {
  loading ??= fetchWindows().catch((error: unknown) => {
    loading = undefined;
    throw new AddonError({
      code: 9900,
      reason: "part-missing",
      message: "A part of the SDK could not be loaded",
      detail: String(error),
    });
  });
  return loading;
}
