//! Edits that keep a text's length: case, tone, person, tidiness, and a translation that only looks like one.

use domain::addons::ai_integration::Block;

use super::super::compose::capitalised;
use super::super::guard::{Part, change_free, parts};
use super::super::phrases::Tongue;
use super::trim::sentences;

pub(super) fn upper(text: &str) -> String {
    change_free(text, str::to_uppercase)
}

pub(super) fn lower(text: &str) -> String {
    change_free(text, str::to_lowercase)
}

pub(super) fn title_case(text: &str) -> String {
    change_free(text, |free| free.split_inclusive(char::is_whitespace).map(capitalised).collect())
}

/// Accents on letters. Without a dictionary this at least shows that every word went through and that nothing
/// protected was touched, which is what pseudo-localisation is for.
pub(super) fn pseudo_localised(text: &str) -> String {
    const PLAIN: &str = "aeiouyncAEIOUYNC";
    const ACCENTED: &str = "áéíóúýñçÁÉÍÓÚÝÑÇ";
    let accented =
        |c: char| PLAIN.chars().zip(ACCENTED.chars()).find(|(plain, _)| *plain == c).map_or(c, |(_, a)| a);
    change_free(text, |free| free.chars().map(accented).collect())
}

pub(super) fn third_person(text: &str, tongue: &Tongue) -> String {
    let other =
        |word: &str| {
            let found = tongue.third_person.iter().find(|(own, _)| *own == word.to_lowercase());
            found.map(|(_, third)| {
                if word.starts_with(char::is_uppercase) { capitalised(third) } else { (*third).to_owned() }
            })
        };
    let is_word = |c: char| c.is_alphabetic() || c == '\'';
    change_free(text, |free| {
        let mut out = String::with_capacity(free.len());
        let mut rest = free;
        while !rest.is_empty() {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            out.push_str(&other(word).unwrap_or_else(|| word.to_owned()));
            let gap = after.find(is_word).unwrap_or(after.len());
            out.push_str(&after[..gap]);
            rest = &after[gap..];
        }
        out
    })
}

/// Single blanks, none before punctuation, capitals at the start of sentences, a full stop at the end of prose,
/// and a few slips that everybody makes.
pub(super) fn tidy(text: &str, block: Block) -> String {
    const SLIPS: &[(&str, &str)] = &[
        ("teh", "the"),
        ("recieve", "receive"),
        ("definately", "definitely"),
        ("seperate", "separate"),
        ("dont", "don't"),
        ("cant", "can't"),
        ("wont", "won't"),
        ("i", "I"),
        ("alot", "a lot"),
        ("perchè", "perché"),
        ("pò", "po'"),
        ("qual'è", "qual è"),
    ];
    let corrected = |word: &str| {
        let core = word.trim_matches(|c: char| ".,;:!?".contains(c));
        let fixed = SLIPS.iter().find(|(slip, _)| *slip == core);
        fixed.map_or_else(|| word.to_owned(), |(_, right)| word.replacen(core, right, 1))
    };
    let line = |line: &str| {
        let single = change_free(&line.split_whitespace().collect::<Vec<_>>().join(" "), |free| {
            let words: Vec<String> = free.split(' ').map(corrected).collect();
            [",", ".", ";", "!", "?"]
                .iter()
                .fold(words.join(" "), |text, mark| text.replace(&format!(" {mark}"), mark))
        });
        let sentences: String = sentences(&single).iter().map(|sentence| begun(sentence)).collect();
        let closed = sentences.ends_with(|c: char| !c.is_alphanumeric());
        if block == Block::Paragraph && !sentences.is_empty() && !closed {
            sentences + "."
        } else {
            sentences
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// With a capital first letter, unless it begins with what must stay as it is.
fn begun(sentence: &str) -> String {
    match parts(sentence).first() {
        Some(Part::Free(_)) => capitalised(sentence),
        _ => sentence.to_owned(),
    }
}

pub(super) fn in_tone(text: &str, tone: &str, block: Block, tongue: &Tongue, variation: u64) -> String {
    let way = usize::from(variation % 2 == 1);
    let known = tongue.tones.iter().find(|known| known.asked_by.iter().any(|start| tone.starts_with(start)));
    let Some(known) = known else {
        return match block {
            Block::Button => text.to_owned(),
            _ => format!("{}{text}", tongue.other_tone.replace("{}", tone)),
        };
    };
    // Asked twice, a text does not get two of the same beginning.
    let once = |starts: &[&str; 2]| {
        let bare = starts.iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text);
        format!("{}{bare}", starts[way])
    };
    match block {
        Block::Button
            if text.chars().next().is_some_and(char::is_alphabetic) && known.button.starts_with("{}") =>
        {
            known.button.replace("{}", text)
        }
        Block::Button => known.button.replace("{}", &lower(text)),
        Block::Paragraph => once(&known.paragraph),
        Block::Title | Block::List => once(&known.line),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{english, italian};
    use super::*;

    #[test]
    fn case_and_accents_leave_protected_text_alone() {
        let text = "Hi {{name}}, see https://x.example/Path about [Store]";
        assert_eq!(upper(text), "HI {{name}}, SEE https://x.example/Path ABOUT [Store]");
        assert_eq!(lower("HI {{Name}} THERE"), "hi {{Name}} there");
        assert_eq!(title_case("più luce a casa"), "Più Luce A Casa");
        assert_eq!(pseudo_localised("Save {{amount}} on [item]"), "Sávé {{amount}} óñ [item]");
    }

    #[test]
    fn tidying() {
        let tidied = tidy("hello  world , i recieve {{it}} . we dont wait", Block::Paragraph);
        assert_eq!(tidied, "Hello world, I receive {{it}}. We don't wait.");
        assert_eq!(tidy("spring  sale", Block::Title), "Spring sale");
        for kept in ["See shop.example today", "https://x.example/a.b?c", "{{name}}, hi"] {
            assert_eq!(tidy(kept, Block::Title), kept);
        }
    }

    #[test]
    fn person_and_tone() {
        assert_eq!(
            third_person("We love our shop, and you.", &english::TONGUE),
            "They love their shop, and they."
        );
        assert_eq!(third_person("Il nostro negozio", &italian::TONGUE), "Il loro negozio");
        let once = in_tone("Spring sale", "urgent", Block::Title, &english::TONGUE, 0);
        assert_eq!(once, "Last call: Spring sale");
        assert_eq!(in_tone(&once, "urgent", Block::Title, &english::TONGUE, 1), "Don't wait: Spring sale");
        assert_eq!(in_tone("Shop", "urgent", Block::Button, &english::TONGUE, 0), "Shop now");
        assert_eq!(
            in_tone("Saldi", "nostalgico", Block::Title, &italian::TONGUE, 0),
            "In tono nostalgico: Saldi"
        );
    }
}
