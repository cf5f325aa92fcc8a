//! A template as plain text for a model: one line a block, with its kind. Not a sanitiser: the result is text only.

use serde_json::Value;

use super::{Markup, Template};

/// Characters; about 6,000 tokens. What is more is cut at a block.
const OUTLINE_MAX: usize = 24_000;

impl Template {
    /// The template's texts, details first.
    #[must_use]
    pub fn outline(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for place in ["/page/head/meta", "/page/body/head/meta", "/head/meta", "/body/head/meta"] {
            for (key, label) in [("subject", "Subject"), ("preheader", "Preheader"), ("title", "Title")] {
                let text = self.0.pointer(place).and_then(|meta| meta.get(key)).and_then(Value::as_str);
                push(label, text.unwrap_or_default(), Markup::Plain, &mut lines);
            }
        }
        for (kind, pointer) in self.modules() {
            let Some(descriptor) = self.0.pointer(&format!("{pointer}/descriptor")) else { continue };
            let text = |path: &str| descriptor.pointer(path).and_then(Value::as_str).unwrap_or_default();
            match kind.as_str() {
                "heading" => push("Heading", text("/heading/text"), Markup::Html, &mut lines),
                "paragraph" => push("Paragraph", text("/paragraph/html"), Markup::Html, &mut lines),
                "text" => push("Paragraph", text("/text/html"), Markup::Html, &mut lines),
                "list" => push("List", text("/list/html"), Markup::Html, &mut lines),
                "button" => push("Button", text("/button/label"), Markup::Html, &mut lines),
                "image" => push("Image", text("/image/alt"), Markup::Plain, &mut lines),
                "menu" | "icons" => items(descriptor, &mut lines),
                "table" => cells(descriptor, &mut lines),
                _ => {}
            }
        }
        let mut outline = String::new();
        for line in lines {
            if outline.chars().count() + line.chars().count() > OUTLINE_MAX {
                break;
            }
            outline.push_str(&line);
            outline.push('\n');
        }
        outline.trim_end().to_owned()
    }
}

fn push(label: &str, text: &str, markup: Markup, lines: &mut Vec<String>) {
    let text = plain(text, markup);
    if !text.is_empty() {
        lines.push(format!("{label}: {text}"));
    }
}

fn items(descriptor: &Value, lines: &mut Vec<String>) {
    for path in ["/menuItemsList/items", "/iconsList/icons"] {
        let items = descriptor.pointer(path).and_then(Value::as_array).into_iter().flatten();
        let texts = items.filter_map(|item| item.get("text").and_then(Value::as_str));
        push("Menu", &texts.collect::<Vec<_>>().join(", "), Markup::Plain, lines);
    }
}

fn cells(descriptor: &Value, lines: &mut Vec<String>) {
    for part in ["/table/content/headers", "/table/content/rows"] {
        for row in descriptor.pointer(part).and_then(Value::as_array).into_iter().flatten() {
            let cells = row.get("cells").and_then(Value::as_array).into_iter().flatten();
            let texts = cells.filter_map(|cell| cell.get("html").and_then(Value::as_str));
            let texts: Vec<String> = texts.map(|html| plain(html, Markup::Html)).collect();
            push("Row", &texts.join(" | "), Markup::Plain, lines);
        }
    }
}

/// A text without tags and entities, on one line; empty if nothing of it would be seen.
pub(super) fn plain(text: &str, markup: Markup) -> String {
    let text = match markup {
        Markup::Plain => text.to_owned(),
        Markup::Html => html_escape::decode_html_entities(&without_tags(text)).into_owned(),
    };
    let invisible = |c: char| matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    let seen: String = text.chars().filter(|c| !invisible(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        text.push_str(before);
        // A merge tag shows its name to a reader, and to a model.
        if let Some(name) = tag.split_once('>').and_then(|(open, _)| merge_tag(open)) {
            text.push_str(&name);
        }
        text.push(' ');
        rest = tag.find('>').and_then(|end| tag.get(end + 1..)).unwrap_or_default();
    }
    text.push_str(rest);
    text.replace("no-content", "")
}

fn merge_tag(open: &str) -> Option<String> {
    let (_, value) = open.split_once("data-bee-value=\"")?;
    open.starts_with("<code").then(|| value.split('"').next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_seen_is_text() {
        assert_eq!(plain("<p>Caf&eacute;&nbsp;<b>now</b></p>\u{200b}", Markup::Html), "Café now");
        assert_eq!(plain("<p><br></p>\u{200b}", Markup::Html), "");
        assert_eq!(plain("a < b", Markup::Plain), "a < b");
        let tag = "Hi <code data-bee-type=\"mergetag\" data-bee-value=\"{{name}}\"><q>no-content</q></code>!";
        assert_eq!(plain(tag, Markup::Html), "Hi {{name}} !");
        assert_eq!(plain("broken <tag", Markup::Html), "broken");
    }
}
