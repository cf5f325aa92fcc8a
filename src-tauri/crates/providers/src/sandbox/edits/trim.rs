//! Edits that change a text's length. Protected text is kept whole or left out whole, never cut.

use domain::addons::ai_integration::Block;

use super::super::guard::{Part, parts};
use super::super::phrases::Tongue;

/// About half of `text`: sentences of prose, items of a list, the first clause of a line.
pub(super) fn shorter(text: &str, block: Block) -> String {
    match block {
        Block::List => {
            let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
            lines[..lines.len().div_ceil(2)].join("\n")
        }
        Block::Paragraph => {
            let sentences = sentences(text);
            match sentences.len() {
                0 | 1 => clause(text),
                all => sentences[..all / 2].concat().trim().to_owned(),
            }
        }
        Block::Title | Block::Button => clause(text),
    }
}

/// `text` and one more sentence, item or word.
pub(super) fn longer(text: &str, block: Block, tongue: &Tongue, variation: u64) -> String {
    let at = (variation % 3) as usize;
    let general = &tongue.general;
    match block {
        Block::Paragraph => format!("{text} {}", general.bodies[at]),
        Block::List => format!("{text}\n{}", general.items[at + 1]),
        Block::Title => format!("{text}: {}", general.items[at + 1].to_lowercase()),
        Block::Button => text.to_owned(),
    }
}

/// The first `count` words.
pub(super) fn to_words(text: &str, count: usize) -> String {
    let words = words(text);
    if words.len() <= count { text.to_owned() } else { closed(&words[..count]) }
}

/// As many whole words as fit in `count` characters; at least one.
pub(super) fn to_characters(text: &str, count: usize) -> String {
    let words = words(text);
    let mut length = 0;
    let fitting = words.iter().take_while(|word| {
        length += word.chars().count() + 1;
        length - 1 <= count
    });
    let fitting = fitting.count().max(1).min(words.len());
    closed(&words[..fitting])
}

/// The first clause of a line, or two thirds of its words.
fn clause(text: &str) -> String {
    let words = words(text);
    let ends = |word: &String| word.ends_with([':', ',', ';', '—', '–']);
    let end = words.iter().position(ends).map_or(words.len() * 2 / 3, |at| at + 1);
    closed(&words[..end.max(1).min(words.len())])
}

fn closed(words: &[String]) -> String {
    words.join(" ").trim_end_matches([':', ',', ';', '—', '–', ' ']).to_owned()
}

/// Words at blanks; what must be kept is one word, with what touches it, even if it holds blanks.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for part in parts(text) {
        let (kept, piece) = match part {
            Part::Free(free) => (false, free),
            Part::Kept(kept) => (true, kept),
        };
        for c in piece.chars() {
            match words.last_mut() {
                Some(word) if kept || !c.is_whitespace() => word.push(c),
                _ => words.push(String::new()),
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Sentences with the blanks after them.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    let mut ended = false;
    for part in parts(text) {
        let (kept, piece) = match part {
            Part::Free(free) => (false, free),
            Part::Kept(kept) => (true, kept),
        };
        for c in piece.chars() {
            let last = sentences.last().and_then(|sentence| sentence.chars().last());
            if ended && !c.is_whitespace() && last.is_some_and(char::is_whitespace) {
                sentences.push(String::new());
            }
            ended = !kept && (matches!(c, '.' | '!' | '?') || (ended && c.is_whitespace()));
            if let Some(sentence) = sentences.last_mut() {
                sentence.push(c);
            }
        }
    }
    sentences.retain(|sentence| !sentence.trim().is_empty());
    sentences
}

#[cfg(test)]
mod tests {
    use super::super::super::english;
    use super::*;

    #[test]
    fn shorter_keeps_whole_sentences_items_and_tags() {
        assert_eq!(shorter("One. Two! See a.example? Four.", Block::Paragraph), "One. Two!");
        assert_eq!(shorter("a\nb\nc", Block::List), "a\nb");
        assert_eq!(shorter("Spring sale: up to 50% off", Block::Title), "Spring sale");
        assert_eq!(shorter("", Block::Title), "");
        assert_eq!(shorter("Hi {{ first name }} there friend", Block::Title), "Hi {{ first name }}");
    }

    #[test]
    fn lengths_are_kept_to() {
        assert_eq!(to_words("one two three", 2), "one two");
        assert_eq!(to_words("one two", 5), "one two");
        assert_eq!(to_characters("one two three", 8), "one two");
        assert_eq!(to_characters("extraordinary", 3), "extraordinary");
        assert_eq!(to_characters("", 3), "");
        assert!(longer("One.", Block::Paragraph, &english::TONGUE, 7).starts_with("One. "));
    }
}
