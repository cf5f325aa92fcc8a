//! OpenAI's Responses API, for the models that chat completions does not serve. Knows no key.
//!
//! Facts: `POST /responses` of OpenAI's API description, and the recordings in `tests/golden/providers/openai`. A
//! stream has no `[DONE]`: it ends in `response.completed`, `.incomplete`, `.failed` or `error`.

use domain::writing::{Conversation, Finish, Speaker};
use domain::{Cause, TokenUsage};
use serde::{Deserialize, Serialize};

use crate::adapter::{WritingEvent, WritingReply};
use crate::chat_completions::{ChatStream, ReadComplaint, data_url};
use crate::failure::Complaint;
use crate::request::{Auth, Target, UpstreamRequest};
use crate::stream::{Dialect, Unreadable};

/// Whether a model is served here only (OpenAI's page on models: the `-pro` and `-codex` families).
pub(super) fn only(model: &str) -> bool {
    model.contains("-pro") || model.contains("-codex") || model.contains("deep-research")
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    instructions: &'a str,
    input: Vec<Message<'a>>,
    max_output_tokens: u32,
    // The server keeps every answer unless it is told not to.
    store: bool,
    stream: bool,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: Content<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Content<'a> {
    // Of the model's turns the description takes nothing else without the id they had on OpenAI's side.
    Text(&'a str),
    Parts([Part<'a>; 2]),
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Part<'a> {
    InputText { text: &'a str },
    InputImage { image_url: String, detail: &'static str },
}

/// The request for `conversation`.
pub(super) fn request(
    target: &Target<'_>,
    model: &str,
    conversation: &Conversation,
    streamed: bool,
) -> UpstreamRequest {
    let last = conversation.turns.len().saturating_sub(1);
    let input = conversation.turns.iter().enumerate().map(|(place, turn)| Message {
        role: match turn.speaker {
            Speaker::EndUser => "user",
            Speaker::Model => "assistant",
        },
        content: match conversation.picture.as_ref().filter(|_| place == last) {
            None => Content::Text(&turn.text),
            Some(picture) => Content::Parts([
                Part::InputText { text: &turn.text },
                Part::InputImage { image_url: data_url(picture), detail: "auto" },
            ]),
        },
    });
    let body = Body {
        model,
        instructions: &conversation.instructions,
        input: input.collect(),
        max_output_tokens: target.answer_limit(&conversation.task),
        store: false,
        stream: streamed,
    };
    UpstreamRequest::post(target.base_url.join(&["responses"]), Auth::Bearer, &body, streamed)
}

/// A whole reply, or the `response` of a stream's event.
#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    output: Vec<Item>,
    #[serde(default)]
    usage: Option<Usage>,
    #[serde(default)]
    error: Option<Complaint>,
    #[serde(default)]
    incomplete_details: Option<Incomplete>,
}

#[derive(Deserialize)]
struct Incomplete {
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    content: Option<Vec<Said>>,
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    #[serde(default)]
    input_tokens: u64,
    #[serde(default)]
    output_tokens: u64,
}

impl Response {
    fn finish(&self) -> Finish {
        let filtered = Some("content_filter");
        match self.incomplete_details.as_ref().map(|details| details.reason.as_deref()) {
            Some(reason) if reason == filtered => Finish::Filtered,
            _ if self.refused() => Finish::Filtered,
            _ if self.status.as_deref() == Some("incomplete") => Finish::Length,
            _ => Finish::Complete,
        }
    }

    fn said(&self) -> impl Iterator<Item = &Said> {
        self.output
            .iter()
            .filter(|item| item.kind == "message")
            .flat_map(|item| item.content.iter().flatten())
    }

    fn refused(&self) -> bool {
        self.said().any(|said| said.refusal.as_deref().is_some_and(|text| !text.is_empty()))
    }

    fn usage(&self) -> Option<TokenUsage> {
        self.usage.as_ref().map(|usage| TokenUsage::of(usage.input_tokens, usage.output_tokens))
    }
}

/// Reads a whole reply; `None` if it is not of this API.
pub(super) fn read_reply(body: &[u8], complaint: ReadComplaint) -> Option<Result<WritingReply, Cause>> {
    #[derive(Deserialize)]
    struct Kind {
        object: String,
    }
    let kind: Kind = serde_json::from_slice(body).ok()?;
    if kind.object != "response" {
        return None;
    }
    let Ok(reply) = serde_json::from_slice::<Response>(body) else { return Some(Err(Cause::ReplyInvalid)) };
    if let Some(error) = &reply.error {
        return Some(Err(complaint(error)));
    }
    let text = reply.said().filter_map(|said| said.text.as_deref()).collect();
    Some(Ok(WritingReply { text, usage: reply.usage(), finish: reply.finish() }))
}

#[derive(Deserialize)]
struct Event {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    delta: Option<String>,
    #[serde(default)]
    response: Option<Response>,
    #[serde(default)]
    error: Option<Complaint>,
}

/// Reads a stream of either API: which it is, its first event's `type` tells; chat completions have none.
pub(super) struct Either {
    chat: ChatStream,
    complaint: ReadComplaint,
}

impl Either {
    /// A reader at the start of a stream.
    pub(super) fn new(chat: ChatStream, complaint: ReadComplaint) -> Self {
        Self { chat, complaint }
    }

    fn event(&self, event: Event, data: &[u8], events: &mut Vec<WritingEvent>) {
        match event.kind.as_str() {
            "response.output_text.delta" => {
                events.extend(event.delta.filter(|text| !text.is_empty()).map(WritingEvent::Delta));
            }
            "response.completed" | "response.incomplete" => {
                let Some(response) = event.response else { return };
                events.extend(response.usage().map(WritingEvent::Usage));
                events.push(WritingEvent::Done(response.finish()));
            }
            "response.failed" => {
                let error = event.response.and_then(|response| response.error);
                events
                    .push(WritingEvent::Failed(error.as_ref().map_or(Cause::UpstreamError, self.complaint)));
            }
            // Nested as recorded, or flat as described.
            "error" => {
                let flat = || Complaint::read(data);
                let error = event.error.or_else(flat);
                events
                    .push(WritingEvent::Failed(error.as_ref().map_or(Cause::UpstreamError, self.complaint)));
            }
            _ => {}
        }
    }
}

impl Dialect for Either {
    fn read(&mut self, data: &[u8], events: &mut Vec<WritingEvent>) -> Result<(), Unreadable> {
        match serde_json::from_slice::<Event>(data) {
            Ok(event) if !event.kind.is_empty() => {
                self.event(event, data, events);
                Ok(())
            }
            _ => self.chat.read(data, events),
        }
    }

    fn finish(&self) -> Option<Finish> {
        self.chat.finish()
    }
}
