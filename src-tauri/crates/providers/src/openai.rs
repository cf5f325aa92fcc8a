//! OpenAI: its address, its key's place and its error words. The bodies are `chat_completions.rs`'s.

use domain::Cause;
use domain::addons::Capability;
use domain::writing::Conversation;

use crate::adapter::{Adapter, Descriptor, StreamReader, UpstreamWriting, Writer, WritingReply};
use crate::chat_completions::{ChatRequest, ChatStream, read_reply};
use crate::failure::{Complaint, Words, by_status, without_complaint};
use crate::request::{Auth, Target, UpstreamRequest};
use crate::stream::EventStream;

/// The adapter.
pub(crate) struct OpenAi;

// Cheap, and served by chat completions; the ids are those of the official SDK (openai-python 3.54.0).
const DEFAULT_MODEL: &str = "gpt-6-luna";

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "openai",
    title: "OpenAI",
    needs_key: true,
    base_url: "https://api.openai.com/v1",
    models: &[DEFAULT_MODEL, "gpt-6.1-terra", "gpt-6.1-sol", "gpt-6-sol", "gpt-6-astra", "gpt-5.4-mini"],
    default_model: Some(DEFAULT_MODEL),
    capabilities: &[Capability::Writing],
    key_hint: "begins with sk-",
    key_url: "https://platform.openai.com/api-keys",
    local: false,
};

/// `error.code` and `error.type`: OpenAI's error-code page, its API description, and recorded bodies.
const WORDS: Words = &[
    ("invalid_api_key", Cause::KeyRejected),
    ("insufficient_permissions", Cause::PermissionDenied),
    ("insufficient_quota", Cause::QuotaExhausted),
    ("credit_balance_exhausted", Cause::QuotaExhausted),
    ("billing_hard_limit_reached", Cause::QuotaExhausted),
    ("rate_limit_exceeded", Cause::RateLimited),
    ("model_not_found", Cause::ModelUnknown),
    ("content_filter", Cause::ContentFiltered),
    ("content_policy_violation", Cause::ContentFiltered),
    ("slow_down", Cause::UpstreamOverloaded),
    ("server_is_overloaded", Cause::UpstreamOverloaded),
    ("service_unavailable_error", Cause::UpstreamOverloaded),
    ("server_error", Cause::UpstreamError),
];

/// A restricted key's 401 has no word of its own (microsoft/PowerToys issue 32989).
const MISSING_SCOPE: &[&str] = &["Missing scopes", "insufficient permissions"];

fn known(complaint: &Complaint) -> Option<Cause> {
    let restricted = || complaint.says(MISSING_SCOPE).then_some(Cause::PermissionDenied);
    complaint.by_word(WORDS).or_else(restricted)
}

/// What an error object means that came after a 200.
fn in_mid_stream(complaint: &Complaint) -> Cause {
    known(complaint).or_else(|| complaint.by_number()).unwrap_or(Cause::UpstreamError)
}

impl Adapter for OpenAi {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn writing(&self) -> Option<Writer<'_>> {
        Some(Writer::Upstream(self))
    }

    fn probe(&self, target: &Target<'_>) -> Option<UpstreamRequest> {
        Some(UpstreamRequest::get(target.base_url.join(&["models"]), Auth::Bearer))
    }

    fn read_failure(&self, status: u16, body: &[u8]) -> Cause {
        match Complaint::read(body) {
            // A redirect is never the provider's word.
            Some(complaint) if status >= 400 => known(&complaint).unwrap_or(by_status(status)),
            _ => without_complaint(status),
        }
    }
}

impl UpstreamWriting for OpenAi {
    fn request(&self, target: &Target<'_>, conversation: &Conversation, streamed: bool) -> UpstreamRequest {
        let body = ChatRequest::new(target.model_or(DEFAULT_MODEL), conversation, streamed);
        UpstreamRequest::post(target.base_url.join(&["chat", "completions"]), Auth::Bearer, &body, streamed)
    }

    fn read_reply(&self, body: &[u8]) -> Result<WritingReply, Cause> {
        read_reply(body, in_mid_stream)
    }

    fn stream_reader(&self) -> Box<dyn StreamReader> {
        Box::new(EventStream::new(ChatStream::new(in_mid_stream)))
    }
}
