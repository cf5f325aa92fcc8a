// The eight provider types as the back end describes them, for the back end in memory. Never in the window.
import type { Field, ModelChoice, ProviderKindView } from "../generated";

const field = (name: string, label: string, hint: string, placeholder = "", required = false): Field => ({
  ...{ name, label, hint, placeholder, required },
});
const model = field("model", "Model", "The model that answers; any id of the provider may be typed.");
const baseUrl = field("base-url", "Base URL", "Leave as it is unless you use another region or a gateway.");
const tokens = (id: string, note: string, asked: number, answered: number): ModelChoice => ({
  ...{ id, note },
  price: { tokens: [asked, answered] },
});
const image = (id: string, note: string, price: number): ModelChoice => ({
  id,
  note,
  price: { image: price },
});

const plain: Omit<ProviderKindView, "kind" | "title" | "key" | "addons" | "capabilities"> = {
  base_url: "",
  fields: [],
  models: [],
  default_model: null,
  retired: [],
  key_hint: "",
  key_pattern: "",
  key_url: "",
  local: false,
};

const azure = {
  key_hint: "has 32 or 84 letters and digits",
  key_pattern: "^([A-Fa-f0-9]{32}|[A-Za-z0-9]{84})$",
  key_url: "https://portal.azure.com",
};

export const kinds: ProviderKindView[] = [
  {
    ...plain,
    kind: "openai",
    title: "OpenAI",
    key: "required",
    addons: ["ai-integration", "ai-alt-text", "ai-image-generation", "ai-agent"],
    capabilities: ["writing", "captioning", "drawing"],
    base_url: "https://api.openai.com/v1",
    fields: [
      model,
      field("image-model", "Image model", "Asked for pictures only.", "gpt-image-3-mini"),
      baseUrl,
    ],
    models: [
      tokens("gpt-6-luna", "cheap", 0.1, 0.5),
      tokens("gpt-6.1-terra", "balanced", 1, 5),
      tokens("gpt-6.1-sol", "quality", 2, 10),
      tokens("gpt-6-astra", "flagship", 10, 50),
      tokens("gpt-5.4-mini", "Beefree's choice for the Co-Pilot", 0.75, 4.5),
      tokens("gpt-4o-mini", "Beefree's choice for writing; retires 2027-01-14", 0.15, 0.6),
    ],
    default_model: "gpt-6-luna",
    retired: [
      { model: "gpt-4o", on: "2027-01-14" },
      { model: "gpt-4o-mini", on: "2027-01-14" },
    ],
    key_hint: "begins with sk-",
    key_pattern: "^sk-[A-Za-z0-9_-]{16,}$",
    key_url: "https://platform.openai.com/api-keys",
  },
  {
    ...plain,
    ...azure,
    kind: "azure-openai",
    title: "Azure OpenAI",
    key: "required",
    addons: ["ai-integration", "ai-alt-text", "ai-agent"],
    capabilities: ["writing", "captioning"],
    fields: [
      field(
        "base-url",
        "Endpoint",
        "Paste any address of the resource: it is split into endpoint, deployment and api-version.",
        "https://my-resource.openai.azure.com",
        true,
      ),
      field("model", "Deployment", "The name you gave the deployment, not the model's.", "my-gpt", true),
      field(
        "api-version",
        "API version",
        "Leave empty for the v1 API, which Microsoft recommends.",
        "2024-10-21",
      ),
    ],
  },
  {
    ...plain,
    kind: "anthropic",
    title: "Anthropic",
    key: "required",
    addons: ["ai-integration", "ai-alt-text", "ai-agent"],
    capabilities: ["writing", "captioning"],
    base_url: "https://api.anthropic.com",
    fields: [model, baseUrl],
    models: [
      tokens("claude-haiku-5-5", "cheap", 0.1, 0.5),
      tokens("claude-sonnet-5-5", "balanced", 2, 10),
      tokens("claude-opus-5-5", "quality", 4, 20),
      tokens("claude-sonnet-4-6", "Beefree's choice for writing", 3, 15),
    ],
    default_model: "claude-haiku-5-5",
    key_hint: "begins with sk-ant-",
    key_pattern: "^sk-ant-[A-Za-z0-9_-]{16,}$",
    key_url: "https://platform.claude.com/settings/keys",
  },
  {
    ...plain,
    ...azure,
    kind: "azure-vision",
    title: "Azure AI Vision",
    key: "required",
    addons: ["ai-alt-text"],
    capabilities: ["captioning"],
    fields: [
      field(
        "base-url",
        "Endpoint",
        "The resource's address. A new resource can take 15 minutes.",
        "https://my-resource.cognitiveservices.azure.com",
        true,
      ),
      field(
        "features",
        "Features",
        "caption, denseCaptions, read: each is one transaction per image. Captions only in some regions; read everywhere.",
        "caption",
      ),
    ],
  },
  {
    ...plain,
    kind: "deepl",
    title: "DeepL",
    key: "required",
    addons: ["ai-translation"],
    capabilities: ["translating"],
    base_url: "https://api.deepl.com",
    fields: [
      field("formality", "Formality", "prefer_more or prefer_less, where the language has it.", "default"),
      { ...baseUrl, hint: "Leave empty: a key that ends in :fx goes to the free server by itself." },
    ],
    key_hint: "is five groups of hexadecimal digits, with :fx at the end for a free account",
    key_pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(:fx)?$",
    key_url: "https://www.deepl.com/your-account/keys",
  },
  {
    ...plain,
    kind: "stability",
    title: "Stability AI",
    key: "required",
    addons: ["ai-image-generation"],
    capabilities: ["drawing"],
    base_url: "https://api.stability.ai",
    fields: [{ ...model, hint: "What draws; prices differ." }, baseUrl],
    models: [
      image("core", "fast, 3 credits", 0.03),
      image("ultra", "best, 8 credits", 0.08),
      { id: "stable-diffusion-xl-1024-v1-0", note: "Beefree's choice; takes CFG and steps", price: null },
    ],
    default_model: "core",
    key_hint: "begins with sk-",
    key_pattern: "^sk-[A-Za-z0-9]{32,}$",
    key_url: "https://platform.stability.ai/account/keys",
  },
  {
    ...plain,
    kind: "openai-compatible",
    title: "OpenAI-compatible",
    key: "optional",
    addons: ["ai-integration", "ai-alt-text", "ai-agent"],
    capabilities: ["writing", "captioning"],
    base_url: "http://localhost:11434/v1",
    fields: [
      {
        ...baseUrl,
        hint: "Ollama http://localhost:11434/v1, LM Studio :1234/v1, llama.cpp :8080/v1, vLLM :8000/v1.",
        placeholder: "http://localhost:11434/v1",
      },
      field(
        "model",
        "Model",
        "As the server lists it; only a model that sees can describe pictures.",
        "llama4",
        true,
      ),
    ],
    key_hint: "is whatever the server was started with; most have none",
  },
  {
    ...plain,
    kind: "sandbox",
    title: "Sandbox",
    key: "none",
    addons: ["ai-integration", "ai-agent"],
    capabilities: ["writing"],
    base_url: "https://sandbox.invalid",
    local: true,
  },
];
