//! The chat-completions dialect: OpenAI's, and that of Azure and every OpenAI-compatible server.
//!
//! Knows the bodies, not the address, the key's place or the error words of any one server.
//! Facts: `tests/golden/providers/openai/openapi.trimmed.json` and the recordings beside it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::addons::ai_integration::Block;
use domain::writing::{Conversation, Finish, Picture, Speaker, Task};
use domain::{Cause, TokenUsage};
use serde::{Deserialize, Serialize};

use crate::adapter::{WritingEvent, WritingReply};
use crate::failure::Complaint;
use crate::stream::{Dialect, Unreadable};

/// What an error object inside a success means.
pub(crate) type ReadComplaint = fn(&Complaint) -> Cause;

/// Tokens an answer may take, with room for a reasoning model's thoughts, which count too.
#[must_use]
pub fn answer_limit(task: &Task) -> u32 {
    match task {
        Task::Block(Block::Title | Block::Button) | Task::AltText | Task::Sms | Task::Metadata { .. } => {
            4_096
        }
        Task::Block(Block::Paragraph | Block::List) | Task::Summary { .. } | Task::Chat => 8_192,
    }
}

/// Where servers of this dialect differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// OpenAI's and Azure's: reasoning models refuse `max_tokens` (recorded).
    OpenAi,
    /// Servers that know the older name only (Ollama's documentation).
    Compatible,
}

/// A request. No `temperature`: reasoning models answer 400 to it (recorded). No `store`: its default is off.
#[derive(Serialize)]
pub(crate) struct ChatRequest<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: Content<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Content<'a> {
    Text(&'a str),
    Parts([Part<'a>; 2]),
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Part<'a> {
    Text { text: &'a str },
    ImageUrl { image_url: ImageUrl },
}

#[derive(Serialize)]
struct ImageUrl {
    url: String,
}

/// A picture inside a JSON body.
pub(crate) fn data_url(picture: &Picture) -> String {
    format!("data:{};base64,{}", picture.kind.media_type(), STANDARD.encode(&picture.bytes))
}

impl<'a> ChatRequest<'a> {
    /// Asks `model` to go on with `conversation`.
    pub(crate) fn new(
        flavour: Flavour,
        model: &'a str,
        conversation: &'a Conversation,
        streamed: bool,
        limit: u32,
    ) -> Self {
        let last = conversation.turns.len().saturating_sub(1);
        let turns = conversation.turns.iter().enumerate().map(|(place, turn)| Message {
            role: match turn.speaker {
                Speaker::EndUser => "user",
                Speaker::Model => "assistant",
            },
            content: match conversation.picture.as_ref().filter(|_| place == last) {
                None => Content::Text(&turn.text),
                Some(picture) => Content::Parts([
                    Part::Text { text: &turn.text },
                    Part::ImageUrl { image_url: ImageUrl { url: data_url(picture) } },
                ]),
            },
        });
        // `system`, not `developer`: OpenAI takes both, compatible servers only this one.
        let instructions = Message { role: "system", content: Content::Text(&conversation.instructions) };
        Self {
            model,
            messages: std::iter::once(instructions).chain(turns).collect(),
            max_completion_tokens: (flavour == Flavour::OpenAi).then_some(limit),
            max_tokens: (flavour == Flavour::Compatible).then_some(limit),
            stream: streamed,
            stream_options: streamed.then_some(StreamOptions { include_usage: true }),
        }
    }
}

/// The ids of a list of models, as every server of this dialect gives it.
pub(crate) fn read_models(body: &[u8]) -> Option<Vec<String>> {
    #[derive(Deserialize)]
    struct List {
        data: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        id: String,
    }
    let list: List = serde_json::from_slice(body).ok()?;
    Some(list.data.into_iter().map(|entry| entry.id).collect())
}

/// A whole reply, or one chunk of a streamed one. All of it may be missing: Azure's first chunk has no choices.
#[derive(Deserialize)]
struct Completion {
    #[serde(default)]
    choices: Option<Vec<Choice>>,
    #[serde(default)]
    usage: Option<Usage>,
    #[serde(default)]
    error: Option<Complaint>,
}

#[derive(Deserialize)]
struct Choice {
    /// Of a whole reply.
    #[serde(default)]
    message: Option<Words>,
    /// Of a chunk. Some servers repeat the whole message beside it, so the two are not one field.
    #[serde(default)]
    delta: Option<Words>,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Default, Deserialize)]
struct Words {
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    #[serde(default)]
    prompt_tokens: u64,
    #[serde(default)]
    completion_tokens: u64,
}

impl Usage {
    // `prompt_tokens` includes cached ones, `completion_tokens` reasoning ones: nothing to add.
    fn normalised(&self) -> TokenUsage {
        TokenUsage::of(self.prompt_tokens, self.completion_tokens)
    }
}

fn finish_of(reason: &str) -> Finish {
    match reason {
        "length" => Finish::Length,
        "content_filter" => Finish::Filtered,
        _ => Finish::Complete,
    }
}

/// Reads a whole reply.
pub(crate) fn read_reply(body: &[u8], complaint: ReadComplaint) -> Result<WritingReply, Cause> {
    let reply: Completion = serde_json::from_slice(body).map_err(|_| Cause::ReplyInvalid)?;
    if let Some(error) = reply.error {
        return Err(complaint(&error));
    }
    // Only one choice was asked for.
    let choice = reply.choices.and_then(|choices| choices.into_iter().next()).ok_or(Cause::ReplyInvalid)?;
    // A filtered answer may have no message at all (recorded at Azure).
    let words = choice.message.unwrap_or_default();
    let refused = words.refusal.is_some_and(|text| !text.is_empty());
    let finish = choice.finish_reason.as_deref().map_or(Finish::Complete, finish_of);
    Ok(WritingReply {
        text: words.content.unwrap_or_default(),
        usage: reply.usage.as_ref().map(Usage::normalised),
        finish: if refused { Finish::Filtered } else { finish },
    })
}

/// Reads a stream's chunks. The usage comes after the reason to finish, so `Done` waits for `[DONE]`.
pub(crate) struct ChatStream {
    complaint: ReadComplaint,
    finish: Option<Finish>,
}

impl ChatStream {
    /// A reader at the start of a stream.
    pub(crate) fn new(complaint: ReadComplaint) -> Self {
        Self { complaint, finish: None }
    }
}

impl Dialect for ChatStream {
    fn read(&mut self, data: &[u8], events: &mut Vec<WritingEvent>) -> Result<(), Unreadable> {
        if data.trim_ascii() == b"[DONE]" {
            events.push(WritingEvent::Done(self.finish.unwrap_or(Finish::Complete)));
            return Ok(());
        }
        let chunk: Completion = serde_json::from_slice(data).map_err(|_| Unreadable)?;
        for choice in chunk.choices.into_iter().flatten().take(1) {
            let words = choice.delta.unwrap_or_default();
            events.extend(words.content.filter(|text| !text.is_empty()).map(WritingEvent::Delta));
            // Some compatible servers send "" until there is a reason.
            if let Some(reason) = choice.finish_reason.filter(|reason| !reason.is_empty()) {
                self.finish.get_or_insert(finish_of(&reason));
            }
            if words.refusal.is_some_and(|text| !text.is_empty()) {
                self.finish = Some(Finish::Filtered);
            }
        }
        events.extend(chunk.usage.map(|usage| WritingEvent::Usage(usage.normalised())));
        events.extend(chunk.error.map(|error| WritingEvent::Failed((self.complaint)(&error))));
        Ok(())
    }

    fn finish(&self) -> Option<Finish> {
        self.finish
    }
}
