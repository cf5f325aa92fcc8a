// Makes single blocks of the demo newsletter with the fields the builder writes.
// Texts given here must be our own: they go into HTML fields after escaping only.
import { escapeHtml } from "./edit.js";
import { type Column, type Descriptor, MODULE_PREFIX, type Module, type Row, type Style } from "./types.js";

const id = (group: number, n: number) => `5eed0000-000${group}-4000-8000-${String(n).padStart(12, "0")}`;
const pad = (top: string, side: string, bottom = top): Style => ({
  "padding-top": top,
  "padding-right": side,
  "padding-bottom": bottom,
  "padding-left": side,
});
const text = (size: string, color = "#33302b"): Style => ({
  color,
  "font-size": size,
  "font-family": "inherit",
  "line-height": "150%",
  "text-align": "start",
});

export function block(n: number, kind: string, descriptor: Descriptor): Module {
  return { uuid: id(3, n), type: MODULE_PREFIX + kind, locked: false, descriptor };
}

export function heading(
  n: number,
  title: "h1" | "h2",
  words: string,
  size: string,
  placeholder = false,
): Module {
  const inner = placeholder
    ? `<span class="tinyMce-placeholder">${escapeHtml(words)}</span>`
    : escapeHtml(words);
  const style = {
    ...text(size, placeholder ? "#6f6658" : "#2a2620"),
    "line-height": "125%",
    "font-weight": "700",
  };
  return block(n, "heading", { heading: { title, text: inner, style }, style: pad("10px", "28px", "6px") });
}

export function paragraph(n: number, paragraphs: readonly string[], placeholder = false): Module {
  const html = paragraphs.map((p) => `<p>${escapeHtml(p)}</p>`).join("");
  const style = text("15px", placeholder ? "#6f6658" : "#4a453d");
  return block(n, "paragraph", { paragraph: { html, style }, style: pad("4px", "28px", "10px") });
}

export function list(n: number, items: readonly string[]): Module {
  const html = `<ul>${items.map((i) => `<li>${escapeHtml(i)}</li>`).join("")}</ul>`;
  return block(n, "list", {
    list: { tag: "ul", html, style: text("15px", "#4a453d") },
    style: pad("4px", "28px", "16px"),
  });
}

export function button(n: number, words: string): Module {
  const inner = `<p><span style="font-size: 15px;">${escapeHtml(words)}</span></p>`;
  const style = {
    "background-color": "#8a4b16",
    color: "#fffdf9",
    "border-radius": "6px",
    "font-size": "15px",
    "padding-top": "9px",
    "padding-right": "22px",
    "padding-bottom": "9px",
    "padding-left": "22px",
  };
  return block(n, "button", {
    button: {
      label: `<div class="txtTinyMce-wrapper">${inner}</div>`,
      href: "https://forno.example/reserve",
      style,
    },
    style: { ...pad("6px", "28px", "18px"), "text-align": "start" },
  });
}

export function image(n: number, src: string, alt = ""): Module {
  return block(n, "image", { image: { src, alt, href: "" }, style: pad("0px", "0px") });
}

export function divider(n: number): Module {
  const style = { "border-top": "1px solid #e6dccb", width: "100%" };
  return block(n, "divider", { divider: { style }, style: pad("13px", "28px") });
}

export function column(n: number, width: number, modules: readonly Module[]): Column {
  return { uuid: id(2, n), "grid-columns": width, style: pad(width === 12 ? "0px" : "8px", "0px"), modules };
}

export function row(n: number, columns: readonly Column[]): Row {
  const type = columns.length === 1 ? "one-column-empty" : "two-columns-empty";
  return {
    uuid: id(1, n),
    type,
    locked: false,
    synced: false,
    empty: false,
    container: { style: { "background-color": "transparent" } },
    content: { style: { "background-color": "transparent", color: "#33302b", width: "600px" } },
    columns,
  };
}
