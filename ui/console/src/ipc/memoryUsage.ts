// What the back end in memory answers about limits and usage.
import type { Topic } from "./generated";
import { type Answers, failure, type Memory } from "./memory";
import { usage } from "./samples/usage";

export function usageAnswers(memory: Memory, changed: (...topics: Topic[]) => void): Answers {
  return {
    limit_list: () => ({ items: memory.limits }),
    limit_set: ({ application, addon, whose, uid, period, unit, amount }) => {
      const found = memory.applications.find((each) => each.id === application);
      if (!found) return Promise.reject<never>(failure("not-found"));
      const limit = {
        id: `11111100-0000-4000-8000-0000000001${memory.limits.length.toString().padStart(2, "0")}`,
        ...{ application, application_name: found.name, addon: addon ?? null, whose, period, unit, amount },
        who: uid ? "u-0badcafe" : null,
        resets: null,
        standing: { who: null, used: 0, held: 0, assumed: 0, left: amount },
        ...{ people: [], people_count: 0 },
      };
      memory.limits = [...memory.limits, limit];
      changed("limits");
      return limit;
    },
    limit_remove: ({ limit }) => {
      memory.limits = memory.limits.filter((each) => each.id !== limit);
      changed("limits");
      return {};
    },
    usage_list: ({ by }) =>
      memory.applications.length > 0
        ? usage(by)
        : { items: [], total: { ...usage("day").total, calls: 0 }, prices_as_of: "2026-11-20" },
    usage_export: () => ({ text: "day\r\n", path: "/home/ada/Downloads/addon-console-usage.csv" }),
  };
}
