// Numbers of usage as people read them. Holds no text of its own.
import type { Unit, UsageLine } from "../../ipc/generated";
import type { Translate } from "../../messages";

export const number = (value: number, language: string) => value.toLocaleString(language);

/** Millionths of a US dollar. Small sums keep their digits: most calls cost less than a cent. */
export const dollars = (millionths: number, language: string) =>
  (millionths / 1e6).toLocaleString(language, {
    ...{ style: "currency", currency: "USD", minimumFractionDigits: 2 },
    maximumFractionDigits: millionths !== 0 && millionths < 1e6 ? 6 : 2,
  });

export const amount = (unit: Unit, value: number, language: string) =>
  unit === "money" ? dollars(value, language) : number(value, language);

/** What is not known is never shown as zero. */
export function cost(t: Translate, line: UsageLine, language: string): string {
  if (line.cost === null) return t("usage.cost.unknown");
  const known = dollars(line.cost, language);
  return line.unpriced > 0 ? t("usage.cost.part", { cost: known, calls: line.unpriced }) : known;
}

export const measures = ["calls", "tokens", "images", "characters", "cost"] as const;
export type Measure = (typeof measures)[number];

export function measured(line: UsageLine, measure: Measure): number {
  if (measure === "tokens") return line.prompt_tokens + line.completion_tokens;
  return (measure === "cost" ? line.cost : line[measure]) ?? 0;
}
