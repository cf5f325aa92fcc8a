// What the back end in memory answers about tapes.
import type { TapeSetView, TapeUse, Topic } from "./generated";
import { type Answers, failure, type Memory } from "./memory";

export function tapeAnswers(memory: Memory, changed: (...topics: Topic[]) => void): Answers {
  const refuse = () => Promise.reject<never>(failure("not-found"));
  const put = (next: TapeSetView[]) => {
    memory.tapes = next;
    changed("tapes", "providers");
  };
  const use = (id: string, set: string | null, does: TapeUse) => {
    const provider = memory.providers.find((each) => each.id === id);
    if (!provider) return refuse();
    const since = 1_790_000_000_000;
    const user = {
      provider: id,
      provider_name: provider.name,
      application: provider.application,
      does,
      since,
    };
    const played = memory.tapes.find((each) => each.id === set);
    const tape = played ? { set: played.id, name: played.name, does, since } : null;
    memory.providers = memory.providers.map((each) => (each.id === id ? { ...each, tape } : each));
    put(
      memory.tapes.map((each) => {
        const users = each.users.filter((one) => one.provider !== id);
        return { ...each, users: each.id === set ? [...users, user] : users };
      }),
    );
    return provider;
  };
  const added = (name: string, exchanges: number) => {
    const set: TapeSetView = {
      id: `22222200-0000-4000-8000-0000000001${memory.tapes.length.toString().padStart(2, "0")}`,
      ...{
        name,
        exchanges,
        created: 1_790_000_000_000,
        recorded: null,
        kinds: [],
        bytes: 0,
        bytes_max: 67_108_864,
      },
      ...{ damaged: false, users: [], lost: null },
    };
    put([...memory.tapes, set]);
    return set;
  };
  return {
    tape_list: () => ({ items: memory.tapes }),
    tape_create: ({ name }) => added(name, 0),
    tape_import: ({ name }) => added(name ?? "From a colleague", 3),
    tape_export: () => ({ path: "/home/ada/Downloads/addon-console-tapes.aoctapes", count: 12 }),
    tape_record: ({ provider, set }) => use(provider, set, "record"),
    tape_play: ({ provider, set, fast }) => use(provider, set, fast ? "play-fast" : "play"),
    tape_stop: ({ provider }) => use(provider, null, "play"),
    tape_rename: ({ set, name }) => {
      put(memory.tapes.map((each) => (each.id === set ? { ...each, name } : each)));
      return memory.tapes.find((each) => each.id === set) ?? refuse();
    },
    tape_delete: ({ set }) => {
      put(memory.tapes.filter((each) => each.id !== set));
      return {};
    },
  };
}
