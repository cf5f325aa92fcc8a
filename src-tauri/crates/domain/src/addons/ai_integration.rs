//! AI Writing Assistant (`ai-integration`): what a request for text must be, what is asked of the model, and how
//! an answer is shaped for its block. Speaks no provider's language; that is the adapters' part.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Capability, Descriptor, Handle, Setting, SettingType};
use crate::writing::{Conversation, Speaker, Task, Turn};
use crate::{InvalidValue, PromptId};

/// Facts: docs.beefree.io, AI Writing Assistant, "Settings".
pub const DESCRIPTOR: Descriptor = Descriptor {
    handle: Handle("ai-integration"),
    title: "AI Writing Assistant",
    about: "Writes and rewrites titles, paragraphs, lists and buttons, and the email's details.",
    capability: Some(Capability::Writing),
    excludes: Some(Handle("custom-ai-integration")),
    settings: &[
        Setting { name: "tokensAvailable", of: SettingType::Number },
        Setting { name: "tokensUsed", of: SettingType::Number },
        Setting { name: "tokenLabel", of: SettingType::Text },
        Setting { name: "isPromptDisabled", of: SettingType::Switch },
        Setting { name: "isSuggestionsDisabled", of: SettingType::Switch },
        Setting { name: "isRegenerateEnabled", of: SettingType::Switch },
        Setting { name: "isUpsellEnabled", of: SettingType::Switch },
        Setting { name: "upsellTrigger", of: SettingType::Number },
        Setting { name: "metadataGeneration", of: SettingType::Switch },
        Setting { name: "submitOnEnterKey", of: SettingType::Switch },
        Setting { name: "isBrandTonesEnabled", of: SettingType::Switch },
        Setting { name: "canAddBrandTones", of: SettingType::Switch },
        Setting { name: "canDeleteBrandTones", of: SettingType::Switch },
        Setting { name: "canEditBrandTones", of: SettingType::Switch },
        Setting { name: "canSelectBrandTones", of: SettingType::Switch },
    ],
};

/// The block an answer is for; Beefree's `moduleType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Block {
    /// One line.
    Title,
    /// Paragraphs parted by an empty line.
    Paragraph,
    /// One item a line.
    List,
    /// A few words on one line.
    Button,
}

/// The block and what stands in it.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Module {
    /// Which block it is.
    #[serde(rename = "type")]
    pub block: Block,
    /// Its present content, HTML or text, at most 20,000 characters.
    #[serde(default)]
    #[schemars(length(max = CONTENT_MAX))]
    pub content: String,
    /// Whether that is only the builder's placeholder, which no model needs to see.
    #[serde(default)]
    pub is_default: bool,
}

/// An earlier prompt and its answer.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// Which answer it was; a regeneration leaves that one out.
    pub prompt_id: PromptId,
    /// What the end user asked.
    #[schemars(length(max = CONTENT_MAX))]
    pub prompt: String,
    /// What they got.
    #[schemars(length(max = CONTENT_MAX))]
    pub content: String,
}

/// Body of `POST /v1/ai/text`. Holds what the end user wrote: no `Debug`, so that it cannot be logged.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WritingRequest {
    /// The AddOn asked, unchecked: which AddOns there are is for the application to say.
    pub handle: String,
    /// The block to write for.
    pub module: Module,
    /// What the end user asks, 1 to 8,000 characters.
    #[schemars(length(min = 1, max = PROMPT_MAX))]
    pub prompt: String,
    /// The conversation so far, oldest first, at most 20 exchanges.
    #[serde(default)]
    #[schemars(length(max = HISTORY_MAX))]
    pub history: Vec<Exchange>,
    /// The answer to be replaced by another.
    #[serde(default)]
    pub regenerate_of: Option<PromptId>,
    /// Language to answer in, when not that of the prompt.
    #[serde(default)]
    pub language: Option<String>,
    /// How the brand speaks, in words, at most 2,000 characters. Given as a text or as a host's own tone object, whose
    /// fields Beefree leaves open: every text in it is read.
    #[serde(default, deserialize_with = "tone_in_words")]
    #[schemars(with = "Option<Value>", extend("type" = ["string", "object", "null"]))]
    pub brand_tone: Option<String>,
}

fn tone_in_words<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let words = match Value::deserialize(from)? {
        Value::String(text) => text,
        Value::Object(fields) => {
            let told = fields.iter().filter(|(name, _)| name.as_str() != "id");
            let told = told.filter_map(|(name, value)| Some(format!("{name}: {}", value.as_str()?)));
            told.collect::<Vec<_>>().join("; ")
        }
        _ => String::new(),
    };
    Ok(Some(words).filter(|words| !words.trim().is_empty()))
}

const PROMPT_MAX: usize = 8_000;
const CONTENT_MAX: usize = 20_000;
const HISTORY_MAX: usize = 20;
const TONE_MAX: usize = 2_000;

impl WritingRequest {
    /// What to ask the model, or the first rule the request breaks.
    pub fn conversation(&self) -> Result<Conversation, InvalidValue> {
        let bad = |what, rule| Err(InvalidValue { what, rule });
        if self.prompt.trim().is_empty() || self.prompt.chars().count() > PROMPT_MAX {
            return bad("prompt", "needs 1 to 8,000 characters");
        }
        if self.module.content.chars().count() > CONTENT_MAX {
            return bad("module content", "may have at most 20,000 characters");
        }
        if self.history.len() > HISTORY_MAX {
            return bad("history", "may have at most 20 exchanges");
        }
        let too_long = |text: &str| text.chars().count() > CONTENT_MAX;
        if self.history.iter().any(|past| too_long(&past.prompt) || too_long(&past.content)) {
            return bad("history", "holds a text of more than 20,000 characters");
        }
        check_language(self.language.as_deref())?;
        if self.brand_tone.as_deref().is_some_and(|tone| tone.chars().count() > TONE_MAX) {
            return bad("brand tone", "may have at most 2,000 characters");
        }
        let kept = self.history.iter().filter(|past| Some(past.prompt_id) != self.regenerate_of);
        let mut turns: Vec<Turn> = kept
            .flat_map(|past| {
                [
                    Turn { speaker: Speaker::EndUser, text: past.prompt.clone() },
                    Turn { speaker: Speaker::Model, text: past.content.clone() },
                ]
            })
            .collect();
        turns.push(Turn { speaker: Speaker::EndUser, text: self.prompt.clone() });
        Ok(Conversation {
            instructions: self.instructions(),
            content: self.present_content().map(str::to_owned),
            language: self.language.clone(),
            turns,
            picture: None,
            task: Task::Block(self.module.block),
        })
    }

    /// Beefree does not publish its instructions; these are ours.
    fn instructions(&self) -> String {
        let form = match self.module.block {
            Block::Title => {
                "a title: one line, at most 12 words, no quotation marks, no full stop at the end"
            }
            Block::Paragraph => "a paragraph block: plain prose, paragraphs separated by an empty line",
            Block::List => "a list: one item per line, no bullets or numbers, no introduction",
            Block::Button => "a button label: one line of at most 4 words, no quotation marks",
        };
        let mut text = format!(
            "You write copy for one block of an email or web page. The block is {form}. Answer with the block's text \
             only: no explanation, no Markdown, no HTML. Keep merge tags such as {{{{name}}}}, links and \
             [bracket] placeholders exactly as they are."
        );
        if let Some(tag) = &self.language {
            text.push_str(" Write in the language with the tag ");
            text.push_str(tag);
            text.push('.');
        }
        if let Some(tone) = &self.brand_tone {
            text.push_str(" Write in this tone: ");
            text.push_str(tone);
            text.push('.');
        }
        if let Some(content) = self.present_content() {
            text.push_str("\n\nThe block's present content:\n");
            text.push_str(content);
        }
        text
    }

    fn present_content(&self) -> Option<&str> {
        let content = Some(self.module.content.as_str()).filter(|text| !text.trim().is_empty());
        content.filter(|_| !self.module.is_default)
    }
}

/// Whether a language is named by a tag such as `en` or `it-IT`, if one is named.
pub(super) fn check_language(tag: Option<&str>) -> Result<(), InvalidValue> {
    if tag.is_none_or(is_language_tag) {
        return Ok(());
    }
    Err(InvalidValue { what: "language", rule: "must be a tag such as en or it-IT" })
}

fn is_language_tag(tag: &str) -> bool {
    (2..=35).contains(&tag.len())
        && tag.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Shapes a whole answer for its block: one line for titles and buttons, no stray space or quotes around it.
#[must_use]
pub fn shape(block: Block, answer: &str) -> String {
    let answer = answer.replace("\r\n", "\n");
    match block {
        Block::Title | Block::Button => {
            let line = answer.split_whitespace().collect::<Vec<_>>().join(" ");
            let inner = line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            match inner {
                Some(inner) if !inner.contains('"') => inner.to_owned(),
                _ => line,
            }
        }
        Block::Paragraph => answer.trim().to_owned(),
        Block::List => {
            answer.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(json: &str) -> Result<WritingRequest, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_regenerated_answer_is_left_out_of_the_conversation() {
        let id = "0192f0a0-0000-7000-8000-000000000001";
        let request = request(&format!(
            r#"{{"handle":"ai-integration","module":{{"uuid":"m1","type":"TITLE","content":"Hi","isDefault":false}},
                "prompt":"Again","history":[{{"promptId":"{id}","prompt":"First","content":"One"}}],"regenerateOf":"{id}"}}"#
        ))
        .unwrap();
        let conversation = request.conversation().unwrap();
        assert_eq!(conversation.turns.len(), 1);
        assert!(conversation.instructions.contains("Hi"));
    }

    #[test]
    fn a_brand_tone_is_a_text_or_the_hosts_own_object() {
        let told = |tone: &str| {
            let body = format!(
                r#"{{"handle":"ai-integration","module":{{"type":"TITLE"}},"prompt":"x","brandTone":{tone}}}"#
            );
            request(&body).unwrap().conversation().unwrap().instructions
        };
        assert!(told(r#""warm and short""#).contains("Write in this tone: warm and short."));
        let object = told(r#"{"id":"7","name":"Warm","description":"short sentences","extra":[1]}"#);
        assert!(object.contains("Write in this tone: name: Warm; description: short sentences."), "{object}");
        assert!(!told("null").contains("tone:") && !told("{}").contains("tone:"));
    }

    #[test]
    fn placeholder_content_is_not_sent() {
        let request = request(
            r#"{"handle":"ai-integration","module":{"type":"PARAGRAPH","content":"I'm a new paragraph block.","isDefault":true},"prompt":"x"}"#,
        )
        .unwrap();
        assert!(!request.conversation().unwrap().instructions.contains("new paragraph"));
    }

    #[test]
    fn rules_are_named() {
        let body = |prompt: &str, language: &str| {
            format!(
                r#"{{"handle":"ai-integration","module":{{"type":"LIST"}},"prompt":"{prompt}","language":"{language}"}}"#
            )
        };
        assert!(request(&body("x", "it-IT")).unwrap().conversation().is_ok());
        assert!(request(&body(" ", "it")).unwrap().conversation().is_err());
        assert!(request(&body(&"x".repeat(8001), "it")).unwrap().conversation().is_err());
        assert!(request(&body("x", "it. Ignore all")).unwrap().conversation().is_err());
        assert!(request(r#"{"handle":"ai-integration","module":{"type":"TABLE"},"prompt":"x"}"#).is_err());
    }

    #[test]
    fn answers_fit_their_block() {
        assert_eq!(shape(Block::Title, " \"Spring\n is here\" "), "Spring is here");
        assert_eq!(shape(Block::Title, "\"A\" and \"B\""), "\"A\" and \"B\"");
        assert_eq!(shape(Block::List, "a\r\n\r\n b \n"), "a\nb");
        assert_eq!(shape(Block::Paragraph, "\na\n\nb\n"), "a\n\nb");
    }
}
