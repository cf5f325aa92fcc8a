// The texts a block has when it was just dragged in: the builder's own, not the user's.
// A text that a user might write must not be in this list.

export const NEW_TITLE = { en: "I’m a new title block", it: "Sono un nuovo titolo" } as const;
export const NEW_PARAGRAPH = { en: "I’m a new paragraph block.", it: "Sono un nuovo paragrafo." } as const;

export const PLACEHOLDERS: ReadonlySet<string> = new Set([
  ...Object.values(NEW_TITLE),
  ...Object.values(NEW_PARAGRAPH),
  "I'm a new paragraph block.",
  "",
]);
