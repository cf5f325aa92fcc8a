//! Summary and text message of a template, as Beefree's Content Services AI collection has them.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::InvalidValue;
use crate::writing::{Conversation, Task};

/// A text message's length in characters.
pub const SMS_MAX: usize = 160;

/// How long a summary may be, in Beefree's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Length {
    /// One or two sentences.
    #[default]
    Concise,
    /// A paragraph.
    Detailed,
}

/// How to write. Personal: no `Debug`.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DigestOptions {
    /// How long a summary may be.
    length: Length,
    /// The language to write in.
    language: Option<String>,
    /// The host's own wishes, at most 2,000 characters.
    #[schemars(length(max = 2_000))]
    instructions: Option<String>,
}

/// Body of `POST /v1/ai/summary` and `POST /v1/ai/sms`. Personal: no `Debug`.
#[derive(Deserialize, JsonSchema)]
pub struct DigestRequest {
    /// How to write.
    #[serde(default)]
    pub options: DigestOptions,
    /// The template.
    pub template: Value,
}

impl DigestRequest {
    /// What to ask the model for a summary; `outline` is the template as text.
    pub fn summary(&self, outline: String) -> Result<Conversation, InvalidValue> {
        let concise = self.options.length == Length::Concise;
        let length =
            if concise { "one or two sentences" } else { "one paragraph of five to eight sentences" };
        self.conversation(
            Task::Summary { concise },
            &format!("Summarise the email or web page in {length}."),
            outline,
        )
    }

    /// What to ask the model for a text message; `outline` is the template as text.
    pub fn sms(&self, outline: String) -> Result<Conversation, InvalidValue> {
        let wish =
            "Turn the email or web page into one text message of at most 160 characters, without emoji.";
        self.conversation(Task::Sms, wish, outline)
    }

    fn conversation(&self, task: Task, wish: &str, outline: String) -> Result<Conversation, InvalidValue> {
        super::ai_integration::check_language(self.options.language.as_deref())?;
        let mut instructions = format!("{wish} Answer with the text only, as plain text.");
        if let Some(tag) = &self.options.language {
            instructions.push_str(&format!(" Write in the language with the tag {tag}."));
        }
        if let Some(own) = self.options.instructions.as_deref() {
            if own.chars().count() > 2_000 {
                return Err(InvalidValue { what: "instructions", rule: "may have at most 2,000 characters" });
            }
            instructions.push(' ');
            instructions.push_str(own);
        }
        Ok(Conversation {
            language: self.options.language.clone(),
            content: Some(outline.clone()),
            ..Conversation::of(task, instructions, outline)
        })
    }
}

/// A model's answer as one text message.
#[must_use]
pub fn shape_sms(answer: &str) -> String {
    super::metadata::cut(&answer.split_whitespace().collect::<Vec<_>>().join(" "), SMS_MAX)
}
