// A stand-in for the back end, in memory: for tests, and for looking at screens in a browser. Never in the window.
import type {
  AddOnView,
  ApiError,
  ApplicationView,
  Cause,
  CertificateView,
  Commands,
  Event,
  NetworkView,
  Overview,
  ProviderKindView,
  ProviderView,
  SessionView,
  Topic,
} from "./generated";
import type { Host } from "./host";
import { answersOf } from "./memoryAnswers";
import { addons, addonsInUse } from "./samples/addons";
import { kinds } from "./samples/kinds";
import { application, call, calls, network, providers } from "./samples/records";
import { stopped } from "./samples/reports";
import { certificate, noCertificate, sessions } from "./samples/settings";

export { call, stopped };

type Name = keyof Commands;
export type Answers = {
  [N in Name]?: (request: Commands[N]["request"]) => Commands[N]["reply"] | Promise<never>;
};

export interface Memory {
  overview: Overview;
  applications: ApplicationView[];
  addons: AddOnView[];
  providers: ProviderView[];
  kinds: ProviderKindView[];
  network: NetworkView;
  certificate: CertificateView;
  sessions: SessionView[];
  pinned: number | null;
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
  private readonly handlers = new Set<(event: Event) => void>();
  private readonly own: Answers;

  constructor(
    readonly memory: Memory,
    private readonly answers: Answers = {},
  ) {
    this.own = answersOf(memory, (...topics: Topic[]) => {
      for (const topic of topics) this.tell({ type: "changed", topic });
    });
  }

  async call<N extends Name>(name: N, request: Commands[N]["request"]): Promise<Commands[N]["reply"]> {
    this.calls.push({ name, request });
    const answer = this.answers[name] ?? this.own[name];
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
}

export function empty(): Memory {
  return {
    overview: {
      vault: { state: "empty", custody: "keyring" },
      proxy: { state: "running", url: "http://127.0.0.1:23366", port: 23366 },
      recent: [],
      version: "0.1.0",
    },
    applications: [],
    addons,
    providers: [],
    kinds,
    network,
    certificate: noCertificate,
    sessions: [],
    pinned: null,
  };
}

export function full(): Memory {
  return {
    ...empty(),
    overview: { ...empty().overview, vault: { state: "open", custody: "keyring" }, recent: calls },
    applications: [application],
    addons: addonsInUse(),
    providers,
    certificate,
    sessions: sessions(application.id, application.name),
  };
}

/** The host of memory mode; `?state=empty`, `?vault=locked`, `?test=key-rejected`, `?network=gone` choose what it shows. */
export function memoryHost(): Host {
  const wanted = new URLSearchParams(location.search);
  const memory = wanted.get("state") === "empty" ? empty() : full();
  const vault = wanted.get("vault");
  if (vault) memory.overview.vault.state = vault as Overview["vault"]["state"];
  if (wanted.get("network")) {
    memory.network = {
      settings: { ca_file: "/etc/ssl/corp-root.pem", proxy: "http://proxy.corp.example:3128" },
      through: "proxy.corp.example:3128",
      problem: "the CA file cannot be read",
    };
  }
  const stuck = () => new Promise<never>(() => {});
  const broken = () => Promise.reject<never>(failure("not-writable"));
  const all = { loading: stuck, error: broken }[wanted.get("state") ?? ""];
  const cause = wanted.get("test") as Cause | null;
  return new MemoryHost(memory, {
    ...(all ? { overview: all, provider_list: all, addon_list: all } : {}),
    ...(cause ? { provider_test: () => stopped(cause) } : {}),
  });
}
