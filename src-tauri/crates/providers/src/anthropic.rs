//! Anthropic: its address, its key's place and its error words. The bodies are `anthropic/messages.rs`'s.

mod messages;

use domain::Cause;
use domain::addons::Capability;
use domain::writing::Conversation;
use http::{HeaderName, HeaderValue};

use crate::adapter::{Adapter, Descriptor, StreamReader, UpstreamWriting, Writer, WritingReply};
use crate::failure::{Complaint, Words, by_status, without_complaint};
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

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "anthropic",
    title: "Anthropic",
    needs_key: true,
    base_url: "https://api.anthropic.com",
    models: &[DEFAULT_MODEL, "claude-sonnet-5-5", "claude-opus-5-5", "claude-fable-5-2"],
    default_model: Some(DEFAULT_MODEL),
    capabilities: &[Capability::Writing],
    key_hint: "begins with sk-ant-",
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

/// An empty account is an `invalid_request_error` like any other (PixlieAI issue 174; Anthropic's page on errors),
/// the tier's spending cap a `rate_limit_error`.
const OUT_OF_CREDIT: &[&str] = &["credit balance is too low", "API usage limits"];

fn known(complaint: &Complaint) -> Option<Cause> {
    let spent = complaint.says(OUT_OF_CREDIT).then_some(Cause::QuotaExhausted);
    spent.or_else(|| complaint.by_word(WORDS))
}

/// What an error object means that came after a 200.
fn in_mid_stream(complaint: &Complaint) -> Cause {
    known(complaint).unwrap_or(Cause::UpstreamError)
}

impl Adapter for Anthropic {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn writing(&self) -> Option<Writer<'_>> {
        Some(Writer::Upstream(self))
    }

    fn probe(&self, target: &Target<'_>) -> Option<UpstreamRequest> {
        let mut url = target.base_url.join(&["v1", "models"]);
        url.set_query(Some("limit=1"));
        Some(UpstreamRequest::get(url, Auth::Header(KEY_HEADER)).with(VERSION_HEADER, VERSION))
    }

    fn read_failure(&self, status: u16, body: &[u8]) -> Cause {
        match Complaint::read(body) {
            // A redirect is never the provider's word.
            Some(complaint) if status >= 400 => known(&complaint).unwrap_or(by_status(status)),
            _ => without_complaint(status),
        }
    }
}

impl UpstreamWriting for Anthropic {
    fn request(&self, target: &Target<'_>, conversation: &Conversation, streamed: bool) -> UpstreamRequest {
        let body = messages::Request::new(target.model_or(DEFAULT_MODEL), conversation, streamed);
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
