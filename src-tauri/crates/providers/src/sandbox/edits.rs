//! The AddOn's suggestions ("Use title case", "Make it [tone]", …) done on the text that is already there.
//!
//! The suggestions' wording: docs.beefree.io, AI Writing Assistant, "Suggestions", and their Italian.

mod rewrite;
mod trim;

use domain::addons::ai_integration::Block;

use super::phrases::Tongue;
use super::topic;

/// What to do with the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Edit {
    Upper,
    Lower,
    TitleCase,
    Shorter,
    Longer,
    /// At most so many words.
    Words(usize),
    /// At most so many characters.
    Characters(usize),
    Translate,
    ThirdPerson,
    /// Spelling, grammar, active voice.
    Tidy,
    /// In a tone, by the end user's word for it.
    Tone(String),
}

/// Phrases that ask for an edit; the first that is found counts, so "all caps" words come after "title case".
const ASKING: &[(&[&str], Edit)] = &[
    (&["title case", "first letter of each word", "iniziali maiuscole"], Edit::TitleCase),
    (&["all caps", "uppercase", "upper case", "capitalize all", "maiuscol"], Edit::Upper),
    (&["lowercase", "lower case", "minuscol"], Edit::Lower),
    (&["translate", "traduci", "tradurre"], Edit::Translate),
    (
        &[
            "shorter",
            "shorten",
            "summarize",
            "summarise",
            "concise",
            "più cort",
            "più brev",
            "accorcia",
            "riassum",
        ],
        Edit::Shorter,
    ),
    (&["longer", "expand", "più lung", "allunga", "amplia"], Edit::Longer),
    (&["third person", "terza persona"], Edit::ThirdPerson),
    (&["spell", "grammar", "ortograf", "grammatic", "active voice", "forma attiva"], Edit::Tidy),
];
const TONE: &[&str] =
    &["make it ", "make this ", "make the text ", "rendilo ", "rendila ", "rendi il testo "];
/// What ends a tone's name, and what may stand before it.
const TONE_ENDS: &[&str] = &[" without", " senza", " and ", " e ", ",", ".", "!"];
const TONE_DECORATION: &[&str] =
    &["sound ", "more ", "a bit ", "very ", "in a ", "più ", "molto ", "un po' "];

impl Edit {
    /// The edit `prompt` asks for, unless it asks for a new text.
    pub(super) fn asked_in(prompt: &str) -> Option<Self> {
        if topic::orders_new_text(prompt) {
            return None;
        }
        let prompt = prompt.trim().to_lowercase();
        let length = || {
            number_before(&prompt, &["word", "parol"])
                .map(Self::Words)
                .or_else(|| number_before(&prompt, &["character", "caratter"]).map(Self::Characters))
        };
        let known = ASKING.iter().find(|(phrases, _)| phrases.iter().any(|phrase| prompt.contains(phrase)));
        let known = known.map(|(_, edit)| edit.copy());
        length().or(known).or_else(|| tone_in(&prompt).map(Self::Tone))
    }

    /// `text` after the edit.
    pub(super) fn apply(&self, text: &str, block: Block, tongue: &'static Tongue, variation: u64) -> String {
        match self {
            Self::Upper => rewrite::upper(text),
            Self::Lower => rewrite::lower(text),
            Self::TitleCase => rewrite::title_case(text),
            Self::Translate => rewrite::pseudo_localised(text),
            Self::ThirdPerson => rewrite::third_person(text, tongue),
            Self::Tidy => rewrite::tidy(text, block),
            Self::Tone(tone) => rewrite::in_tone(text, tone, block, tongue, variation),
            Self::Shorter => trim::shorter(text, block),
            Self::Longer => trim::longer(text, block, tongue, variation),
            Self::Words(count) => trim::to_words(text, *count),
            Self::Characters(count) => trim::to_characters(text, *count),
        }
    }

    /// Of the edits without a word or number of their own.
    const fn copy(&self) -> Self {
        match self {
            Self::Upper => Self::Upper,
            Self::Lower => Self::Lower,
            Self::TitleCase => Self::TitleCase,
            Self::Shorter => Self::Shorter,
            Self::Longer => Self::Longer,
            Self::Translate => Self::Translate,
            Self::ThirdPerson => Self::ThirdPerson,
            _ => Self::Tidy,
        }
    }
}

fn number_before(prompt: &str, units: &[&str]) -> Option<usize> {
    let words: Vec<&str> = prompt.split_whitespace().collect();
    let pair = words.windows(2).find(|pair| units.iter().any(|unit| pair[1].starts_with(unit)))?;
    pair[0].parse().ok().filter(|number| *number > 0)
}

fn tone_in(prompt: &str) -> Option<String> {
    let (_, after) = TONE.iter().find_map(|start| prompt.split_once(start))?;
    let end = TONE_ENDS.iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
    let tone = TONE_DECORATION
        .iter()
        .fold(after[..end].trim(), |tone, word| tone.strip_prefix(word).unwrap_or(tone));
    (!tone.is_empty()).then(|| tone.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_understood_in_both_languages() {
        for (prompt, edit) in [
            ("Use ALL CAPS", Edit::Upper),
            ("Capitalize all letters", Edit::Upper),
            ("Capitalize the first letter of each word", Edit::TitleCase),
            ("Use title case", Edit::TitleCase),
            ("Use lowercase", Edit::Lower),
            ("Write it in lowercase", Edit::Lower),
            ("Make it 5 words long", Edit::Words(5)),
            ("Set length to approx 30 characters", Edit::Characters(30)),
            ("Make it friendly without changing the format", Edit::Tone("friendly".to_owned())),
            ("Make it [tone] without changing the format", Edit::Tone("[tone]".to_owned())),
            ("Make it shorter", Edit::Shorter),
            ("Summarize the content", Edit::Shorter),
            ("Translate content to [language]", Edit::Translate),
            ("Correct grammar mistakes and return the content", Edit::Tidy),
            ("Spell-check the content", Edit::Tidy),
            ("Convert the content to the third person without changing the format", Edit::ThirdPerson),
            ("Tutto maiuscolo", Edit::Upper),
            ("Con le iniziali maiuscole", Edit::TitleCase),
            ("Rendilo più formale", Edit::Tone("formale".to_owned())),
            ("Rendilo più breve", Edit::Shorter),
            ("Traduci in inglese", Edit::Translate),
        ] {
            assert_eq!(Edit::asked_in(prompt), Some(edit), "{prompt}");
        }
        for new in ["Write about our spring sale", "Write a shorter title about shoes", "Spring sale", ""] {
            assert_eq!(Edit::asked_in(new), None, "{new}");
        }
    }
}
