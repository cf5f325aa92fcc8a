//! What must come through untouched: merge tags, links and [brackets]. Finds them; changes nothing.

/// Openers and closers of merge tags and placeholders as the common e-mail senders write them; longer first.
const PAIRS: &[(&str, &str)] = &[
    ("{{", "}}"),
    ("{%", "%}"),
    ("${", "}"),
    ("{", "}"),
    ("[[", "]]"),
    ("[", "]"),
    ("*|", "|*"),
    ("%%", "%%"),
    ("<%", "%>"),
];
const LINKS: &[&str] = &["https://", "http://", "www.", "mailto:"];
/// Longer than any merge tag: an opener without a closer nearby is a plain character.
const LONGEST: usize = 200;

/// A stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// May be changed.
    Free(&'a str),
    /// Must stay as it is.
    Kept(&'a str),
}

/// Cuts `text` into parts; together they are `text`.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut free, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if let Some(length) = kept_length(rest) {
            if free < at {
                parts.push(Part::Free(&text[free..at]));
            }
            parts.push(Part::Kept(&rest[..length]));
            at += length;
            free = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    if free < text.len() {
        parts.push(Part::Free(&text[free..]));
    }
    parts
}

/// `text` with `change` applied to what may be changed.
pub(super) fn change_free(text: &str, mut change: impl FnMut(&str) -> String) -> String {
    let changed = parts(text).into_iter().map(|part| match part {
        Part::Free(free) => change(free),
        Part::Kept(kept) => kept.to_owned(),
    });
    changed.collect()
}

/// What must be kept of `text`, in order.
pub(super) fn kept(text: &str) -> Vec<&str> {
    let kept = |part| match part {
        Part::Kept(kept) => Some(kept),
        Part::Free(_) => None,
    };
    parts(text).into_iter().filter_map(kept).collect()
}

/// Whether a kept part is a link.
pub(super) fn is_link(kept: &str) -> bool {
    LINKS.iter().any(|start| kept.starts_with(start))
}

/// Whether a kept part is a [placeholder] for people, which belongs to the sentence it stands in.
pub(super) fn is_placeholder(kept: &str) -> bool {
    kept.starts_with('[') && !kept.starts_with("[[")
}

fn kept_length(rest: &str) -> Option<usize> {
    if is_link(rest) {
        let end = rest.find(|c: char| c.is_whitespace() || "<>\"".contains(c)).unwrap_or(rest.len());
        return Some(rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']).len());
    }
    PAIRS.iter().filter(|(open, _)| rest.starts_with(open)).find_map(|(open, close)| {
        let inner = &rest[open.len()..];
        // Looked for nearby only, or many openers would take quadratic time.
        let near = &inner[..inner.floor_char_boundary(LONGEST)];
        let end = near.find(close).filter(|end| *end > 0)?;
        (!near[..end].contains('\n')).then_some(open.len() + end + close.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merge_tags_links_and_brackets_are_found() {
        let text = "Hi {{first_name}}, see https://x.example/a?b=1. Use *|CODE|* at [store] %%end%% {x} ${y}";
        let expected =
            ["{{first_name}}", "https://x.example/a?b=1", "*|CODE|*", "[store]", "%%end%%", "{x}", "${y}"];
        assert_eq!(kept(text), expected);
        let shouted = change_free(text, str::to_uppercase);
        assert!(
            shouted.starts_with("HI {{first_name}}, SEE https://x.example/a?b=1. USE *|CODE|* AT [store]")
        );
    }

    #[test]
    fn lonely_openers_are_text() {
        for text in ["50% off {", "[", "a [b\nc]", "{}", "è {{", "100%% sure"] {
            assert_eq!(parts(text), [Part::Free(text)], "{text}");
        }
    }
}
