// What the back end in memory answers, as the real one would: enough of its rules to look at every screen.
import type { AddOnView, ProviderAdd, ProviderView, Topic } from "./generated";
import { type Answers, failure, type Memory } from "./memory";
import { faultAnswers } from "./memoryFaults";
import { settingsAnswers } from "./memorySettings";
import { tapeAnswers } from "./memoryTapes";
import { usageAnswers } from "./memoryUsage";
import { provider } from "./samples/records";
import { passed } from "./samples/reports";

export function answersOf(memory: Memory, changed: (...topics: Topic[]) => void): Answers {
  const refuse = (...words: Parameters<typeof failure>) => Promise.reject<never>(failure(...words));
  const addon = (handle: string) => memory.addons.find((each) => each.handle === handle);
  const put = (next: AddOnView) => {
    const whole = { ...next, state: stateOf(next, memory) };
    memory.addons = memory.addons.map((each) => (each.handle === next.handle ? whole : each));
    memory.providers = memory.providers.map((each) => ({ ...each, used_by: usedBy(each.id, memory) }));
    changed("addons", "providers");
    return whole;
  };
  return {
    ...settingsAnswers(memory, changed),
    ...usageAnswers(memory, changed),
    ...faultAnswers(memory, changed),
    ...tapeAnswers(memory, changed),
    overview: () => memory.overview,
    application_list: () => ({ items: memory.applications }),
    addon_list: () => ({ items: memory.addons }),
    provider_list: () => ({ items: memory.providers }),
    provider_kinds: () => ({ items: memory.kinds }),
    key_stage_clipboard: () => ({ id: "staged-1", tail: "7f2c" }),
    key_discard: () => ({}),
    file_choose: () => ({ path: "/home/ada/chosen.json" }),
    import_discard: () => ({}),
    preview_open: () => ({}),
    addon_install: ({ handle }) => {
      const found = addon(handle);
      return found ? put({ ...found, state: "off" }) : refuse("not-found");
    },
    addon_update: ({ handle, enabled, providers, settings }) => {
      const found = addon(handle);
      if (!found) return refuse("not-found");
      const other = addon(found.excludes ?? "");
      if (enabled && other?.enabled) {
        return refuse("excluded", `${found.title} cannot be on together with ${other.title}.`);
      }
      const merged = Object.entries({ ...found.settings, ...settings }).filter(([, value]) => value !== null);
      return put({
        ...found,
        state: "off",
        enabled: enabled ?? found.enabled,
        providers: providers ?? found.providers,
        settings: Object.fromEntries(merged),
      });
    },
    addon_remove: ({ handle }) => {
      const found = addon(handle);
      if (found) put({ ...found, state: "available", enabled: false, providers: [], settings: {} });
      return {};
    },
    provider_split_url: ({ kind, url }) => split(kind, url),
    provider_models: (asked) => {
      const stored = "stored" in asked && memory.providers.find((each) => each.id === asked.stored);
      const word = "draft" in asked ? asked.draft.kind : stored ? stored.kind : "";
      const kind = memory.kinds.find((each) => each.kind === word);
      const items = (kind?.models ?? []).map(({ id, note }) => ({
        ...{ id, note },
        retires_on: kind?.retired.find((each) => each.model === id)?.on ?? null,
      }));
      const more = { id: `${word}-fine-tuned`, note: "", retires_on: "2027-04-01" };
      return { items: [...items, more], fetched: true, cause: null };
    },
    provider_test: () => passed,
    provider_add: (request) => {
      const added = { ...stored(request, memory), id: `p-${memory.providers.length + 1}` };
      memory.providers = [...memory.providers, added];
      changed("providers");
      return added;
    },
    provider_update: ({ provider: id, name, model, options }) => {
      const found = memory.providers.find((each) => each.id === id);
      if (!found) return refuse("not-found");
      const next = { ...found, ...(name ? { name } : {}), ...(options ? { options } : {}), last_test: null };
      if (model !== undefined) next.model = model || null;
      memory.providers = memory.providers.map((each) => (each.id === id ? next : each));
      changed("providers");
      return next;
    },
    provider_switch: ({ provider: id, active }) => {
      const found = memory.providers.find((each) => each.id === id);
      if (!found) return refuse("not-found");
      memory.providers = memory.providers.map((each) => (each.id === id ? { ...each, active } : each));
      memory.addons = memory.addons.map((each) => ({ ...each, state: stateOf(each, memory) }));
      changed("providers", "addons");
      return { ...found, active };
    },
    provider_replace_key: ({ provider: id, overlap_hours: hours }) => {
      const found = memory.providers.find((each) => each.id === id);
      if (!found) return refuse("not-found");
      const kept = hours ? { tail: found.key_tail ?? "", until: Date.now() + hours * 3_600_000 } : null;
      const next = { ...found, key_tail: "7f2c", previous_key: kept, damaged: false };
      memory.providers = memory.providers.map((each) => (each.id === id ? next : each));
      changed("providers");
      return next;
    },
    provider_return_key: ({ provider: id }) => {
      const found = memory.providers.find((each) => each.id === id);
      if (!found?.previous_key) return refuse("not-found");
      const next = { ...found, key_tail: found.previous_key.tail, previous_key: null };
      memory.providers = memory.providers.map((each) => (each.id === id ? next : each));
      changed("providers");
      return next;
    },
    provider_remove: (request) => {
      memory.providers = memory.providers.filter((each) => each.id !== request.provider);
      changed("providers", "addons");
      return {};
    },
    network_get: () => memory.network,
    network_set: (settings) => {
      if (settings.ca_file && !/\.(pem|crt)$/.test(settings.ca_file)) {
        const hint = "Check the path and that the file may be read.";
        return refuse("invalid-input", "Nothing was changed: the CA file cannot be read.", hint);
      }
      memory.network = { settings, through: settings.proxy?.replace(/^\w+:\/\//, "") ?? null, problem: null };
      changed("network");
      return memory.network;
    },
  };
}

function stateOf(addon: AddOnView, memory: Memory): AddOnView["state"] {
  if (addon.state === "available") return "available";
  if (!addon.enabled) return "off";
  if (!addon.needs_provider) return "ready";
  const first = memory.providers.find((each) => addon.providers.includes(each.id) && each.active);
  if (!first) return "needs-provider";
  return first.last_test?.cause === "key-rejected" ? "key-rejected" : "ready";
}

function usedBy(provider: string, memory: Memory): string[] {
  return memory.addons.filter((each) => each.providers.includes(provider)).map((each) => each.handle);
}

function stored(request: ProviderAdd, memory: Memory): ProviderView {
  const kind = memory.kinds.find((each) => each.kind === request.kind);
  return {
    ...provider,
    name: request.name,
    kind: request.kind,
    kind_title: kind?.title ?? request.kind,
    base_url: request.base_url ?? kind?.base_url ?? "",
    model: request.model ?? kind?.default_model ?? null,
    options: request.options ?? {},
    key_tail: request.key ? "7f2c" : null,
    used_by: [],
    last_test: null,
  };
}

/** As the real one splits Azure's addresses; every other type has nothing to split. */
function split(kind: string, typed: string) {
  const url = kind === "azure-openai" && URL.canParse(typed.trim()) ? new URL(typed.trim()) : null;
  if (!url) return { base_url: typed, model: null, options: {} };
  const model = /\/openai\/deployments\/([^/]+)/.exec(url.pathname)?.[1] ?? null;
  const version = url.searchParams.get("api-version");
  return { base_url: url.origin, model, options: version ? { "api-version": version } : {} };
}
