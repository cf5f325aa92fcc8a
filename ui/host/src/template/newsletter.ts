// The demo newsletter, in Beefree's template shape and in both languages.
// Block ids must stay as they are: links, tests and screenshots refer to them.
import { EMPTY, HARBOUR, OLIVE, WALNUT } from "./art.js";
import { type block, button, column, divider, heading, image, list, paragraph, row } from "./blocks.js";
import BOAT from "./pictures/boat.png?inline";
import WINDOW from "./pictures/window.png?inline";
import { NEW_PARAGRAPH, NEW_TITLE } from "./placeholders.js";
import type { Template } from "./types.js";

const EN = {
  title: "Forno Lanterna: the spring letter",
  meta: { subject: "Spring bread is back", preheader: "" },
  hero: "A harbour at dawn: lighthouse, sailing boat and a low sun",
  headline: "The ovens light up at four",
  intro: [
    "Spring bread is back in our window on the pier. The flour comes from the valley behind the town, and the starter is older than most of us.",
    "Come early: whoever helps carry the first trays gets the crust that is still singing.",
  ],
  cta: "Reserve your loaf",
  walnut: [
    "Walnut and honey",
    "A dark crust, chestnut honey and walnuts we crack by hand on Monday evenings.",
  ],
  olive: ["Olive and thyme", "Green olives, thyme from the terrace and a day and a half of patience."],
  week: "This week on the pier",
  items: [
    "Tuesday: starter workshop, bring a jar",
    "Thursday: bread and soup at sunset",
    "Saturday: the children bake",
  ],
  pictures: ["A round loaf with a walnut", "A round loaf with an olive branch"],
};

const IT: typeof EN = {
  title: "Forno Lanterna: la lettera di primavera",
  meta: { subject: "Torna il pane di primavera", preheader: "" },
  hero: "Un porto all’alba: il faro, una barca a vela e il sole basso",
  headline: "I forni si accendono alle quattro",
  intro: [
    "Il pane di primavera è tornato nella nostra vetrina sul molo. La farina viene dalla valle dietro il paese e il lievito madre è più vecchio di quasi tutti noi.",
    "Venite presto: chi aiuta a portare le prime teglie riceve la crosta che ancora canta.",
  ],
  cta: "Prenota il tuo pane",
  walnut: ["Noci e miele", "Crosta scura, miele di castagno e noci che sgusciamo a mano il lunedì sera."],
  olive: ["Olive e timo", "Olive verdi, timo della terrazza e un giorno e mezzo di pazienza."],
  week: "Questa settimana sul molo",
  items: [
    "Martedì: corso di lievito madre, porta un vasetto",
    "Giovedì: pane e zuppa al tramonto",
    "Sabato: impastano i bambini",
  ],
  pictures: ["Una pagnotta rotonda con una noce", "Una pagnotta rotonda con un ramo d’ulivo"],
};

export const LANGUAGES = {
  en: { value: "en-US", label: "English" },
  it: { value: "it-IT", label: "Italiano" },
} as const;

const wide = (id: number, ...modules: ReturnType<typeof block>[]) => row(id, [column(id, 12, modules)]);

export function newsletter(language: "en" | "it"): Template {
  const t = language === "it" ? IT : EN;
  const [walnut = "", walnutText = ""] = t.walnut;
  const [olive = "", oliveText = ""] = t.olive;
  return {
    page: {
      title: t.title,
      description: "",
      language: LANGUAGES[language],
      head: { meta: { ...t.meta } },
      template: { name: "template-base", type: "basic", version: "2.0.0" },
      body: {
        type: "mailup-bee-page-properties",
        container: { style: { "background-color": "#f3ede2" } },
        content: {
          style: { color: "#33302b", "font-family": "Georgia, 'Times New Roman', serif" },
          computedStyle: { linkColor: "#8a5a12", messageBackgroundColor: "#fffdf9", messageWidth: "600px" },
        },
        webFonts: [],
      },
      rows: [
        wide(1, image(1, HARBOUR, t.hero)),
        wide(2, heading(2, "h1", t.headline, "30px"), paragraph(3, t.intro), button(4, t.cta), divider(5)),
        row(3, [
          column(3, 6, [
            image(6, WALNUT, t.pictures[0]),
            heading(7, "h2", walnut, "19px"),
            paragraph(8, [walnutText]),
          ]),
          column(4, 6, [
            image(9, OLIVE, t.pictures[1]),
            heading(10, "h2", olive, "19px"),
            paragraph(11, [oliveText]),
          ]),
        ]),
        wide(5, divider(12), heading(13, "h2", t.week, "19px"), list(14, t.items)),
        // Photographs, so to say: without alternate text, and in a format that providers read.
        row(7, [column(7, 6, [image(17, WINDOW)]), column(8, 6, [image(18, BOAT)])]),
        wide(9, image(19, EMPTY, "Image")),
        wide(
          6,
          heading(15, "h2", NEW_TITLE[language], "19px", true),
          paragraph(16, [NEW_PARAGRAPH[language]], true),
        ),
      ],
    },
    comments: {},
  };
}
