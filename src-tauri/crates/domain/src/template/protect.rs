//! Keeps out of a translator's hands what must come back to the byte: merge tags, bracket placeholders, links, addresses.
//!
//! Each stands in a `<span translate="no" data-ac="N">`, which translators leave alone; afterwards the original is put
//! back by its number, whatever became of the copy.

use std::sync::LazyLock;

use regex::Regex;

use super::Markup;

/// Merge tags of the common mail systems, bracket placeholders, links, e-mail addresses.
const KEPT: &str = r#"(?x)
    \{\{[^{}<>]*\}\} | \{%[^%<>]*%\} | \*\|[^|<>]*\|\* | %%[^%\s<>]+%% | \$\{[^{}<>]*\}
    | \[[^\[\]<>\n]{1,60}\]
    | https?://[^\s<>"']+
    | [A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+
"#;
/// A merge tag of Beefree's editor, or a comment, or any tag.
const TAGS: &str =
    r#"(?s)<code\b[^>]*data-bee-type="mergetag"[^>]*>.*?</code>|<!--.*?-->|</?[A-Za-z][^<>]*>"#;
const OPENING: &str = r#"<span\b[^<>]*\bdata-ac\s*=\s*["']?(\d+)["']?[^<>]*>"#;

// The patterns are constants; `None` cannot be, and would mean that nothing is protected and nothing restored.
static KEPT_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(KEPT).ok());
static TAGS_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(TAGS).ok());
static OPENING_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(OPENING).ok());

/// A text ready to be translated. Personal: no `Debug`.
pub struct Protected {
    markup: Markup,
    source: String,
    html: String,
    kept: Vec<String>,
}

/// Makes `text` a fragment of HTML that can be given to a translator.
#[must_use]
pub fn protect(text: &str, markup: Markup) -> Protected {
    let mut made = Protected { markup, source: text.to_owned(), html: String::new(), kept: Vec::new() };
    match (markup, &*TAGS_PATTERN) {
        (Markup::Html, Some(tags)) => {
            let mut at = 0;
            for tag in tags.find_iter(text) {
                made.words(text.get(at..tag.start()).unwrap_or_default());
                if tag.as_str().starts_with("<code") && tag.as_str().ends_with("</code>") {
                    made.keep(tag.as_str());
                } else {
                    made.html.push_str(tag.as_str());
                }
                at = tag.end();
            }
            made.words(text.get(at..).unwrap_or_default());
        }
        _ => made.words(text),
    }
    made
}

impl Protected {
    fn words(&mut self, text: &str) {
        let mut at = 0;
        for kept in KEPT_PATTERN.iter().flat_map(|pattern| pattern.find_iter(text)) {
            self.text(text.get(at..kept.start()).unwrap_or_default());
            self.keep(kept.as_str());
            at = kept.end();
        }
        self.text(text.get(at..).unwrap_or_default());
    }

    fn text(&mut self, text: &str) {
        match self.markup {
            Markup::Html => self.html.push_str(text),
            Markup::Plain => self.html.push_str(&html_escape::encode_text(text)),
        }
    }

    fn keep(&mut self, original: &str) {
        let shown = match self.markup {
            Markup::Html => original.into(),
            Markup::Plain => html_escape::encode_text(original),
        };
        let number = self.kept.len();
        self.html.push_str(&format!("<span translate=\"no\" data-ac=\"{number}\">{shown}</span>"));
        self.kept.push(original.to_owned());
    }

    /// The fragment to be translated.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The text it was made of.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The translation with every original back in its place; `None` if one is missing or doubled, or if a tag was
    /// lost or made up.
    #[must_use]
    pub fn restore(&self, translated: &str) -> Option<String> {
        let mut whole = String::with_capacity(translated.len());
        let mut seen = vec![false; self.kept.len()];
        let mut rest = translated;
        while let Some(open) = OPENING_PATTERN.as_ref()?.captures(rest) {
            let (tag, number) = (open.get(0)?, open.get(1)?.as_str().parse::<usize>().ok()?);
            whole.push_str(&self.back(rest.get(..tag.start())?));
            let first = !std::mem::replace(seen.get_mut(number)?, true);
            whole.push_str(self.kept.get(number).filter(|_| first)?);
            let inside = rest.get(tag.end()..)?;
            rest = inside.get(end_of_span(inside)?..)?;
        }
        whole.push_str(&self.back(rest));
        let all = seen.iter().all(|seen| *seen);
        let same_tags = match self.markup {
            Markup::Html => tag_names(&whole)? == tag_names(&self.source)?,
            Markup::Plain => tag_names(translated)?.iter().all(|name| name == "span"),
        };
        (all && same_tags).then_some(whole)
    }

    fn back(&self, text: &str) -> String {
        match self.markup {
            Markup::Html => text.to_owned(),
            Markup::Plain => html_escape::decode_html_entities(text).into_owned(),
        }
    }
}

/// Behind the `</span>` that closes the span whose inside this is.
fn end_of_span(inside: &str) -> Option<usize> {
    let (mut depth, mut at) = (1_usize, 0);
    while depth > 0 {
        let next = inside.get(at..)?;
        let close = next.find("</span>")?;
        match next.find("<span").filter(|open| *open < close) {
            Some(open) => (depth, at) = (depth + 1, at + open + "<span".len()),
            None => (depth, at) = (depth - 1, at + close + "</span>".len()),
        }
    }
    Some(at)
}

/// Names of the opening tags, sorted.
fn tag_names(html: &str) -> Option<Vec<String>> {
    let name = |tag: &str| {
        let word = tag.trim_start_matches('<').split(|c: char| !c.is_ascii_alphanumeric()).next();
        word.unwrap_or_default().to_lowercase()
    };
    let tags = TAGS_PATTERN.as_ref()?.find_iter(html).map(|tag| tag.as_str());
    let mut names: Vec<String> =
        tags.filter(|tag| !tag.starts_with("</") && !tag.starts_with("<!")).map(name).collect();
    names.sort();
    Some(names)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A translator that shouts outside tags and protected parts, and turns the order around.
    fn shout(html: &str) -> String {
        let mut out = String::new();
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            out.push_str(&rest[..start].to_uppercase());
            let tag_end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
            let protected = rest[start..tag_end].contains("translate=\"no\"");
            let end = match protected {
                true => tag_end + end_of_span(&rest[tag_end..]).unwrap(),
                false => tag_end,
            };
            out.push_str(&rest[start..end]);
            rest = &rest[end..];
        }
        out + &rest.to_uppercase()
    }

    #[test]
    fn what_is_protected_comes_back_to_the_byte() {
        let html = "<p>Hi {{name}}, see <a href=\"https://x.example/a?b={{id}}\">our page</a> or \
            <code data-bee-type=\"mergetag\" data-bee-name=\"City\"><q>no-content</q></code> [Your name] *|FNAME|* me@x.example</p>";
        let protected = protect(html, Markup::Html);
        let shouted = protected.restore(&shout(protected.html())).unwrap();
        for kept in [
            "{{name}}",
            "href=\"https://x.example/a?b={{id}}\"",
            "<q>no-content</q>",
            "[Your name]",
            "*|FNAME|*",
            "me@x.example",
            "OUR PAGE",
        ] {
            assert!(shouted.contains(kept), "{kept}: {shouted}");
        }
        let plain = protect("5 < 6 & {{name}}", Markup::Plain);
        assert!(plain.html().starts_with("5 &lt; 6 &amp; <span"));
        assert_eq!(
            plain.restore(&shout(plain.html()).replace("&LT;", "&lt;").replace("&AMP;", "&amp;")).unwrap(),
            "5 < 6 & {{name}}"
        );
    }

    #[test]
    fn a_loss_is_noticed() {
        let protected = protect("<p>Hi {{name}} <b>now</b></p>", Markup::Html);
        let good = protected.html().to_owned();
        assert!(protected.restore(&good).is_some());
        for bad in [
            good.replace("<b>", "").replace("</b>", ""),
            good.replace("data-ac=\"0\"", "data-ac=\"7\""),
            good.replace(" translate=\"no\" data-ac=\"0\"", ""),
            format!("{good}{good}"),
            good.replace("</span>", ""),
            format!("{good}<script>"),
        ] {
            assert!(protected.restore(&bad).is_none(), "{bad}");
        }
        // The copy inside may be changed: the original counts.
        assert_eq!(
            protected.restore(&good.replace("{{name}}", "{{nome}}")).unwrap(),
            "<p>Hi {{name}} <b>now</b></p>"
        );
        assert!(protect("a", Markup::Plain).restore("<b>a</b>").is_none());
    }

    proptest! {
        #[test]
        fn an_untouched_translation_is_the_source(text in "(?s).{0,60}|([<>&;a-z \\[\\]{}%*|\"=/]|span|data-ac|</span>|<p>|&amp;){0,30}") {
            prop_assert_eq!(protect(&text, Markup::Plain).restore(protect(&text, Markup::Plain).html()), Some(text.clone()));
            if !text.contains("data-ac") {
                prop_assert_eq!(protect(&text, Markup::Html).restore(protect(&text, Markup::Html).html()), Some(text));
            }
        }
    }
}
