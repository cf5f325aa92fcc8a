// A provoked failure in words. Every id has a text of its own: one without fails to compile.
import type { ActiveFault, Fault } from "../../ipc/generated";
import type { Translate } from "../../messages";

export const faultTitle = (t: Translate, fault: Fault): string => t(`fault.${fault}`);

/** How many more calls meet it. */
export function faultLeft(t: Translate, { left }: ActiveFault): string {
  if (left === null) return t("fault.left.all");
  return left === 1 ? t("fault.left.one") : t("fault.left.n", { n: left });
}
