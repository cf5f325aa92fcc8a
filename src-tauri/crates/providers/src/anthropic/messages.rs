//! The bodies of Anthropic's Messages API. Knows no address, key or error word.
//!
//! Facts: `tests/golden/providers/anthropic/openapi.trimmed.json` and the recordings beside it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::writing::{Conversation, Finish, Speaker};
use domain::{Cause, TokenUsage};
use serde::{Deserialize, Serialize};

use crate::adapter::{WritingEvent, WritingReply};
use crate::chat_completions::ReadComplaint;
use crate::failure::Complaint;
use crate::stream::{Dialect, Unreadable};

/// A request. No `temperature`, `top_p` or `top_k`: since version 2026-10-21 they are answered by 400.
#[derive(Serialize)]
pub(super) struct Request<'a> {
    model: &'a str,
    max_tokens: u32,
    system: &'a str,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    stream: bool,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: Said<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Said<'a> {
    Text(&'a str),
    // The picture first: Anthropic's page on vision says models read it better so.
    Blocks([Block<'a>; 2]),
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block<'a> {
    Image { source: Source },
    Text { text: &'a str },
}

#[derive(Serialize)]
struct Source {
    #[serde(rename = "type")]
    kind: &'static str,
    media_type: &'static str,
    data: String,
}

impl<'a> Request<'a> {
    pub(super) fn new(model: &'a str, conversation: &'a Conversation, streamed: bool, limit: u32) -> Self {
        // Blank texts are answered by 400; two turns of one speaker in a row are taken as one.
        let spoken: Vec<_> = conversation.turns.iter().filter(|turn| !turn.text.trim().is_empty()).collect();
        let last = spoken.len().saturating_sub(1);
        let messages = spoken.into_iter().enumerate().map(|(place, turn)| Message {
            role: match turn.speaker {
                Speaker::EndUser => "user",
                Speaker::Model => "assistant",
            },
            content: match conversation.picture.as_ref().filter(|_| place == last) {
                None => Said::Text(&turn.text),
                Some(picture) => Said::Blocks([
                    Block::Image {
                        source: Source {
                            kind: "base64",
                            media_type: picture.kind.media_type(),
                            data: STANDARD.encode(&picture.bytes),
                        },
                    },
                    Block::Text { text: &turn.text },
                ]),
            },
        });
        Self {
            model,
            max_tokens: limit,
            system: &conversation.instructions,
            messages: messages.collect(),
            stream: streamed,
        }
    }
}

/// A whole reply, or the one inside `message_start`.
#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    content: Option<Vec<Content>>,
    #[serde(default)]
    stop_reason: Option<String>,
    #[serde(default)]
    usage: Option<Usage>,
    #[serde(default)]
    error: Option<Complaint>,
}

/// A block of content, or what is added to one. Thoughts and tool calls have no `text`.
#[derive(Deserialize)]
struct Content {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    stop_reason: Option<String>,
}

/// Counts so far. Absent ones are unchanged: the last event of many streams has only `output_tokens`.
#[derive(Default, Clone, Copy, Deserialize)]
struct Usage {
    input_tokens: Option<u64>,
    cache_creation_input_tokens: Option<u64>,
    cache_read_input_tokens: Option<u64>,
    output_tokens: Option<u64>,
}

impl Usage {
    fn updated(self, by: Self) -> Self {
        Self {
            input_tokens: by.input_tokens.or(self.input_tokens),
            cache_creation_input_tokens: by.cache_creation_input_tokens.or(self.cache_creation_input_tokens),
            cache_read_input_tokens: by.cache_read_input_tokens.or(self.cache_read_input_tokens),
            output_tokens: by.output_tokens.or(self.output_tokens),
        }
    }

    /// `input_tokens` leaves out what the cache took or gave; OpenAI's count does not.
    fn normalised(self) -> TokenUsage {
        let parts = [self.input_tokens, self.cache_creation_input_tokens, self.cache_read_input_tokens];
        let prompt = parts.into_iter().flatten().fold(0_u64, u64::saturating_add);
        TokenUsage::of(prompt, self.output_tokens.unwrap_or_default())
    }
}

fn finish_of(reason: &str) -> Finish {
    match reason {
        "max_tokens" | "model_context_window_exceeded" => Finish::Length,
        "refusal" => Finish::Filtered,
        _ => Finish::Complete,
    }
}

/// Reads a whole reply.
pub(super) fn read_reply(body: &[u8], complaint: ReadComplaint) -> Result<WritingReply, Cause> {
    let reply: Reply = serde_json::from_slice(body).map_err(|_| Cause::ReplyInvalid)?;
    if let Some(error) = reply.error {
        return Err(complaint(&error));
    }
    let blocks = reply.content.ok_or(Cause::ReplyInvalid)?;
    Ok(WritingReply {
        text: blocks.into_iter().filter_map(|block| block.text).collect(),
        usage: reply.usage.map(Usage::normalised),
        finish: reply.stop_reason.as_deref().map_or(Finish::Complete, finish_of),
    })
}

/// Any event of a stream. Unknown types and fields are ignored, as Anthropic asks.
#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    message: Option<Reply>,
    #[serde(default)]
    content_block: Option<Content>,
    #[serde(default)]
    delta: Option<Content>,
    #[serde(default)]
    usage: Option<Usage>,
    #[serde(default)]
    error: Option<Complaint>,
}

/// Reads a stream's events.
pub(super) struct Stream {
    complaint: ReadComplaint,
    usage: Usage,
    finish: Option<Finish>,
}

impl Stream {
    pub(super) fn new(complaint: ReadComplaint) -> Self {
        Self { complaint, usage: Usage::default(), finish: None }
    }

    fn count(&mut self, usage: Option<Usage>, events: &mut Vec<WritingEvent>) {
        if let Some(usage) = usage {
            self.usage = self.usage.updated(usage);
            events.push(WritingEvent::Usage(self.usage.normalised()));
        }
    }
}

impl Dialect for Stream {
    fn read(&mut self, data: &[u8], events: &mut Vec<WritingEvent>) -> Result<(), Unreadable> {
        let event: Event = serde_json::from_slice(data).map_err(|_| Unreadable)?;
        let text = |content: Option<Content>| {
            content.and_then(|content| content.text).filter(|text| !text.is_empty()).map(WritingEvent::Delta)
        };
        match event.kind.as_str() {
            // Counted at once: a stream that is cut later has still cost its input.
            "message_start" => self.count(event.message.and_then(|message| message.usage), events),
            "content_block_start" => events.extend(text(event.content_block)),
            "content_block_delta" => events.extend(text(event.delta)),
            "message_delta" => {
                let reason = event.delta.and_then(|delta| delta.stop_reason);
                self.finish = reason.as_deref().map(finish_of).or(self.finish);
                self.count(event.usage, events);
            }
            "message_stop" => events.push(WritingEvent::Done(self.finish.unwrap_or(Finish::Complete))),
            "error" => {
                let cause = event.error.as_ref().map_or(Cause::UpstreamError, self.complaint);
                events.push(WritingEvent::Failed(cause));
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(&self) -> Option<Finish> {
        self.finish
    }
}
