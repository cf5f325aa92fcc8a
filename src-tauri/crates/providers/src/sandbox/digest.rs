//! The sandbox's short texts about a whole template: details, summary, text message, chat. Works on the outline, one
//! block a line with its kind; quotes it, and makes up nothing about it.

use domain::addons::metadata::{MetadataField, Tone};
use serde_json::{Map, Value};

/// What an outline says.
struct Seen<'a> {
    headings: Vec<&'a str>,
    sentences: Vec<&'a str>,
    buttons: Vec<&'a str>,
    pictures_without_text: bool,
}

impl<'a> Seen<'a> {
    fn of(outline: &'a str) -> Self {
        let of = |label: &str| {
            let lines = outline.lines().filter_map(move |line| line.strip_prefix(label)?.strip_prefix(": "));
            lines.map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>()
        };
        let paragraphs = of("Paragraph");
        let sentences = paragraphs.iter().flat_map(|text| text.split_inclusive(['.', '!', '?']));
        Self {
            headings: of("Heading"),
            sentences: sentences.map(str::trim).filter(|text| text.chars().count() > 20).collect(),
            buttons: of("Button"),
            pictures_without_text: of("Image").is_empty(),
        }
    }

    /// What the template is about, in a line.
    fn topic(&self, italian: bool) -> String {
        let fallback = if italian { "Le nostre novità" } else { "Our latest news" };
        let found = self.headings.first().or(self.sentences.first()).copied().unwrap_or(fallback);
        trimmed(found, 90)
    }

    fn lead(&self, nth: u64) -> &'a str {
        let count = self.sentences.len().max(1) as u64;
        // The remainder fits in usize, as the length did.
        self.sentences.get((nth % count) as usize).copied().unwrap_or_default()
    }
}

fn trimmed(text: &str, max: usize) -> String {
    let text = text.trim().trim_end_matches(['.', ',', ';', ':']);
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let short: String = text.chars().take(max).collect();
    format!("{}…", short.rsplit_once(' ').map_or(short.as_str(), |(words, _)| words))
}

/// A JSON object with `fields`, as a model would answer.
pub(super) fn metadata(
    outline: &str,
    fields: &[MetadataField],
    tone: Tone,
    italian: bool,
    variation: u64,
) -> String {
    let seen = Seen::of(outline);
    let topic = seen.topic(italian);
    let toned = toned(&topic, tone, italian);
    let lead = trimmed(seen.lead(variation), 110);
    let more = match (italian, lead.is_empty()) {
        (true, true) => "Scopri di più all'interno".to_owned(),
        (false, true) => "See what is inside".to_owned(),
        (_, false) => lead,
    };
    let text = |field: &MetadataField| match field {
        MetadataField::Subject if variation.is_multiple_of(2) => toned.clone(),
        MetadataField::Subject => {
            format!("{toned} {}", if italian { "· da leggere oggi" } else { "· worth a look today" })
        }
        MetadataField::Title => topic.clone(),
        MetadataField::Preheader => more.clone(),
        MetadataField::Description => format!("{topic}. {more}."),
    };
    let object: Map<String, Value> =
        fields.iter().map(|field| (field.as_str().to_owned(), text(field).into())).collect();
    Value::Object(object).to_string()
}

fn toned(topic: &str, tone: Tone, italian: bool) -> String {
    let (before, after) = match (tone, italian) {
        (Tone::Native, _) => ("", ""),
        (Tone::Informal, false) => ("Hey! ", ""),
        (Tone::Informal, true) => ("Ciao! ", ""),
        (Tone::Persuasive, false) => ("Don't miss it: ", ""),
        (Tone::Persuasive, true) => ("Da non perdere: ", ""),
        (Tone::Descriptive, false) => ("All about: ", ""),
        (Tone::Descriptive, true) => ("Tutto su: ", ""),
        (Tone::Visual, false) => ("Picture this: ", ""),
        (Tone::Visual, true) => ("Immagina: ", ""),
        (Tone::Humorous, false) => ("", " (no, really)"),
        (Tone::Humorous, true) => ("", " (sul serio)"),
        (Tone::Narrative, false) => ("The story behind ", ""),
        (Tone::Narrative, true) => ("La storia di ", ""),
        (Tone::Formal, false) => ("Information: ", ""),
        (Tone::Formal, true) => ("Comunicazione: ", ""),
    };
    format!("{before}{topic}{after}")
}

/// A few sentences of the template itself.
pub(super) fn summary(outline: &str, concise: bool, italian: bool) -> String {
    let seen = Seen::of(outline);
    let count = if concise { 1 } else { 5 };
    let about = if italian { "Il messaggio parla di" } else { "The message is about" };
    let mut text = format!("{about}: {}.", seen.topic(italian));
    for sentence in seen.sentences.iter().take(count) {
        text.push(' ');
        text.push_str(sentence);
    }
    if let (false, Some(button)) = (concise, seen.buttons.first()) {
        let invites = if italian { "Invita a" } else { "It invites to" };
        text.push_str(&format!(" {invites}: {button}."));
    }
    text
}

/// A text message of at most 160 characters.
pub(super) fn sms(outline: &str, italian: bool) -> String {
    let seen = Seen::of(outline);
    let call =
        seen.buttons.first().copied().unwrap_or(if italian { "Scopri di più" } else { "Find out more" });
    let call = trimmed(call, 40);
    format!("{}. {call}: [link]", trimmed(&seen.topic(italian), 160 - 12 - call.chars().count()))
}

/// What a colleague would say about the template.
pub(super) fn chat(question: &str, outline: &str, italian: bool, variation: u64) -> String {
    let seen = Seen::of(outline);
    let asks = |words: &[&str]| words.iter().any(|word| question.to_lowercase().contains(word));
    if asks(&["summar", "riassu", "sintes"]) {
        return summary(outline, false, italian);
    }
    if asks(&["subject", "oggetto", "title", "titolo"]) {
        let intro = if italian { "Tre oggetti possibili:" } else { "Three possible subjects:" };
        let tones = [Tone::Native, Tone::Persuasive, Tone::Informal];
        let lines = tones.map(|tone| format!("- {}", toned(&seen.topic(italian), tone, italian)));
        return format!("{intro}\n{}", lines.join("\n"));
    }
    advice(&seen, italian, variation)
}

fn advice(seen: &Seen<'_>, italian: bool, variation: u64) -> String {
    let topic = seen.topic(italian);
    let mut points = Vec::new();
    let mut point =
        |english: String, in_italian: String| points.push(if italian { in_italian } else { english });
    if seen.headings.is_empty() {
        point(
            "There is no heading: begin with one that says what is in it for the reader.".to_owned(),
            "Manca un titolo: inizia con uno che dica al lettore che cosa ci guadagna.".to_owned(),
        );
    }
    if let Some(long) = seen.sentences.iter().find(|sentence| sentence.split_whitespace().count() > 22) {
        let start = trimmed(long, 50);
        point(
            format!("One sentence is long: “{start}” Split it in two."),
            format!("Una frase è lunga: “{start}” Dividila in due."),
        );
    }
    match seen.buttons.len() {
        0 => point(
            "There is no button: add one call to action.".to_owned(),
            "Manca un pulsante: aggiungi un invito all'azione.".to_owned(),
        ),
        1 => {}
        count => point(
            format!("There are {count} buttons: make one of them the main one."),
            format!("Ci sono {count} pulsanti: rendine uno il principale."),
        ),
    }
    if seen.pictures_without_text {
        point(
            "Images have no alternate text: use Generate in bulk.".to_owned(),
            "Le immagini non hanno testo alternativo: usa la generazione in blocco.".to_owned(),
        );
    }
    point(
        format!("A subject to try: “{}”", toned(&topic, Tone::Persuasive, false)),
        format!("Un oggetto da provare: “{}”", toned(&topic, Tone::Persuasive, true)),
    );
    if !points.is_empty() {
        // The remainder fits in usize, as the length did.
        let turn = (variation % points.len() as u64) as usize;
        points.rotate_left(turn);
    }
    let intro = if italian {
        format!("Ho letto il template su “{topic}”.")
    } else {
        format!("I read the template about “{topic}”.")
    };
    let lines: Vec<String> = points.iter().take(3).map(|point| format!("- {point}")).collect();
    format!("{intro}\n{}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTLINE: &str = "Heading: Spring sale\nParagraph: Our new collection is here and it is on sale until Sunday. Come and see it.\nButton: Shop now";

    #[test]
    fn details_are_the_templates_and_sound_as_asked() {
        let read = |tone, variation| -> Value {
            let all = [MetadataField::Subject, MetadataField::Preheader];
            serde_json::from_str(&metadata(OUTLINE, &all, tone, false, variation)).unwrap()
        };
        assert_eq!(read(Tone::Native, 0)["subject"], "Spring sale");
        assert_ne!(read(Tone::Native, 0), read(Tone::Native, 1));
        assert_eq!(read(Tone::Humorous, 0)["subject"], "Spring sale (no, really)");
        assert!(read(Tone::Native, 0)["preheader"].as_str().unwrap().starts_with("Our new collection"));
    }

    #[test]
    fn a_text_message_is_short_and_calls() {
        let text = sms(OUTLINE, false);
        assert_eq!(text, "Spring sale. Shop now: [link]");
        assert!(sms(&format!("Heading: {}", "word ".repeat(90)), true).chars().count() <= 160);
    }

    #[test]
    fn a_chat_is_about_the_template() {
        assert!(chat("Summarise it", OUTLINE, false, 0).contains("Spring sale"));
        assert!(chat("Proponi un oggetto", OUTLINE, true, 0).contains("Da non perdere: Spring sale"));
        assert!(chat("What now?", "", false, 3).contains("There is no button"));
    }
}
