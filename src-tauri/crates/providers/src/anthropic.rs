//! Anthropic: its address, its key's place and its error words. The bodies are `anthropic/messages.rs`'s; OpenAI's
//! dialect in front of them is `anthropic/chat.rs`'s.

mod chat;
mod chat_stream;
mod messages;

use domain::Cause;
use domain::addons::Capability;
use domain::writing::Conversation;
use http::{HeaderName, HeaderValue};

use serde_json::Value;

use crate::adapter::{
    Adapter, BASE_URL, Captioner, ChatDialect, Descriptor, KeyRule, MODEL, Metered, ModelChoice,
    NotSupported, PassRoute, Price, Probed, Retirement, StreamReader, StreamTranslator, UpstreamWriting, Way,
    Writer, WritingReply,
};
use crate::chat_completions::read_models;
use crate::failure::{Complaint, Words, by_status, without_complaint};
use crate::faults::{self, Refusals};
use crate::request::{Auth, Target, UpstreamRequest};
use crate::stream::EventStream;

/// The adapter.
pub(crate) struct Anthropic;

const DEFAULT_MODEL: &str = "claude-haiku-5-5";

// Not `Authorization`, which Anthropic also takes: there it stands for OAuth tokens first.
const KEY_HEADER: HeaderName = HeaderName::from_static("x-api-key");
const VERSION_HEADER: HeaderName = HeaderName::from_static("anthropic-version");
/// platform.claude.com/docs/en/api/migration-2026-10-21.
const VERSION: HeaderValue = HeaderValue::from_static("2026-10-21");

const fn model(id: &'static str, note: &'static str, tokens: (f64, f64)) -> ModelChoice {
    ModelChoice { id, note, price: Some(Price::Tokens(tokens.0, tokens.1)) }
}

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "anthropic",
    title: "Anthropic",
    key: KeyRule::Required,
    base_url: "https://api.anthropic.com",
    fields: &[MODEL, BASE_URL],
    models: &[
        model(DEFAULT_MODEL, "cheap", (0.10, 0.50)),
        model("claude-sonnet-5-5", "balanced", (2.0, 10.0)),
        model("claude-opus-5-5", "quality", (4.0, 20.0)),
        model("claude-fable-5-2", "flagship", (8.0, 40.0)),
        model("claude-sonnet-4-6", "Beefree's choice for writing", (3.0, 15.0)),
        model("claude-haiku-4-5", "Beefree's choice for the Co-Pilot", (1.0, 5.0)),
    ],
    default_model: Some(DEFAULT_MODEL),
    retired: &[
        Retirement { model: "claude-3-5-sonnet-20240620", on: "2025-10-28" },
        Retirement { model: "claude-3-5-sonnet-20241022", on: "2025-10-28" },
        Retirement { model: "claude-sonnet-4-5", on: "2026-11-30" },
    ],
    capabilities: &[Capability::Writing, Capability::Captioning],
    key_hint: "begins with sk-ant-",
    key_pattern: "^sk-ant-[A-Za-z0-9_-]{16,}$",
    key_url: "https://platform.claude.com/settings/keys",
    local: false,
};

/// `error.type`: Anthropic's page on errors, and recorded bodies.
const WORDS: Words = &[
    ("authentication_error", Cause::KeyRejected),
    ("billing_error", Cause::QuotaExhausted),
    ("permission_error", Cause::PermissionDenied),
    ("not_found_error", Cause::ModelUnknown),
    ("rate_limit_error", Cause::RateLimited),
    ("overloaded_error", Cause::UpstreamOverloaded),
    ("timeout_error", Cause::UpstreamError),
    ("api_error", Cause::UpstreamError),
];

/// What has no word of its own. An empty account is an `invalid_request_error` like any other (PixlieAI issue 174;
/// Anthropic's page on errors), and so is a closed one (anthropics/claude-code issue 72457); the tier's spending cap is
/// a `rate_limit_error`.
const PHRASES: Words = &[
    ("credit balance is too low", Cause::QuotaExhausted),
    ("API usage limits", Cause::QuotaExhausted),
    ("prompt is too long", Cause::ContextTooLong),
    ("exceed context limit", Cause::ContextTooLong),
    ("image exceeds", Cause::ImageRejected),
    ("could not process image", Cause::ImageRejected),
    ("image does not match", Cause::ImageRejected),
    ("has been retired", Cause::ModelRetired),
    ("is deprecated for this model", Cause::ParameterUnsupported),
    ("does not support effort", Cause::ParameterUnsupported),
    ("extra inputs are not permitted", Cause::ParameterUnsupported),
    ("organization has been disabled", Cause::PermissionDenied),
];

fn known(complaint: &Complaint) -> Option<Cause> {
    complaint.by_phrase(PHRASES).or_else(|| complaint.by_word(WORDS))
}

/// What an error object means that came after a 200.
fn in_mid_stream(complaint: &Complaint) -> Cause {
    known(complaint).unwrap_or(Cause::UpstreamError)
}

/// What the `error` event of a stream means.
fn cause_in_stream(body: &[u8]) -> Cause {
    Complaint::read(body).map_or(Cause::UpstreamError, |complaint| in_mid_stream(&complaint))
}

const ROUTES: &[PassRoute] = &[
    PassRoute { method: "POST", path: "v1/messages", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "v1/messages/count_tokens", meter: Metered::Nothing },
    PassRoute { method: "GET", path: "v1/models", meter: Metered::Nothing },
    PassRoute { method: "GET", path: "v1/models/*", meter: Metered::Nothing },
];

impl Adapter for Anthropic {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn auth(&self) -> Auth {
        Auth::Header(KEY_HEADER)
    }

    fn writing(&self) -> Option<Writer<'_>> {
        Some(Way::Upstream(self))
    }

    fn captioning(&self) -> Option<Captioner<'_>> {
        Some(Captioner::ByWriting)
    }

    fn chat_dialect(&self) -> Option<&dyn ChatDialect> {
        Some(self)
    }

    fn refusals(&self) -> Refusals {
        faults::ANTHROPIC
    }

    fn pass_routes(&self) -> &'static [PassRoute] {
        ROUTES
    }

    fn own_headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        vec![(VERSION_HEADER, VERSION)]
    }

    fn read_probe(&self, body: &[u8]) -> Probed {
        Probed { models: read_models(body), left: None }
    }

    fn probe(&self, target: &Target<'_>) -> Option<UpstreamRequest> {
        let mut url = target.base_url.join(&["v1", "models"]);
        // All of them: the list also tells whether the chosen model is there.
        url.set_query(Some("limit=1000"));
        Some(UpstreamRequest::get(url, Auth::Header(KEY_HEADER)).with(VERSION_HEADER, VERSION))
    }

    fn read_failure(&self, status: u16, body: &[u8]) -> Cause {
        match Complaint::read(body) {
            // A redirect is never the provider's word.
            // A wrong path has the word of an unknown model, and no model in its message.
            Some(complaint) if status >= 400 && !complaint.is_bare() => {
                known(&complaint).unwrap_or(by_status(status))
            }
            _ => without_complaint(status),
        }
    }
}

impl UpstreamWriting for Anthropic {
    fn request(&self, target: &Target<'_>, conversation: &Conversation, streamed: bool) -> UpstreamRequest {
        let body = messages::Request::new(
            target.model_or(DEFAULT_MODEL),
            conversation,
            streamed,
            target.answer_limit(&conversation.task),
        );
        let url = target.base_url.join(&["v1", "messages"]);
        UpstreamRequest::post(url, Auth::Header(KEY_HEADER), &body, streamed).with(VERSION_HEADER, VERSION)
    }

    fn read_reply(&self, body: &[u8]) -> Result<WritingReply, Cause> {
        messages::read_reply(body, in_mid_stream)
    }

    fn stream_reader(&self) -> Box<dyn StreamReader> {
        Box::new(EventStream::new(messages::Stream::new(in_mid_stream)))
    }
}

impl ChatDialect for Anthropic {
    fn request(&self, target: &Target<'_>, body: Value) -> Result<UpstreamRequest, NotSupported> {
        let body = chat::request(&body)?;
        let url = target.base_url.join(&["v1", "messages"]);
        let streamed = body.get("stream").is_some();
        let request = UpstreamRequest::post(url, Auth::Header(KEY_HEADER), &body, streamed);
        Ok(request.with(VERSION_HEADER, VERSION))
    }

    fn translate_reply(&self, body: &[u8]) -> Result<Option<Vec<u8>>, Cause> {
        chat::reply(body).map(Some)
    }

    fn translate_stream(&self, body: &Value) -> Option<Box<dyn StreamTranslator>> {
        Some(Box::new(chat_stream::ChatTranslator::new(body)))
    }
}
