// A stand-in for the back end, in memory: for tests, and for looking at screens in a browser. Never in the window.
import type {
  Activity,
  AddOnView,
  ApiError,
  ApplicationView,
  AuditEntryView,
  Cause,
  CertificateView,
  Commands,
  Event,
  Fault,
  LimitView,
  NetworkView,
  Overview,
  ProviderKindView,
  ProviderView,
  Retention,
  SessionView,
  TapeSetView,
  Topic,
  VaultView,
} from "./generated";
import type { Host } from "./host";
import { answersOf } from "./memoryAnswers";
import { vaultAnswersOf } from "./memoryVault";
import { addons, addonsInUse } from "./samples/addons";
import { kinds } from "./samples/kinds";
import { application, call, calls, network, providers } from "./samples/records";
import { stopped } from "./samples/reports";
import { audit, damaged, vault } from "./samples/security";
import { certificate, noCertificate, sessions } from "./samples/settings";
import { tapes } from "./samples/tapes";
import { limits } from "./samples/usage";

export { call, stopped, vault };

type Name = keyof Commands;
export type Answers = {
  [N in Name]?: (request: Commands[N]["request"]) => Commands[N]["reply"] | Promise<Commands[N]["reply"]>;
};

export interface Memory {
  overview: Overview;
  applications: ApplicationView[];
  addons: AddOnView[];
  providers: ProviderView[];
  kinds: ProviderKindView[];
  network: NetworkView;
  /** Newest first. */
  audit: AuditEntryView[];
  certificate: CertificateView;
  sessions: SessionView[];
  limits: LimitView[];
  tapes: TapeSetView[];
  pinned: number | null;
  /** Newest first. */
  calls: Activity[];
  retention: Retention;
  dropped: number;
  metrics: boolean;
}

export const failure = (code: ApiError["code"], message = "It failed.", hint = ""): ApiError => ({
  ...{ code, message, hint },
});

/** A host over `memory`. `answers` go before its own; what neither knows is refused as unsupported. */
export class MemoryHost implements Host {
  /** Every call made, for tests. */
  readonly calls: { name: Name; request: unknown }[] = [];
  /** Every key handed over, as it was at that moment. */
  readonly keys: string[] = [];
  /** Every passphrase and code handed over, in the same way. */
  readonly secrets: string[] = [];
  /** The very bytes that were handed over: whoever did has to wipe them. */
  readonly handed: Uint8Array[] = [];
  private readonly handlers = new Set<(event: Event) => void>();
  private readonly own: Answers;

  constructor(
    readonly memory: Memory,
    private readonly answers: Answers = {},
  ) {
    const changed = (...topics: Topic[]) => {
      for (const topic of topics) this.tell({ type: "changed", topic });
    };
    this.own = {
      ...answersOf(memory, changed),
      ...vaultAnswersOf(memory, changed, (event) => this.tell(event)),
    };
  }

  async call<N extends Name>(name: N, request: Commands[N]["request"]): Promise<Commands[N]["reply"]> {
    this.calls.push({ name, request });
    const answer = this.answers[name] ?? this.own[name];
    if (!answer) throw failure("unsupported");
    return answer(request);
  }

  async stageKey(bytes: Uint8Array) {
    this.handed.push(bytes);
    const key = new TextDecoder().decode(bytes);
    this.keys.push(key);
    return { id: "staged-1", tail: key.slice(-4) };
  }

  async stageSecret(bytes: Uint8Array) {
    this.handed.push(bytes);
    this.secrets.push(new TextDecoder().decode(bytes));
    return { id: `secret-${this.secrets.length}` };
  }

  listen(handler: (event: Event) => void) {
    this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }

  tell(event: Event) {
    for (const handler of this.handlers) handler(event);
  }
}

export function empty(): Memory {
  return {
    overview: {
      vault: { ...vault, state: "empty", key_version: null, kit_made: null },
      proxy: { state: "running", url: "http://127.0.0.1:23366", port: 23366 },
      recent: [],
      version: "0.1.0",
    },
    applications: [],
    addons,
    providers: [],
    kinds,
    network,
    audit: [],
    certificate: noCertificate,
    sessions: [],
    limits: [],
    tapes: [],
    pinned: null,
    calls: [],
    retention: { rows: 100_000, days: 90, megabytes: 64 },
    dropped: 0,
    metrics: false,
  };
}

export function full(): Memory {
  return {
    ...empty(),
    overview: { ...empty().overview, vault, recent: calls },
    calls,
    applications: [application],
    addons: addonsInUse(),
    providers,
    audit,
    certificate,
    sessions: sessions(application.id, application.name),
    limits: limits(application.id, application.name),
    tapes,
  };
}

/**
 * The host of memory mode; `?state=empty`, `?vault=locked`, `?custody=passphrase`, `?waiting=1`, `?start=in-use`,
 * `?test=key-rejected`, `?network=gone`, `?fault=key-rejected` choose what it shows.
 */
export function memoryHost(): Host {
  const wanted = new URLSearchParams(location.search);
  const memory = wanted.get("state") === "empty" ? empty() : full();
  memory.overview.vault = asked(memory.overview.vault, wanted);
  if (memory.overview.vault.state === "damaged") memory.providers = memory.providers.map(broken);
  if (wanted.get("network")) {
    memory.network = {
      settings: { ca_file: "/etc/ssl/corp-root.pem", proxy: "http://proxy.corp.example:3128" },
      through: "proxy.corp.example:3128",
      problem: "the CA file cannot be read",
    };
  }
  const fault = wanted.get("fault") as Fault | null;
  if (fault) provoked(memory, fault);
  const start = wanted.get("start") as ApiError["code"] | null;
  const stuck = () => new Promise<never>(() => {});
  const refused = () => Promise.reject<never>(failure("not-writable"));
  const all = { loading: stuck, error: refused }[wanted.get("state") ?? ""];
  const cause = wanted.get("test") as Cause | null;
  return new MemoryHost(memory, {
    ...(all
      ? { provider_list: all, addon_list: all, audit_list: all, usage_list: all, limit_list: all }
      : {}),
    ...(start ? { overview: () => Promise.reject<never>(failure(start)) } : {}),
    ...(cause ? { provider_test: () => stopped(cause) } : {}),
  });
}

function asked(view: VaultView, wanted: URLSearchParams): VaultView {
  const state = (wanted.get("vault") as VaultView["state"] | null) ?? view.state;
  return {
    ...view,
    state,
    custody: (wanted.get("custody") as VaultView["custody"] | null) ?? view.custody,
    waiting: wanted.has("waiting"),
    damaged: state === "damaged" && !wanted.has("database") ? damaged : [],
  };
}

/** The first provider fails on purpose, and the newest call met it. */
function provoked(memory: Memory, fault: Fault) {
  const [first, ...others] = memory.providers;
  if (first) memory.providers = [{ ...first, fault: { fault, left: 5, since: call.at } }, ...others];
  const key = { admitted_us: 310, key_open_us: null, sent_us: 320, first_byte_us: null, total_us: 4100 };
  const met = { ...call, id: "c-0", fault, status: 502, cause: "key-rejected" as const, usage: null };
  memory.calls = [{ ...met, upstream_status: 401, timings: key }, ...memory.calls];
  memory.overview = { ...memory.overview, recent: memory.calls };
  memory.applications = memory.applications.map((each) => ({ ...each, testing: true }));
}

const broken = (provider: ProviderView): ProviderView => ({
  ...provider,
  damaged: damaged.some((each) => each.provider === provider.id),
});
