// Limits and usage of memory mode.
import type { LimitView, UsageBy, UsageLine, UsageReport } from "../generated";

const standing = (used: number, amount: number, who: string | null = null) => ({
  ...{ who, used, held: 0, assumed: 0, left: Math.max(0, amount - used) },
});

export const limits = (application: string, application_name: string): LimitView[] => [
  {
    id: "11111100-0000-4000-8000-000000000001",
    ...{ application, application_name, addon: "ai-integration", whose: "each", who: null },
    ...{ period: "day", unit: "tokens", amount: 20_000, resets: Date.parse("2026-11-24T00:00:00Z") },
    standing: standing(14_210, 20_000, "u-5a01c2d9"),
    people: [standing(14_210, 20_000, "u-5a01c2d9"), standing(880, 20_000, "u-91be0047")],
    people_count: 2,
  },
  {
    id: "11111100-0000-4000-8000-000000000002",
    ...{ application, application_name, addon: null, whose: "everyone", who: null },
    ...{ period: "month", unit: "money", amount: 5_000_000, resets: Date.parse("2026-12-01T00:00:00Z") },
    standing: { ...standing(5_000_000, 5_000_000), assumed: 1_200 },
    ...{ people: [], people_count: 0 },
  },
];

const line = (key: string, name: string, calls: number, tokens: number, cost: number | null): UsageLine => ({
  ...{
    key,
    name,
    calls,
    prompt_tokens: Math.round(tokens * 0.7),
    completion_tokens: Math.round(tokens * 0.3),
  },
  ...{ images: calls % 9, characters: calls * 40, cost, unpriced: cost === null ? calls : 0 },
});

const lines: Record<UsageBy, UsageLine[]> = {
  day: [18, 19, 20, 21, 22, 23].map((day) =>
    line(`2026-11-${day}`, `2026-11-${day}`, day * 3, day * 1_913, day * 2_410),
  ),
  addon: [
    line("ai-integration", "AI Writing Assistant", 240, 190_300, 212_000),
    line("pass-through", "pass-through", 98, 40_210, null),
  ],
  provider: [
    line("p1", "OpenAI account", 300, 210_000, 212_000),
    line("p2", "Local Llama", 38, 20_510, null),
  ],
  application: [line("a1", "Spring Mailer", 338, 230_510, 212_000)],
};

export function usage(by: UsageBy): UsageReport {
  const items = lines[by];
  const total = line("total", "total", 0, 0, 0);
  for (const each of items) {
    total.calls += each.calls;
    total.prompt_tokens += each.prompt_tokens;
    total.completion_tokens += each.completion_tokens;
    total.images += each.images;
    total.characters += each.characters;
    total.cost = (total.cost ?? 0) + (each.cost ?? 0);
    total.unpriced += each.unpriced;
  }
  return { items, total, prices_as_of: "2026-11-20" };
}
