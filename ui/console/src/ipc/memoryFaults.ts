// What the back end in memory answers about provoked failures, and about who may use an application.
import type { ActiveFault, ApplicationView, Fault, ProviderView, Topic } from "./generated";
import { type Answers, failure, type Memory } from "./memory";
import { faults } from "./samples/faults";

export function faultAnswers(memory: Memory, changed: (...topics: Topic[]) => void): Answers {
  const put = (id: string, fault: ActiveFault | null): Promise<ProviderView> => {
    const found = memory.providers.find((each) => each.id === id);
    if (!found) return Promise.reject<never>(failure("not-found"));
    const next = { ...found, fault };
    memory.providers = memory.providers.map((each) => (each.id === id ? next : each));
    changed("providers", "addons");
    return Promise.resolve(next);
  };
  const mark = (id: string, marks: Partial<ApplicationView>): Promise<ApplicationView> => {
    const found = memory.applications.find((each) => each.id === id);
    if (!found) return Promise.reject<never>(failure("not-found"));
    const next = { ...found, ...marks };
    memory.applications = memory.applications.map((each) => (each.id === id ? next : each));
    changed("applications");
    return Promise.resolve(next);
  };
  return {
    fault_list: () => ({ items: faults }),
    fault_set: ({ provider, fault, times }) =>
      put(provider, { fault: fault as Fault, left: times ?? null, since: Date.now() }),
    fault_clear: ({ provider }) => put(provider, null),
    application_testing: ({ application, testing }) => mark(application, { testing }),
    application_access: ({ application, ...access }) => mark(application, access),
  };
}
