// Applying an answer writes what the builder would have written, and never markup of the answer's own.
import { describe, expect, it } from "vitest";
import { rich } from "../src/editor/rich.js";
import { isDefault, promptOf, readText, writeText } from "../src/template/edit.js";
import { newsletter } from "../src/template/newsletter.js";
import { kindOf, type Module, modulesOf } from "../src/template/types.js";

function find(kind: string, language: "en" | "it" = "en"): Module {
  const found = [...modulesOf(newsletter(language))].find((m) => kindOf(m) === kind);
  if (!found) throw new Error(`no ${kind}`);
  return found;
}
const EVIL = '<img src=x onerror="alert(1)">';

describe("writeText", () => {
  it("writes a title on one line, escaped, with the prompt's id", () => {
    const title = find("TITLE");
    writeText(title, `One\n two ${EVIL}`, "p1");
    expect(title.descriptor.heading?.text).toBe("One two &lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
    expect(title.descriptor.heading?.prompt).toBe("p1");
    expect(readText(title)).toBe(`One two ${EVIL}`);
  });

  it("writes one <p> per paragraph", () => {
    const paragraph = find("PARAGRAPH");
    writeText(paragraph, "One & two\nstill one\n\n\nThree", "p2");
    expect(paragraph.descriptor.paragraph?.html).toBe("<p>One &amp; two<br>still one</p><p>Three</p>");
    expect(readText(paragraph)).toBe("One & two\nstill one\n\nThree");
  });

  it("writes one item per line of a list", () => {
    const list = find("LIST");
    writeText(list, "a\nb < c", "p3");
    expect(list.descriptor.list?.html).toBe("<ul><li>a</li><li>b &lt; c</li></ul>");
    expect(readText(list)).toBe("a\nb < c");
  });

  it("keeps a button's wrapper with its inline styles", () => {
    const button = find("BUTTON");
    writeText(button, `Buy ${EVIL}`, "p4");
    expect(button.descriptor.button?.label).toMatch(
      /^<div class="txtTinyMce-wrapper"><p><span style="font-size: 15px;">Buy &lt;img .*&gt;<\/span><\/p><\/div>$/,
    );
    expect(readText(button)).toBe(`Buy ${EVIL}`);
  });

  it("keeps a wrapper that holds the text directly", () => {
    const button = find("BUTTON");
    if (button.descriptor.button)
      button.descriptor.button.label = '<div class="txtTinyMce-wrapper">Old</div>';
    writeText(button, "New");
    expect(button.descriptor.button?.label).toBe('<div class="txtTinyMce-wrapper">New</div>');
  });

  it("drops the prompt's id when a person edits the text", () => {
    const title = find("TITLE");
    writeText(title, "by the AI", "p1");
    writeText(title, "by hand");
    expect(promptOf(title)).toBeUndefined();
  });
});

describe("the newsletter", () => {
  for (const language of ["en", "it"] as const) {
    it(`has unique ids and untouched blocks (${language})`, () => {
      const modules = [...modulesOf(newsletter(language))];
      expect(new Set(modules.map((m) => m.uuid)).size).toBe(modules.length);
      const untouched = modules.filter((m) => isDefault(m) && readText(m) !== "");
      expect(untouched.map(kindOf)).toEqual(["TITLE", "PARAGRAPH"]);
    });
  }

  it("knows that a placeholder span alone proves nothing", () => {
    const [title] = [...modulesOf(newsletter("en"))].filter((m) =>
      m.descriptor.heading?.text.includes("<span"),
    );
    if (!title?.descriptor.heading) throw new Error("no placeholder title");
    expect(isDefault(title)).toBe(true);
    title.descriptor.heading.text = '<span class="tinyMce-placeholder">Real words</span>';
    expect(isDefault(title)).toBe(false);
  });
});

describe("rich", () => {
  it("keeps words and harmless tags, drops the rest", () => {
    const box = document.createElement("div");
    box.append(
      rich(
        '<p style="x">a <b onclick="x">b</b><script>c</script><img src=x onerror=y><a href="javascript:x">d</a></p>',
      ),
    );
    expect(box.innerHTML).toBe("<p>a <b>b</b>d</p>");
  });
});
