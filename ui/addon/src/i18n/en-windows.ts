// English texts of the windows, which are loaded on demand.
// It must hold exactly the same keys as the Italian file, and none of the texts that are always loaded.

export const en = {
  cancel: "Cancel",
  "bulk-title": "Generate alternate texts in bulk",
  "bulk-subtitle": "For images without alternate text. Dynamic images are left out.",
  "bulk-note": "Images without alternate text: {count}",
  "bulk-none": "Every image has an alternate text.",
  "bulk-short": "{count} images need a text, but {left} are left.",
  "bulk-start": "Generate in bulk",
  "bulk-progress": "{done} of {total}",
  "bulk-waiting": "No text yet",
  "bulk-running": "Working on it",
  "bulk-done": "Applied",
  "bulk-failed": "Failed",
  "bulk-stopped": "Cancelled",

  "image-subtitle": "Describe the picture; the AI draws it.",
  "image-prompt": "Prompt",
  "image-placeholder": "What should the picture show?",
  "image-negative": "Negative prompt",
  "image-ratio": "Aspect ratio",
  "image-style": "Style",
  "image-any-style": "Any",
  "image-advanced": "Advanced options",
  "image-cfg": "CFG tolerance",
  "image-steps": "Steps",
  "image-generate": "Generate image",
  "image-ready": "The picture is ready.",
  "image-blocked": "This page may not show the picture here. It can still be applied.",
};
