//! Metadata generation, part of the AI Writing Assistant: subject, preheader, title and description of a template.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::InvalidValue;
use crate::writing::{Conversation, Task};

/// A detail of an email or page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MetadataField {
    /// An email's subject, at most 190 characters.
    Subject,
    /// An email's preheader, at most 130 characters.
    Preheader,
    /// A page's title, at most 190 characters.
    Title,
    /// A page's description, at most 190 characters.
    Description,
}

impl MetadataField {
    /// Its name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Preheader => "preheader",
            Self::Title => "title",
            Self::Description => "description",
        }
    }

    /// Beefree's limit in characters; for titles, where it gives none, the subject's.
    #[must_use]
    pub fn max(self) -> usize {
        if self == Self::Preheader { 130 } else { 190 }
    }
}

/// Beefree's eight tones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// As the template itself speaks.
    #[default]
    Native,
    /// Informal.
    Informal,
    /// Persuasive.
    Persuasive,
    /// Descriptive.
    Descriptive,
    /// Visual.
    Visual,
    /// Humorous.
    Humorous,
    /// Narrative.
    Narrative,
    /// Formal.
    Formal,
}

const TONES: [&str; 8] =
    ["native", "informal", "persuasive", "descriptive", "visual", "humorous", "narrative", "formal"];

/// How to write. Personal: no `Debug`.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MetadataOptions {
    /// The tone, by Beefree's word in any case.
    #[serde(deserialize_with = "tone")]
    #[schemars(with = "String", extend("examples" = TONES))]
    tone_of_voice: Tone,
    /// The host's own wishes, at most 2,000 characters.
    #[schemars(length(max = 2_000))]
    instructions: Option<String>,
    /// The language to write in.
    language: Option<String>,
}

fn tone<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Tone, D::Error> {
    let word = String::deserialize(from)?.to_lowercase();
    Tone::deserialize(serde::de::value::StringDeserializer::new(word))
}

/// Body of `POST /v1/ai/metadata`. Personal: no `Debug`.
#[derive(Deserialize, JsonSchema)]
pub struct MetadataRequest {
    /// What is wanted; an email's two details when absent.
    #[serde(default)]
    pub fields: Vec<MetadataField>,
    /// How to write.
    #[serde(default)]
    pub options: MetadataOptions,
    /// The template.
    pub template: Value,
}

impl MetadataRequest {
    /// What to ask the model; `outline` is the template as text.
    pub fn conversation(&self, outline: String) -> Result<Conversation, InvalidValue> {
        super::ai_integration::check_language(self.options.language.as_deref())?;
        let wish = self.options.instructions.as_deref().unwrap_or_default();
        if wish.chars().count() > 2_000 {
            return Err(InvalidValue { what: "instructions", rule: "may have at most 2,000 characters" });
        }
        let mut fields = self.fields.clone();
        fields.dedup();
        if fields.is_empty() {
            fields = vec![MetadataField::Subject, MetadataField::Preheader];
        }
        let wanted: Vec<String> = fields
            .iter()
            .map(|field| format!("\"{}\" (at most {} characters)", field.as_str(), field.max()))
            .collect();
        let tone = match self.options.tone_of_voice {
            Tone::Native => "the tone of the template itself".to_owned(),
            other => format!("this tone: {other:?}").to_lowercase(),
        };
        let mut instructions = format!(
            "You write the details of an email or web page. Answer with one JSON object and nothing else; its keys are \
             {}, each a plain text. Use {tone}.",
            wanted.join(" and ")
        );
        if let Some(tag) = &self.options.language {
            instructions.push_str(&format!(" Write in the language with the tag {tag}."));
        }
        if !wish.is_empty() {
            instructions.push_str(" Follow this wish: ");
            instructions.push_str(wish);
        }
        Ok(Conversation {
            language: self.options.language.clone(),
            content: Some(outline.clone()),
            ..Conversation::of(
                Task::Metadata { fields, tone: self.options.tone_of_voice },
                instructions,
                outline,
            )
        })
    }
}

/// Reads a model's JSON, wherever in its answer it stands, and cuts each detail to its length. `None` if one is missing.
#[must_use]
pub fn read(answer: &str, fields: &[MetadataField]) -> Option<Map<String, Value>> {
    let object = answer.get(answer.find('{')?..=answer.rfind('}')?)?;
    let found: Map<String, Value> = serde_json::from_str(object).ok()?;
    let read = |field: &MetadataField| {
        let text = found.get(field.as_str())?.as_str()?.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| (field.as_str().to_owned(), Value::String(cut(&text, field.max()))))
    };
    fields.iter().map(read).collect()
}

/// `text` within `max` characters, cut at a word where there is one.
pub(super) fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let short: String = text.chars().take(max.saturating_sub(1)).collect();
    let whole = short.rsplit_once(' ').map_or(short.as_str(), |(words, _)| words);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '-', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_object_is_found_and_cut_to_length() {
        let long = "word ".repeat(100);
        let answer = format!("Sure!\n```json\n{{\"subject\": \"A\\nB\", \"preheader\": \"{long}\"}}\n```");
        let read = read(&answer, &[MetadataField::Subject, MetadataField::Preheader]).unwrap();
        assert_eq!(read["subject"], "A B");
        assert!(read["preheader"].as_str().unwrap().chars().count() <= 130);
    }

    #[test]
    fn a_missing_detail_is_no_answer() {
        assert!(read(r#"{"subject":"x"}"#, &[MetadataField::Title]).is_none());
        assert!(read("no object", &[MetadataField::Title]).is_none());
        assert!(read("} {", &[MetadataField::Title]).is_none());
    }

    #[test]
    fn tones_are_beefrees_in_any_case() {
        let request: MetadataRequest =
            serde_json::from_str(r#"{"options":{"toneOfVoice":"Humorous"},"template":{}}"#).unwrap();
        let conversation = request.conversation("Title: Sale".to_owned()).unwrap();
        assert!(conversation.instructions.contains("humorous"));
        assert!(
            serde_json::from_str::<MetadataRequest>(r#"{"options":{"toneOfVoice":"loud"},"template":{}}"#)
                .is_err()
        );
    }
}
