//! Turns a block's HTML into plain text.
//!
//! Not a sanitiser: what comes out is used as text only, never as HTML.

/// A block's content as plain text, if there is any.
pub(super) fn present_content(content: &str) -> Option<String> {
    let text = plain(content);
    (!text.is_empty()).then_some(text)
}

/// HTML as plain text: paragraphs parted by an empty line, list items and breaks by a line end.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let Some(end) = rest.find('>').filter(|_| is_tag) else {
            text.push('<');
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some((value, after)) = merge_tag(tag, rest) {
            text.push_str(value);
            rest = after;
        } else {
            text.push_str(line_end(tag));
        }
    }
    text.push_str(rest);
    tidy(&decode(&text))
}

/// Beefree shows a merge tag as `<code data-bee-type="mergetag" … data-bee-value="{{x}}"><q>…</q></code>`.
fn merge_tag<'a>(tag: &'a str, rest: &'a str) -> Option<(&'a str, &'a str)> {
    let (_, value) = tag.strip_prefix("code ")?.split_once("data-bee-value=\"")?;
    let (value, _) = value.split_once('"')?;
    let (_, after) = rest.split_once("</code>")?;
    Some((value, after))
}

fn line_end(tag: &str) -> &'static str {
    let name = tag.split([' ', '/']).next().unwrap_or_default();
    match (name.to_ascii_lowercase().as_str(), tag) {
        ("br", _) | (_, "/li" | "/div") => "\n",
        (_, "/p" | "/h1" | "/h2" | "/h3" | "/h4" | "/h5" | "/h6") => "\n\n",
        _ => "",
    }
}

fn decode(text: &str) -> String {
    const ENTITIES: &[(&str, &str)] =
        &[("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    // U+200B is what Beefree's editor leaves in emptied blocks.
    let text = text.replace('\u{200b}', "").replace('\u{a0}', " ");
    ENTITIES.iter().fold(text, |text, (entity, character)| text.replace(entity, character))
}

/// No blanks around lines, no more than one empty line in a row.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.trim().lines().map(str::trim) {
        if !(line.is_empty() && lines.last().is_some_and(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text() {
        for (html, text) in [
            ("Plain & simple, 1 < 2", "Plain & simple, 1 < 2"),
            ("<p>One <b>two</b></p><p>Tom &amp; Jerry<br>three</p>", "One two\n\nTom & Jerry\nthree"),
            ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
            (r#"<div class="txtTinyMce-wrapper"><p><span style="x">Buy now</span></p></div>"#, "Buy now"),
            (
                r#"Hi <code data-bee-type="mergetag" data-bee-name="n" data-bee-value="{{name}}"><q>x</q></code>!"#,
                "Hi {{name}}!",
            ),
            ("\u{200b}<br>", ""),
        ] {
            assert_eq!(plain(html), text);
        }
    }
}
