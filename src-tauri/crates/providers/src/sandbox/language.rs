//! Which of its two languages the sandbox writes: the one asked for, or that of the prompt. Guesses by stop words.

use super::phrases::Tongue;
use super::{english, italian};

// Words of both languages ("a", "in", "i") tell nothing.
const ENGLISH: &[&str] = &[
    "the", "an", "our", "your", "about", "for", "and", "with", "write", "make", "to", "of", "on", "it", "is",
    "we", "you", "this", "that", "please", "my",
];
const ITALIAN: &[&str] = &[
    "il", "lo", "la", "gli", "le", "un", "una", "di", "del", "della", "dei", "delle", "per", "con", "che",
    "su", "sul", "sulla", "sui", "nostro", "nostra", "nostri", "nostre", "scrivi", "crea", "e", "è",
    "rendilo", "testo", "più", "al", "alla", "da", "dal", "si", "ti",
];

/// The language with this tag; English stands in for any the sandbox does not write.
pub(super) fn of_tag(tag: &str) -> &'static Tongue {
    let primary = tag.split('-').next().unwrap_or_default();
    if primary.eq_ignore_ascii_case("it") { &italian::TONGUE } else { &english::TONGUE }
}

/// The language `text` is most likely in.
pub(super) fn of(text: &str) -> &'static Tongue {
    let text = text.to_lowercase();
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let count = |known: &[&str]| words().filter(|word| known.contains(word)).count();
    if count(ITALIAN) > count(ENGLISH) { &italian::TONGUE } else { &english::TONGUE }
}
