// The six AddOns as the back end describes them, for the back end in memory. Never in the window.
import type { AddOnView, Setting, SettingType } from "../generated";

const settings = (of: SettingType, ...names: string[]): Setting[] => names.map((name) => ({ name, of }));

const plain: Omit<AddOnView, "handle" | "title" | "about" | "setting_types"> = {
  excludes: null,
  needs_provider: true,
  state: "available",
  enabled: false,
  providers: [],
  settings: {},
  provider_kinds: [],
};

const writers = ["openai", "azure-openai", "anthropic", "openai-compatible", "sandbox"];

const upsell = [...settings("switch", "isUpsellEnabled"), ...settings("number", "upsellTrigger")];
const images = settings("number", "imagesAvailable", "imagesUsed");

/** All of them, none installed. */
export const addons: AddOnView[] = [
  {
    ...plain,
    handle: "ai-integration",
    title: "AI Writing Assistant",
    about: "Writes and rewrites titles, paragraphs, lists and buttons, and the email's details.",
    excludes: "custom-ai-integration",
    setting_types: [
      ...settings("number", "tokensAvailable", "tokensUsed"),
      ...settings("text", "tokenLabel"),
      ...settings("switch", "isPromptDisabled", "isSuggestionsDisabled", "isRegenerateEnabled"),
      ...upsell,
      ...settings("switch", "metadataGeneration", "submitOnEnterKey"),
      ...settings("switch", "isBrandTonesEnabled", "canAddBrandTones", "canDeleteBrandTones"),
      ...settings("switch", "canEditBrandTones", "canSelectBrandTones"),
    ],
    provider_kinds: writers,
  },
  {
    ...plain,
    handle: "custom-ai-integration",
    title: "Custom AI Writing Assistant",
    about: "Opens the host app's own writing dialog. Needs no provider.",
    excludes: "ai-integration",
    needs_provider: false,
    setting_types: settings("switch", "isButtonDisabled"),
  },
  {
    ...plain,
    handle: "ai-alt-text",
    title: "Generate Alt Text with AI",
    about: "Describes images that have no alternate text, one by one or all at once.",
    setting_types: [...images, ...settings("switch", "isIconDisabled"), ...upsell],
    provider_kinds: ["openai", "azure-openai", "anthropic", "azure-vision", "openai-compatible"],
  },
  {
    ...plain,
    handle: "ai-image-generation",
    title: "Text-to-image",
    about: "Makes pictures from a prompt and puts them into an image block.",
    setting_types: [
      ...images,
      ...settings("switch", "isGenerationDisabled"),
      ...upsell,
      ...settings("text", "folderName"),
    ],
    provider_kinds: ["openai", "stability"],
  },
  {
    ...plain,
    handle: "ai-translation",
    title: "DeepL",
    about: "Translates every text of a template at once, beside its source.",
    setting_types: [],
    provider_kinds: ["deepl"],
  },
  {
    ...plain,
    handle: "ai-agent",
    title: "AI Co-Pilot",
    about: "A chat that knows the whole template.",
    setting_types: [
      ...settings("list", "initialMessages"),
      ...settings("long-text", "systemPrompt"),
      ...settings("number", "maxIterations"),
      ...settings("list", "loadingPhrases"),
    ],
    provider_kinds: writers,
  },
];

const change = (handle: string, changes: Partial<AddOnView>): AddOnView => {
  const found = addons.find((addon) => addon.handle === handle);
  if (!found) throw new Error(handle);
  return { ...found, ...changes };
};

/** All of them in an application in use. */
export const addonsInUse = (): AddOnView[] => [
  change("ai-integration", {
    ...{ state: "ready", enabled: true, providers: ["p-1", "p-2"] },
    settings: { tokensAvailable: 10000 },
  }),
  change("custom-ai-integration", { state: "off" }),
  change("ai-alt-text", { state: "ready", enabled: true, providers: ["p-3", "p-1"] }),
  change("ai-image-generation", { state: "key-rejected", enabled: true, providers: ["p-4"] }),
  change("ai-translation", {}),
  change("ai-agent", {
    ...{ state: "needs-provider", enabled: true },
    settings: { initialMessages: ["How can I help?"], systemPrompt: "You write for Spring Mailer." },
  }),
];
