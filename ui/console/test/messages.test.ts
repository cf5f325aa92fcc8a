// Both languages are complete, say the same things, and codes decide which sentence is shown.
import { expect, test } from "vitest";
import { sentence, translator } from "../src/messages";
import { en } from "../src/messages/en";
import { it } from "../src/messages/it";

test("English and Italian have the same keys and the same placeholders", () => {
  expect(Object.keys(it).sort()).toEqual(Object.keys(en).sort());
  const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, text] of Object.entries(en)) {
    expect(holes(it[key as keyof typeof en]), key).toEqual(holes(text));
  }
});

test("an error's code chooses the sentence; an unknown one shows the back end's own", () => {
  const t = translator("it");
  const error = { message: "The name is taken.", hint: "Choose another name." };
  expect(sentence(t, { code: "name-taken", ...error })).toBe(it["error.name-taken"]);
  expect(sentence(t, { code: "internal", ...error })).toBe("The name is taken. Choose another name.");
});
