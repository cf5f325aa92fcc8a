// An application in use, its providers and its calls, for the back end in memory. Never in the window.
import type { ApplicationView, NetworkView, Overview, ProviderView } from "../generated";
import { passed, stopped } from "./reports";

export const application: ApplicationView = {
  id: "a-1",
  client_id: "5d2f6c1e-8a44-4c57-9b1a-2f7d3c1e9a10",
  name: "Spring Mailer",
  kind: "email",
  origins: ["http://localhost:3000", "https://mailer.example"],
  created: 1_789_000_000_000,
  enabled: true,
  testing: false,
  bee_auth: false,
  programs: true,
};

export const provider: ProviderView = {
  id: "p-1",
  application: "a-1",
  name: "OpenAI team",
  kind: "openai",
  kind_title: "OpenAI",
  base_url: "https://api.openai.com/v1",
  model: "gpt-6-luna",
  options: {},
  key_tail: "7f2c",
  active: true,
  previous_key: null,
  damaged: false,
  fault: null,
  tape: null,
  used_by: ["ai-integration", "ai-alt-text"],
  last_test: null,
  created: 1_789_000_000_000,
};

export const providers: ProviderView[] = [
  { ...provider, last_test: passed },
  {
    ...provider,
    ...{ id: "p-2", name: "Claude", kind: "anthropic", kind_title: "Anthropic", key_tail: "c0de" },
    ...{ base_url: "https://api.anthropic.com", model: "claude-sonnet-4-5", used_by: ["ai-integration"] },
    previous_key: { tail: "0a1d", until: 1_790_040_000_000 },
    last_test: {
      ...passed,
      first_byte_ms: 540,
      through: "proxy.corp.example:3128",
      retires_on: "2026-11-30",
    },
  },
  {
    ...provider,
    ...{ id: "p-3", name: "Azure Vision EU", kind: "azure-vision", kind_title: "Azure AI Vision" },
    ...{
      base_url: "https://eu-vision.cognitiveservices.azure.com",
      model: null,
      options: { features: "read" },
    },
    ...{ key_tail: "", used_by: ["ai-alt-text"], last_test: null },
  },
  {
    ...provider,
    ...{ id: "p-4", name: "Stability", kind: "stability", kind_title: "Stability AI", model: "core" },
    ...{ base_url: "https://api.stability.ai", key_tail: "91ab", used_by: ["ai-image-generation"] },
    last_test: stopped("key-rejected"),
  },
  {
    ...provider,
    ...{ id: "p-5", name: "Sandbox", kind: "sandbox", kind_title: "Sandbox", base_url: "", model: null },
    ...{ key_tail: null, used_by: [], last_test: null },
  },
  {
    ...provider,
    ...{ id: "p-6", name: "DeepL Pro", kind: "deepl", kind_title: "DeepL", model: null, key_tail: "e3b1" },
    ...{ base_url: "https://api.deepl.com", active: false, used_by: [], last_test: null },
  },
];

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
  fault: null,
  from_tape: false,
  usage: { prompt_tokens: 41, completion_tokens: 20, total_tokens: 61 },
  images: null,
  characters: null,
  attempts: 1,
  timings: { admitted_us: 310, key_open_us: 96, sent_us: 420, first_byte_us: 412_000, total_us: 1_180_000 },
};

const failed: typeof call = {
  ...call,
  ...{
    id: "c-2",
    route: "images",
    addon: "ai-image-generation",
    provider: "p-4",
    provider_kind: "stability",
  },
  ...{ model: "core", status: 502, cause: "key-rejected", upstream_status: 401, usage: null },
  timings: { ...call.timings, first_byte_us: null, total_us: 190_000 },
};

/** Newest first: one of each unit, one that was tried twice, one without an AddOn. */
export const calls: Overview["recent"] = [
  call,
  failed,
  {
    ...call,
    ...{ id: "c-3", route: "alt-text", addon: "ai-alt-text", provider: "p-3", provider_kind: "azure-vision" },
    ...{ model: null, usage: null, images: 7, attempts: 2 },
  },
  {
    ...call,
    ...{ id: "c-4", route: "pass-through", addon: null, provider: "p-2", provider_kind: "anthropic" },
    ...{
      model: "claude-sonnet-4-5",
      usage: { prompt_tokens: 900, completion_tokens: 345, total_tokens: 1245 },
    },
  },
  {
    ...call,
    ...{ id: "c-5", route: "translate", addon: "ai-translation", provider: null, provider_kind: "deepl" },
    ...{ model: null, usage: null, characters: 12840 },
  },
];

export const network: NetworkView = { settings: {}, through: null, problem: null };
