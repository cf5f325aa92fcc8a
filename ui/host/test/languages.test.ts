// The newsletter in several languages: what shows, where a text goes, what counts as translated.
import { describe, expect, it } from "vitest";
import { hasTranslation, targets } from "../src/languages.js";
import {
  localized,
  readMeta,
  readText,
  writeAlt,
  writeImage,
  writeMeta,
  writeText,
} from "../src/template/edit.js";
import { newsletter } from "../src/template/newsletter.js";
import { kindOf, type Module, modulesOf } from "../src/template/types.js";

const FR = "fr-FR";
function find(kind: string): Module {
  const found = [...modulesOf(newsletter("en"))].find((m) => kindOf(m) === kind);
  if (!found) throw new Error(`no ${kind}`);
  return found;
}

describe("a block", () => {
  it.each(["TITLE", "PARAGRAPH", "LIST", "BUTTON"])(
    "keeps a %s's translation beside its main text",
    (kind) => {
      const module = find(kind);
      const main = readText(module);
      expect(readText(localized(module, FR))).toBe(main);
      writeText(module, "Bonjour <b>", "p1", FR);
      expect(readText(module)).toBe(main);
      expect(readText(localized(module, FR))).toBe("Bonjour <b>");
      expect(readText(localized(module, "de-DE"))).toBe(main);
      expect(JSON.stringify(module.descriptor)).not.toContain("p1");
    },
  );

  it("writes the fields the contract names", () => {
    const [title, button, image] = [find("TITLE"), find("BUTTON"), find("IMAGE")];
    writeText(title, "T", undefined, FR);
    expect(title.descriptor.heading?.translations?.[FR]).toEqual({ text: "T" });
    writeText(button, "B", undefined, FR);
    expect(button.descriptor.button?.translations?.[FR]?.label).toContain("txtTinyMce-wrapper");
    writeAlt(image, "I", FR);
    expect(image.descriptor.image?.translations?.[FR]).toEqual({ alt: "I" });
  });

  it("drops the texts of a picture that was replaced", () => {
    const image = find("IMAGE");
    writeAlt(image, "I", FR);
    writeImage(image, "http://127.0.0.1/x.png");
    expect(image.descriptor.image).toMatchObject({ src: "http://127.0.0.1/x.png", alt: "" });
    expect(hasTranslation(image, FR)).toBe(false);
  });
});

describe("the newsletter", () => {
  it("knows whether it has a translation", () => {
    const template = newsletter("en");
    expect(hasTranslation(template, FR)).toBe(false);
    writeMeta(template, { subject: "Le pain" }, FR);
    expect(hasTranslation(template, FR)).toBe(true);
    expect(hasTranslation(template, "it-IT")).toBe(false);
    expect(readMeta(template, FR)).toEqual({ subject: "Le pain", preheader: "" });
    expect(readMeta(template).subject).toBe("Spring bread is back");
  });

  it("offers every language but its own", () => {
    expect(targets(newsletter("en")).map((l) => l.value)).toEqual(["it-IT", "fr-FR", "de-DE", "es-ES"]);
    expect(targets(newsletter("it")).map((l) => l.value)).not.toContain("it-IT");
  });

  it("has images for each AddOn: two without a text, one without a picture", () => {
    const images = [...modulesOf(newsletter("en"))].flatMap((m) => m.descriptor.image ?? []);
    expect(images.filter((i) => i.alt === "").every((i) => i.src.startsWith("data:image/png;base64,"))).toBe(
      true,
    );
    expect(images.filter((i) => i.alt === "")).toHaveLength(2);
    expect(images.filter((i) => i.alt === "Image")).toHaveLength(1);
  });
});
