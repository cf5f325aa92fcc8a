// Merge tags are read by their value and written back whole, in every kind of block that holds text.
import { describe, expect, it } from "vitest";
import { rich } from "../src/editor/rich.js";
import { readText, writeText } from "../src/template/edit.js";
import type { Module } from "../src/template/types.js";

const tag = (value: string) =>
  `<code spellcheck="false" data-bee-type="mergetag" style="color:red" data-bee-name="n" data-bee-value="${value}"><q>no-content</q></code>`;
const module = (descriptor: object): Module =>
  ({ uuid: "u", type: "x", locked: false, descriptor }) as Module;
const style = {};

describe("a merge tag", () => {
  it("stays whole where the new text holds its value, also beside a longer one", () => {
    const m = module({ paragraph: { html: `<p>Dear ${tag("$a$")}, ${tag("$a$b$")}</p>`, style } });
    expect(readText(m)).toBe("Dear $a$, $a$b$");
    writeText(m, "Hi $a$b$ and <i>$a$</i>");
    expect(m.descriptor.paragraph?.html).toBe(
      `<p>Hi ${tag("$a$b$")} and &lt;i&gt;${tag("$a$")}&lt;/i&gt;</p>`,
    );
  });

  it("is not looked for in the markup around the text", () => {
    const list = module({ list: { tag: "ul", html: `<ul><li>${tag("li")}</li></ul>`, style } });
    writeText(list, "my li");
    expect(list.descriptor.list?.html).toBe(`<ul><li>my ${tag("li")}</li></ul>`);
    const label = (inner: string) => `<span title="a > color" style="color: red">${inner}</span>`;
    const button = module({ button: { label: label(tag("color")), href: "", style } });
    writeText(button, "one color");
    expect(button.descriptor.button?.label).toBe(label(`one ${tag("color")}`));
  });

  it("is not made where there was none", () => {
    const m = module({ heading: { title: "h1", text: "Hello", style } });
    writeText(m, "Hello $a$");
    expect(m.descriptor.heading?.text).toBe("Hello $a$");
  });

  it("keeps its place in a button, with the wrapper", () => {
    const wrapper = (inner: string) => `<div class="txtTinyMce-wrapper"><p>${inner}</p></div>`;
    const m = module({ button: { label: wrapper(tag("$a$")), href: "", style } });
    writeText(m, 'Go, $a$ "now"');
    expect(m.descriptor.button?.label).toBe(wrapper(`Go, ${tag("$a$")} "now"`));
  });

  it("shows its name on the stage", () => {
    expect(rich(`<p>Dear ${tag("$a$")}</p>`).textContent).toBe("Dear n");
  });
});
