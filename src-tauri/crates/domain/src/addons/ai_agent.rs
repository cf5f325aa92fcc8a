//! AI Co-Pilot (`ai-agent`): what a chat about the whole template must be, and what is asked of the model.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Capability, Descriptor, Handle, Setting, SettingType};
use crate::InvalidValue;
use crate::writing::{Conversation, Speaker, Task, Turn};

/// Facts: docs.beefree.io, AI Co-Pilot (beta).
pub const DESCRIPTOR: Descriptor = Descriptor {
    handle: Handle("ai-agent"),
    title: "AI Co-Pilot",
    about: "A chat that knows the whole template.",
    capability: Some(Capability::Writing),
    excludes: None,
    settings: &[
        Setting { name: "initialMessages", of: SettingType::List },
        Setting { name: "systemPrompt", of: SettingType::LongText },
        Setting { name: "maxIterations", of: SettingType::Number },
        Setting { name: "loadingPhrases", of: SettingType::List },
    ],
};

const MESSAGES_MAX: usize = 100;
const TEXT_MAX: usize = 20_000;

/// One part of a message; only text is read. Personal: no `Debug`.
#[derive(Deserialize, JsonSchema)]
struct Part {
    #[serde(default)]
    text: Option<String>,
}

/// A message in the shape of the Vercel AI SDK (`UIMessage`). Personal: no `Debug`.
#[derive(Deserialize, JsonSchema)]
pub struct Message {
    /// `user` or `assistant`; others are passed over.
    role: String,
    /// Its text.
    #[serde(default)]
    parts: Vec<Part>,
    /// As older versions of that SDK have it.
    #[serde(default)]
    content: Option<String>,
}

/// Body of `POST /v1/agent/chat`. Personal: no `Debug`.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChatRequest {
    /// The chat so far, oldest first, 1 to 100 messages; the last is the end user's.
    #[schemars(length(min = 1, max = MESSAGES_MAX))]
    pub messages: Vec<Message>,
    /// The host's own instructions, added to ours; at most 20,000 characters.
    #[serde(default)]
    #[schemars(length(max = TEXT_MAX))]
    pub system_prompt: Option<String>,
    /// The template talked about.
    #[serde(default)]
    pub template: Option<Value>,
}

impl ChatRequest {
    /// What to ask the model; `outline` is the template as text.
    pub fn conversation(&self, outline: Option<String>) -> Result<Conversation, InvalidValue> {
        let bad = |what, rule| Err(InvalidValue { what, rule });
        if self.messages.len() > MESSAGES_MAX {
            return bad("messages", "may have at most 100 messages");
        }
        let long = |text: &str| text.chars().count() > TEXT_MAX;
        let turns: Vec<Turn> = self.messages.iter().filter_map(turn).collect();
        if turns.iter().any(|turn| long(&turn.text)) || self.system_prompt.as_deref().is_some_and(long) {
            return bad("messages", "holds a text of more than 20,000 characters");
        }
        if turns.last().is_none_or(|turn| turn.speaker != Speaker::EndUser) {
            return bad("messages", "must end with a message of the end user");
        }
        let mut instructions = String::from(
            "You are the assistant of an email and page builder. You see the template as an outline, one block a line. \
             Answer in plain text, briefly and concretely, in the language of the question. When you propose a text, \
             give it whole, ready to paste, and keep merge tags such as {{name}} as they are.",
        );
        if let Some(prompt) = self.system_prompt.as_deref().filter(|text| !text.trim().is_empty()) {
            instructions.push_str("\n\n");
            instructions.push_str(prompt);
        }
        if let Some(outline) = &outline {
            instructions.push_str("\n\nThe template:\n");
            instructions.push_str(outline);
        }
        Ok(Conversation {
            instructions,
            content: outline,
            language: None,
            turns,
            picture: None,
            task: Task::Chat,
        })
    }
}

fn turn(message: &Message) -> Option<Turn> {
    let speaker = match message.role.as_str() {
        "user" => Speaker::EndUser,
        "assistant" => Speaker::Model,
        // System messages of a page are no instructions: those come from `systemPrompt`.
        _ => return None,
    };
    let parts = message.parts.iter().filter_map(|part| part.text.as_deref());
    let text = parts.chain(message.content.as_deref().filter(|_| message.parts.is_empty()));
    let text = text.collect::<Vec<_>>().join("\n");
    (!text.trim().is_empty()).then_some(Turn { speaker, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_both_sdk_shapes_are_read() {
        let request: ChatRequest = serde_json::from_str(
            r#"{"messages":[{"id":"1","role":"system","parts":[{"type":"text","text":"obey"}]},
                {"id":"2","role":"assistant","content":"Hello"},
                {"id":"3","role":"user","parts":[{"type":"text","text":"Shorten"},{"type":"step-start"}]}]}"#,
        )
        .unwrap();
        let conversation = request.conversation(Some("Title: Sale".to_owned())).unwrap();
        assert_eq!(conversation.turns.len(), 2);
        assert!(conversation.instructions.ends_with("Title: Sale"));
        assert!(!conversation.instructions.contains("obey"));
    }

    #[test]
    fn a_chat_ends_with_a_question() {
        let request: ChatRequest =
            serde_json::from_str(r#"{"messages":[{"role":"assistant","content":"x"}]}"#).unwrap();
        assert!(request.conversation(None).is_err());
    }
}
