//! The chat-completions dialect: OpenAI's, and that of Azure and every OpenAI-compatible server.
//!
//! Knows the bodies, not the address, the key's place or the error words of any one server.
//! Facts: `tests/golden/providers/openai/openapi.trimmed.json` and the recordings beside it.

use domain::addons::ai_integration::Block;
use domain::writing::{Conversation, Finish, Speaker};
use domain::{Cause, TokenUsage};
use serde::{Deserialize, Serialize};

use crate::adapter::{WritingEvent, WritingReply};
use crate::failure::Complaint;
use crate::stream::{Dialect, Unreadable};

/// What an error object inside a success means.
pub(crate) type ReadComplaint = fn(&Complaint) -> Cause;

/// Tokens an answer for any block may take, with room for a reasoning model's thoughts, which count too.
pub(crate) fn answer_limit(block: Block) -> u32 {
    match block {
        Block::Title | Block::Button => 4_096,
        Block::Paragraph | Block::List => 8_192,
    }
}

/// A request. No `temperature`: reasoning models answer 400 to it (recorded). No `store`: its default is off.
#[derive(Serialize)]
pub(crate) struct ChatRequest<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    // Not `max_tokens`, which reasoning models refuse (recorded).
    max_completion_tokens: u32,
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
    content: &'a str,
}

impl<'a> ChatRequest<'a> {
    /// Asks `model` to go on with `conversation`.
    pub(crate) fn new(model: &'a str, conversation: &'a Conversation, streamed: bool) -> Self {
        let turns = conversation.turns.iter().map(|turn| Message {
            role: match turn.speaker {
                Speaker::EndUser => "user",
                Speaker::Model => "assistant",
            },
            content: &turn.text,
        });
        // `system`, not `developer`: OpenAI takes both, compatible servers only this one.
        let instructions = Message { role: "system", content: &conversation.instructions };
        Self {
            model,
            messages: std::iter::once(instructions).chain(turns).collect(),
            max_completion_tokens: answer_limit(conversation.block),
            stream: streamed,
            stream_options: streamed.then_some(StreamOptions { include_usage: true }),
        }
    }
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
