//! The shape of a language's phrases, and which occasion a topic is. The phrases are `english.rs` and `italian.rs`.

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    Thanks,
    Sale,
    Event,
    Launch,
    Welcome,
    General,
}

/// Words that tell an occasion. A star stands for any ending, two words for themselves.
const TELLING: &[(Occasion, &[&str])] = &[
    (Occasion::Thanks, &["thank*", "grazie", "ringrazi*"]),
    (
        Occasion::Sale,
        &[
            "sale",
            "sales",
            "discount*",
            "offer*",
            "deal",
            "deals",
            "saving*",
            "saldi",
            "scont*",
            "offert*",
            "promo*",
            "svendit*",
            "black friday",
            "cyber monday",
        ],
    ),
    (
        Occasion::Event,
        &[
            "webinar*",
            "event",
            "events",
            "workshop*",
            "conference*",
            "meetup*",
            "festival*",
            "invit*",
            "concert*",
            "evento",
            "eventi",
            "convegn*",
            "fiera",
            "serata",
            "incontro",
            "conferenz*",
        ],
    ),
    (Occasion::Welcome, &["welcome", "onboarding", "subscriber*", "benvenut*", "iscritt*"]),
    (
        Occasion::Launch,
        &[
            "launch*",
            "new",
            "introduc*",
            "collection*",
            "opening",
            "release*",
            "lancio",
            "nuov*",
            "novità",
            "apertura",
            "collezion*",
            "arrivo",
        ],
    ),
];

impl Occasion {
    /// What `text` is most likely for.
    pub(super) fn of(text: &str) -> Self {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
        let tells = |pattern: &&str| match pattern.strip_suffix('*') {
            Some(start) => words.iter().any(|word| word.starts_with(start)),
            None if pattern.contains(' ') => text.contains(pattern),
            None => words.contains(pattern),
        };
        let found = TELLING.iter().find(|(_, patterns)| patterns.iter().any(tells));
        found.map_or(Self::General, |(occasion, _)| *occasion)
    }
}

/// Phrases for one occasion. `{topic}` is the topic, `{Topic}` the same with a capital, `{thing}` its short noun.
pub(super) struct Phrases {
    /// At most six words besides the topic.
    pub(super) titles: [&'static str; 4],
    /// First sentences.
    pub(super) openings: [&'static str; 3],
    /// What comes between.
    pub(super) bodies: [&'static str; 3],
    /// Last sentences.
    pub(super) closings: [&'static str; 3],
    /// Items of a list.
    pub(super) items: [&'static str; 5],
    /// Labels of at most four words.
    pub(super) buttons: [&'static str; 3],
}

/// What a tone puts before a text: before one line, and before a paragraph. Two ways each.
pub(super) struct Tone {
    /// Beginnings of words that ask for it, in either language.
    pub(super) asked_by: &'static [&'static str],
    pub(super) line: [&'static str; 2],
    pub(super) paragraph: [&'static str; 2],
    /// Around a button's label, `{}`.
    pub(super) button: &'static str,
}

/// A language.
pub(super) struct Tongue {
    pub(super) thanks: Phrases,
    pub(super) sale: Phrases,
    pub(super) event: Phrases,
    pub(super) launch: Phrases,
    pub(super) welcome: Phrases,
    pub(super) general: Phrases,
    pub(super) tones: &'static [Tone],
    /// For a tone that is not among them; `{}` is the tone.
    pub(super) other_tone: &'static str,
    /// The topic when a prompt names none.
    pub(super) default_topic: &'static str,
    /// Topics with this in them, and what one of them is called; the last is for all others.
    pub(super) things: &'static [(&'static str, &'static str)],
    /// Greets `{}`, a merge tag.
    pub(super) greeting: &'static str,
    /// Leads to `{}`, a link.
    pub(super) link: &'static str,
    /// Mentions `{}`, a placeholder.
    pub(super) mention: &'static str,
    /// Of the first and second person, and what the third says instead.
    pub(super) third_person: &'static [(&'static str, &'static str)],
}

impl Tongue {
    pub(super) fn phrases(&'static self, occasion: Occasion) -> &'static Phrases {
        match occasion {
            Occasion::Thanks => &self.thanks,
            Occasion::Sale => &self.sale,
            Occasion::Event => &self.event,
            Occasion::Launch => &self.launch,
            Occasion::Welcome => &self.welcome,
            Occasion::General => &self.general,
        }
    }

    /// What one of `topic` is called.
    pub(super) fn thing(&self, topic: &str) -> &'static str {
        let topic = topic.to_lowercase();
        self.things.iter().find(|(part, _)| topic.contains(part)).map_or("", |(_, thing)| thing)
    }
}
