// Entry of the file with all windows, loaded when the first one is opened.
// It must export what opens a window, and nothing that keeps state the rest needs.

export { createCoPilot } from "./addons/ai-agent/panel.js";
export { openBulk } from "./addons/ai-alt-text/bulk.js";
export { openImages } from "./addons/ai-image-generation/dialog.js";
export { openDetails } from "./addons/metadata/dialog.js";
