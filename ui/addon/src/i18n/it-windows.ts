// Italian texts of the windows, which are loaded on demand.
// It must hold exactly the same keys as the English file; the compiler checks it.
import type { en } from "./en-windows.js";

export const it: Record<keyof typeof en, string> = {
  cancel: "Annulla",
  "bulk-title": "Genera i testi alternativi in blocco",
  "bulk-subtitle": "Per le immagini senza testo alternativo. Le immagini dinamiche sono escluse.",
  "bulk-note": "Immagini senza testo alternativo: {count}",
  "bulk-none": "Ogni immagine ha un testo alternativo.",
  "bulk-short": "{count} immagini richiedono un testo, ma ne restano {left}.",
  "bulk-start": "Genera in blocco",
  "bulk-progress": "{done} di {total}",
  "bulk-waiting": "Ancora senza testo",
  "bulk-running": "Ci sto lavorando",
  "bulk-done": "Applicato",
  "bulk-failed": "Non riuscito",
  "bulk-stopped": "Annullato",

  "image-subtitle": "Descrivi l’immagine: l’IA la disegna.",
  "image-prompt": "Prompt",
  "image-placeholder": "Che cosa deve mostrare l’immagine?",
  "image-negative": "Prompt negativo",
  "image-ratio": "Proporzioni",
  "image-style": "Stile",
  "image-any-style": "Qualsiasi",
  "image-advanced": "Opzioni avanzate",
  "image-cfg": "Tolleranza CFG",
  "image-steps": "Passi",
  "image-generate": "Genera immagine",
  "image-ready": "L’immagine è pronta.",
  "image-blocked": "Questa pagina non può mostrare qui l’immagine, ma si può applicare.",
};
