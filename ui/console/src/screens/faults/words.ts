// A provoked failure in words. Every id has a text of its own: one without fails to compile.
import type { ActiveFault, Activity, Fault } from "../../ipc/generated";
import type { Translate } from "../../messages";

export const faultTitle = (t: Translate, fault: Fault): string => t(`fault.${fault}`);

/** Whether a failure was played in the provider's place, so that nobody was asked; else another provider was. */
export const played = (call: Activity): boolean => call.fault !== null && call.timings.key_open_us === null;

/** How many more calls meet it. */
export function faultLeft(t: Translate, { left }: ActiveFault): string {
  if (left === null) return t("fault.left.all");
  return left === 1 ? t("fault.left.one") : t("fault.left.n", { n: left });
}
