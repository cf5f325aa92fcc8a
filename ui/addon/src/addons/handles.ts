// Beefree's names of the AddOns; `ai-translation` is ours, Beefree gives none.
// They must stay as they are: configurations and callbacks of host apps hold them.

export const WRITING = "ai-integration";
export const CUSTOM_WRITING = "custom-ai-integration";
export const ALT_TEXT = "ai-alt-text";
export const IMAGES = "ai-image-generation";
export const TRANSLATION = "ai-translation";
export const AGENT = "ai-agent";
