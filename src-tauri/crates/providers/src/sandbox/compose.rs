//! Writes a new text for a block out of a language's phrases and the topic of the prompt.

use domain::addons::ai_integration::Block;

use super::guard::{is_link, is_placeholder, kept};
use super::phrases::{Occasion, Phrases, Tongue};
use super::topic;

/// A title may have 12 words: its phrase has up to six, and a merge tag may come before.
const TITLE_TOPIC_WORDS: usize = 5;
const ITEMS: usize = 4;
const ITEMS_MAX: usize = 8;

/// A text for `block`. Another `variation` gives another text.
pub(super) fn compose(block: Block, prompt: &str, tongue: &'static Tongue, variation: u64) -> String {
    let topic = topic::of(prompt).unwrap_or_else(|| tongue.default_topic.to_owned());
    let draft =
        Draft { tongue, occasion: Occasion::of(prompt), topic, seed: hash(prompt).wrapping_add(variation) };
    let extras = Extras::of(prompt, &draft.topic);
    match block {
        Block::Title => draft.line(draft.pick(&draft.phrases().titles, 0), TITLE_TOPIC_WORDS, extras.name),
        Block::Paragraph => extras.around(draft.paragraph(), tongue),
        Block::List => draft.list(wanted_items(prompt), &extras),
        Block::Button => draft.pick(&draft.phrases().buttons, 0).to_owned(),
    }
}

struct Draft {
    tongue: &'static Tongue,
    occasion: Occasion,
    topic: String,
    seed: u64,
}

impl Draft {
    fn phrases(&self) -> &'static Phrases {
        self.tongue.phrases(self.occasion)
    }

    fn pick<'p>(&self, from: &[&'p str], turn: u64) -> &'p str {
        // The remainder fits in usize, as the length did.
        let at = self.seed.wrapping_add(turn) % (from.len().max(1) as u64);
        from.get(at as usize).copied().unwrap_or_default()
    }

    fn filled(&self, phrase: &str, topic: &str) -> String {
        phrase
            .replace("{thing}", self.tongue.thing(topic))
            .replace("{Topic}", &capitalised(topic))
            .replace("{topic}", topic)
    }

    /// One line with at most so many words of the topic, addressed to `name`.
    fn line(&self, phrase: &str, topic_words: usize, name: Option<&str>) -> String {
        let topic = topic::first_words(&self.topic, topic_words);
        let Some(name) = name else { return self.filled(phrase, &topic) };
        // After a name the line goes on in small letters.
        let first = phrase.chars().next().map(char::to_lowercase).into_iter().flatten();
        let phrase = phrase.replace("{Topic}", "{topic}");
        let rest: String = first.chain(phrase.chars().skip(1)).collect();
        format!("{name}, {}", self.filled(&rest, &topic))
    }

    fn paragraph(&self) -> String {
        let opening = self.filled(self.pick(&self.phrases().openings, 0), &self.topic);
        // Another pace for each part, so that the parts meet in other combinations.
        let body = self.pick(&self.phrases().bodies, self.seed / 3);
        let closing = self.pick(&self.phrases().closings, self.seed / 9);
        format!("{opening} {body} {closing}")
    }

    fn list(&self, items: usize, extras: &Extras<'_>) -> String {
        let general: &[&str] =
            if self.occasion == Occasion::General { &[] } else { &self.tongue.general.items[1..] };
        let (first, own) = self.phrases().items.split_first().unwrap_or((&"", &[]));
        let turn = (self.seed % own.len().max(1) as u64) as usize;
        let own = own.iter().cycle().skip(turn).take(own.len());
        let others = own.chain(general).map(|item| (*item).to_owned());
        let first = self.line(first, usize::MAX, extras.name);
        let lines = std::iter::once(first).chain(others).take(items).chain(extras.mentions(self.tongue));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// What the prompt holds that must be in the text: merge tags, links, [placeholders] outside the topic.
struct Extras<'p> {
    name: Option<&'p str>,
    links: Vec<&'p str>,
    others: Vec<&'p str>,
}

impl<'p> Extras<'p> {
    fn of(prompt: &'p str, topic: &str) -> Self {
        let mut extras = Self { name: None, links: vec![], others: vec![] };
        for part in kept(prompt).into_iter().filter(|part| !topic.contains(part)) {
            if is_link(part) {
                extras.links.push(part);
            } else if extras.name.is_none() && !is_placeholder(part) {
                extras.name = Some(part);
            } else {
                extras.others.push(part);
            }
        }
        extras
    }

    fn around(&self, text: String, tongue: &Tongue) -> String {
        let body = std::iter::once(text).chain(self.mentions(tongue)).collect::<Vec<_>>().join(" ");
        match self.name {
            Some(name) => format!("{}\n\n{body}", tongue.greeting.replace("{}", name)),
            None => body,
        }
    }

    fn mentions(&self, tongue: &Tongue) -> Vec<String> {
        let others = self.others.iter().map(|other| tongue.mention.replace("{}", other));
        let links = self.links.iter().map(|link| tongue.link.replace("{}", link));
        others.chain(links).collect()
    }
}

/// How many items the prompt asks for.
fn wanted_items(prompt: &str) -> usize {
    const WORDS: &[(&str, usize)] = &[
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("due", 2),
        ("tre", 3),
        ("quattro", 4),
        ("cinque", 5),
        ("sei", 6),
        ("sette", 7),
        ("otto", 8),
    ];
    let prompt = prompt.to_lowercase();
    let number = |word: &str| {
        let spelled = WORDS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
        spelled.or_else(|| word.parse().ok()).filter(|number| (2..=ITEMS_MAX).contains(number))
    };
    prompt.split_whitespace().find_map(number).unwrap_or(ITEMS)
}

/// With a capital first letter.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// FNV-1a: the same on every machine and in every version, which the standard library's hashes do not promise.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
