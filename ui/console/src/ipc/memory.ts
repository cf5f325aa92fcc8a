// A stand-in for the back end, in memory: for tests, and for looking at screens in a browser. Never in the window.
import catalogue from "./catalogue.json" with { type: "json" };
import type {
  AddOnView,
  ApiError,
  ApplicationView,
  Commands,
  Event,
  Overview,
  ProviderView,
  TestReport,
  Topic,
} from "./generated";
import type { Host } from "./host";

type Name = keyof Commands;
type Answers = { [N in Name]?: (request: Commands[N]["request"]) => Commands[N]["reply"] | Promise<never> };

export interface Memory {
  overview: Overview;
  applications: ApplicationView[];
  addons: AddOnView[];
  providers: ProviderView[];
  network: Commands["network_get"]["reply"];
}

export const failure = (code: ApiError["code"]): ApiError => ({ code, message: "It failed.", hint: "" });

/** A host over `memory`. `answers` go before its own; what neither knows is refused as unsupported. */
export class MemoryHost implements Host {
  /** Every call made, for tests. */
  readonly calls: { name: Name; request: unknown }[] = [];
  /** Every key handed over, as it was at that moment. */
  readonly keys: string[] = [];
  private readonly handlers = new Set<(event: Event) => void>();

  constructor(
    readonly memory: Memory,
    private readonly answers: Answers = {},
  ) {}

  async call<N extends Name>(name: N, request: Commands[N]["request"]): Promise<Commands[N]["reply"]> {
    this.calls.push({ name, request });
    const answer = this.answers[name] ?? this.own()[name];
    if (!answer) throw failure("unsupported");
    return answer(request);
  }

  async stageKey(bytes: Uint8Array) {
    const key = new TextDecoder().decode(bytes);
    this.keys.push(key);
    return { id: "staged-1", tail: key.slice(-4) };
  }

  listen(handler: (event: Event) => void) {
    this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }

  tell(event: Event) {
    for (const handler of this.handlers) handler(event);
  }

  private own(): Answers {
    const { memory } = this;
    const topics = (...names: Topic[]) => {
      for (const topic of names) this.tell({ type: "changed", topic });
    };
    return {
      overview: () => memory.overview,
      application_list: () => ({ items: memory.applications }),
      addon_list: () => ({ items: memory.addons }),
      provider_list: () => ({ items: memory.providers }),
      provider_kinds: () => ({ items: kinds }),
      key_stage_clipboard: () => ({ id: "staged-1", tail: "7f2c" }),
      key_discard: () => ({}),
      preview_open: () => ({}),
      addon_update: (request) => {
        memory.addons = memory.addons.map((addon) =>
          addon.handle === request.handle
            ? {
                ...addon,
                enabled: request.enabled ?? addon.enabled,
                state: request.enabled ? "ready" : "off",
              }
            : addon,
        );
        topics("addons");
        return memory.addons[0] as AddOnView;
      },
      provider_test: () => report(null),
      provider_split_url: ({ url }) => split(url),
      provider_models: () => ({
        fetched: true,
        cause: null,
        items: [
          { id: "gpt-6-luna", note: "cheap", retires_on: null },
          { id: "gpt-4o-mini", note: "Beefree's choice for writing", retires_on: "2027-01-14" },
          { id: "ft:gpt-6-luna:acme", note: "", retires_on: null },
        ],
      }),
      network_get: () => memory.network,
      network_set: (settings) => {
        memory.network = {
          settings,
          through: settings.proxy?.replace(/^https?:\/\//, "") ?? null,
          problem: null,
        };
        topics("network");
        return memory.network;
      },
      provider_update: (request) => {
        memory.providers = memory.providers.map((each) =>
          each.id === request.provider
            ? { ...each, name: request.name ?? each.name, model: request.model ?? each.model }
            : each,
        );
        topics("providers");
        return memory.providers[0] as ProviderView;
      },
      provider_add: (request) => {
        const added = {
          ...provider,
          id: `p-${memory.providers.length + 1}`,
          name: request.name,
          used_by: [],
        };
        memory.providers = [...memory.providers, added];
        topics("providers");
        return added;
      },
      provider_remove: (request) => {
        memory.providers = memory.providers.filter((each) => each.id !== request.provider);
        topics("providers", "addons");
        return {};
      },
    };
  }
}

// As the real back end lists them: written by `cargo xtask codegen`.
const kinds = catalogue.kinds as unknown as Commands["provider_kinds"]["reply"]["items"];

/** A test that passed, or failed at a stage with a cause. */
export function report(
  failed: { stage: TestReport["stages"][number]["stage"]; cause: string } | null,
): TestReport {
  const order = ["name", "tcp", "tls", "auth", "model", "capability", "quota", "first-byte"] as const;
  const end = failed ? order.indexOf(failed.stage) : order.length;
  const cause = (failed?.cause ?? null) as TestReport["cause"];
  const passed = order.slice(0, end).map((stage) => ({ stage, cause: null }));
  return {
    ok: failed === null,
    stages: failed ? [...passed, { stage: failed.stage, cause }] : passed,
    cause,
    message: failed ? "The provider said no." : "https://api.openai.com:443 accepted the key.",
    took_ms: 182,
    first_byte_ms: failed ? null : 164,
    left: null,
    through: null,
    retires_on: null,
    at: 1_790_000_000_000,
  };
}

/** As the back end splits an address of Azure's, roughly. */
function split(url: string): Commands["provider_split_url"]["reply"] {
  const found = /^(https:\/\/[^/]+)\/openai\/deployments\/([^/]+)[^?]*(?:\?api-version=(.+))?$/.exec(url);
  if (!found) return { base_url: url, model: null, options: {} };
  const [, base_url = "", model = null, version] = found;
  return { base_url, model, options: version ? { "api-version": version } : {} };
}

const application: ApplicationView = {
  id: "a-1",
  client_id: "5d2f6c1e-8a44-4c57-9b1a-2f7d3c1e9a10",
  name: "Spring Mailer",
  kind: "email",
  origins: ["http://localhost:3000", "https://mailer.example"],
  created: 1_789_000_000_000,
};

const provider: ProviderView = {
  id: "p-1",
  application: "a-1",
  name: "OpenAI team",
  kind: "openai",
  kind_title: "OpenAI",
  base_url: "https://api.openai.com/v1",
  model: "gpt-6-luna",
  options: {},
  key_tail: "7f2c",
  used_by: ["ai-integration"],
  last_test: null,
  created: 1_789_000_000_000,
};

/** Every AddOn; the writing assistant is on, the others are not installed. */
const addons = catalogue.addons.map(
  (known): AddOnView =>
    ({
      ...known,
      state: known.handle === "ai-integration" ? "ready" : "available",
      enabled: known.handle === "ai-integration",
      providers: known.handle === "ai-integration" ? ["p-1"] : [],
      settings: known.handle === "ai-integration" ? { tokensAvailable: 10000 } : {},
    }) as AddOnView,
);

/** One call that went well. */
export const call: Overview["recent"][number] = {
  id: "c-1",
  at: 1_790_000_000_000,
  application: "a-1",
  route: "text",
  addon: "ai-integration",
  provider: "p-1",
  provider_kind: "openai",
  model: "gpt-6-luna",
  streamed: true,
  status: 200,
  cause: null,
  upstream_status: 200,
  usage: { prompt_tokens: 41, completion_tokens: 20, total_tokens: 61 },
  images: null,
  characters: null,
  attempts: 1,
  timings: { admitted_us: 310, key_open_us: 96, sent_us: 420, first_byte_us: 412_000, total_us: 1_180_000 },
};

export function empty(): Memory {
  return {
    overview: {
      vault: { state: "empty", custody: "keyring" },
      proxy: { state: "running", url: "http://127.0.0.1:23366", port: 23366 },
      recent: [],
      version: "0.1.0",
    },
    applications: [],
    addons: [],
    providers: [],
    network: { settings: {}, through: null, problem: null },
  };
}

export function full(): Memory {
  const failed: typeof call = {
    ...call,
    id: "c-2",
    status: 502,
    cause: "key-rejected",
    upstream_status: 401,
    usage: null,
    timings: { ...call.timings, first_byte_us: null, total_us: 190_000 },
  };
  return {
    overview: { ...empty().overview, vault: { state: "open", custody: "keyring" }, recent: [call, failed] },
    applications: [application],
    addons,
    providers: [provider],
    network: { settings: {}, through: null, problem: null },
  };
}

/** The host of memory mode; `?state=empty` and `?vault=locked` choose what it shows. */
export function memoryHost(): Host {
  const wanted = new URLSearchParams(location.search);
  const memory = wanted.get("state") === "empty" ? empty() : full();
  const vault = wanted.get("vault");
  if (vault) memory.overview.vault.state = vault as Overview["vault"]["state"];
  const stuck = () => new Promise<never>(() => {});
  const broken = () => Promise.reject<never>(failure("not-writable"));
  const all = { loading: stuck, error: broken }[wanted.get("state") ?? ""];
  return new MemoryHost(memory, all ? { overview: all, provider_list: all, addon_list: all } : {});
}
