//! OpenAI: its address, its key's place and its error words. Writing and seeing are `chat_completions.rs`'s bodies,
//! or `openai/responses.rs`'s for the models that know nothing else; pictures are `openai/images.rs`'s.

mod images;
mod responses;

use domain::Cause;
use domain::addons::Capability;
use domain::writing::Conversation;
use serde_json::Value;

use crate::adapter::{
    Adapter, BASE_URL, Captioner, ChatDialect, Descriptor, Drawer, Field, KeyRule, MODEL, Metered,
    ModelChoice, NotSupported, PassRoute, Price, Probed, Retirement, StreamReader, UpstreamWriting, Way,
    Writer, WritingReply,
};
use crate::chat_completions::{ChatRequest, ChatStream, Flavour, read_models, read_reply};
use crate::failure::{Complaint, Words, with_complaint, without_complaint};
use crate::faults::{self, Refusals};
use crate::request::{Auth, Target, UpstreamRequest};
use crate::stream::EventStream;

/// The adapter.
pub(crate) struct OpenAi;

// Cheap, and served by chat completions; the ids are those of the official SDK (openai-python 3.54.0).
const DEFAULT_MODEL: &str = "gpt-6-luna";

const fn model(id: &'static str, note: &'static str, tokens: (f64, f64)) -> ModelChoice {
    ModelChoice { id, note, price: Some(Price::Tokens(tokens.0, tokens.1)) }
}

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "openai",
    title: "OpenAI",
    key: KeyRule::Required,
    base_url: "https://api.openai.com/v1",
    fields: &[
        MODEL,
        Field {
            name: "image-model",
            label: "Image model",
            hint: "Asked for pictures only.",
            placeholder: images::DEFAULT_MODEL,
            required: false,
        },
        BASE_URL,
    ],
    models: &[
        model(DEFAULT_MODEL, "cheap", (0.10, 0.50)),
        model("gpt-6.1-terra", "balanced", (1.0, 5.0)),
        model("gpt-6.1-sol", "quality", (2.0, 10.0)),
        model("gpt-6-astra", "flagship", (10.0, 50.0)),
        model("gpt-5.4-mini", "Beefree's choice for the Co-Pilot", (0.75, 4.50)),
        model("gpt-4o-mini", "Beefree's choice for writing; retires 2027-01-14", (0.15, 0.60)),
    ],
    default_model: Some(DEFAULT_MODEL),
    // The official SDK's own notes (openai-python 3.54.0).
    retired: &[
        Retirement { model: "gpt-3.5-turbo", on: "2026-10-23" },
        Retirement { model: "gpt-4", on: "2026-10-23" },
        Retirement { model: "gpt-4-turbo", on: "2026-10-23" },
        Retirement { model: "gpt-4.1-nano", on: "2026-10-23" },
        Retirement { model: "o1", on: "2026-10-23" },
        Retirement { model: "o3-mini", on: "2026-10-23" },
        Retirement { model: "o4-mini", on: "2026-10-23" },
        Retirement { model: "gpt-5", on: "2026-12-11" },
        Retirement { model: "gpt-5-mini", on: "2026-12-11" },
        Retirement { model: "gpt-5-nano", on: "2026-12-11" },
        Retirement { model: "o3", on: "2026-12-11" },
        Retirement { model: "gpt-4o", on: "2027-01-14" },
        Retirement { model: "gpt-4o-mini", on: "2027-01-14" },
        Retirement { model: "gpt-4.1", on: "2027-01-14" },
        Retirement { model: "gpt-4.1-mini", on: "2027-01-14" },
        Retirement { model: "gpt-5.4-nano", on: "2027-04-01" },
        Retirement { model: "gpt-5.1", on: "2027-04-01" },
    ],
    capabilities: &[Capability::Writing, Capability::Captioning, Capability::Drawing],
    key_hint: "begins with sk-",
    key_pattern: "^sk-[A-Za-z0-9_-]{16,}$",
    key_url: "https://platform.openai.com/api-keys",
    local: false,
};

/// `error.code` and `error.type`: OpenAI's error-code page, its API description, and recorded bodies.
pub(crate) const WORDS: Words = &[
    ("invalid_api_key", Cause::KeyRejected),
    ("insufficient_permissions", Cause::PermissionDenied),
    ("insufficient_quota", Cause::QuotaExhausted),
    ("credit_balance_exhausted", Cause::QuotaExhausted),
    ("billing_hard_limit_reached", Cause::QuotaExhausted),
    ("billing_not_active", Cause::QuotaExhausted),
    ("rate_limit_exceeded", Cause::RateLimited),
    ("model_not_found", Cause::ModelUnknown),
    ("model_deprecated", Cause::ModelRetired),
    ("unknown_url", Cause::EndpointUnknown),
    ("content_filter", Cause::ContentFiltered),
    ("content_policy_violation", Cause::ContentFiltered),
    ("moderation_blocked", Cause::ContentFiltered),
    ("context_length_exceeded", Cause::ContextTooLong),
    ("string_above_max_length", Cause::ContextTooLong),
    ("unsupported_parameter", Cause::ParameterUnsupported),
    ("unsupported_value", Cause::ParameterUnsupported),
    ("unknown_parameter", Cause::ParameterUnsupported),
    ("unsupported_country_region_territory", Cause::RegionUnsupported),
    ("invalid_image", Cause::ImageRejected),
    ("invalid_image_format", Cause::ImageRejected),
    ("invalid_image_url", Cause::ImageRejected),
    ("image_parse_error", Cause::ImageRejected),
    ("image_too_large", Cause::ImageRejected),
    ("slow_down", Cause::UpstreamOverloaded),
    ("server_is_overloaded", Cause::UpstreamOverloaded),
    ("service_unavailable_error", Cause::UpstreamOverloaded),
    ("server_error", Cause::UpstreamError),
];

/// Errors without a word of their own, or with one that says less. A restricted key's 401: microsoft/PowerToys issue
/// 32989; an unverified organisation's 400: BeehiveInnovations/pal-mcp-server issue 134; a wrong path's 404:
/// langmanus issue 79; a reasoning model's `temperature`: recorded.
const PHRASES: Words = &[
    ("Missing scopes", Cause::PermissionDenied),
    ("insufficient permissions", Cause::PermissionDenied),
    ("must be a member of an organization", Cause::PermissionDenied),
    ("IP address is not authorized", Cause::PermissionDenied),
    ("organization must be verified", Cause::PermissionDenied),
    ("Invalid URL (", Cause::EndpointUnknown),
    ("Unsupported parameter", Cause::ParameterUnsupported),
    ("Unrecognized request argument", Cause::ParameterUnsupported),
    ("country, region, or territory not supported", Cause::RegionUnsupported),
    ("has been deprecated", Cause::ModelRetired),
    ("not a chat model", Cause::CapabilityMissing),
    ("does not support image", Cause::CapabilityMissing),
    ("image_url is only supported", Cause::CapabilityMissing),
    ("only supported in v1/responses", Cause::CapabilityMissing),
];

/// What OpenAI's words mean, and those of servers that speak its dialect.
pub(crate) fn known(complaint: &Complaint) -> Option<Cause> {
    // The phrase first: a retired model's word is that of an unknown one.
    complaint.by_phrase(PHRASES).or_else(|| complaint.by_word(WORDS))
}

/// What an error object means that came after a 200.
fn in_mid_stream(complaint: &Complaint) -> Cause {
    known(complaint).or_else(|| complaint.by_number()).unwrap_or(Cause::UpstreamError)
}

const ROUTES: &[PassRoute] = &[
    PassRoute { method: "POST", path: "chat/completions", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "responses", meter: Metered::Tokens },
    PassRoute { method: "GET", path: "responses/*", meter: Metered::Nothing },
    PassRoute { method: "POST", path: "responses/*/cancel", meter: Metered::Nothing },
    PassRoute { method: "DELETE", path: "responses/*", meter: Metered::Nothing },
    PassRoute { method: "POST", path: "embeddings", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "images/generations", meter: Metered::Images },
    PassRoute { method: "POST", path: "moderations", meter: Metered::Nothing },
    PassRoute { method: "GET", path: "models", meter: Metered::Nothing },
    PassRoute { method: "GET", path: "models/*", meter: Metered::Nothing },
];

impl Adapter for OpenAi {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn auth(&self) -> Auth {
        Auth::Bearer
    }

    fn writing(&self) -> Option<Writer<'_>> {
        Some(Way::Upstream(self))
    }

    fn captioning(&self) -> Option<Captioner<'_>> {
        Some(Captioner::ByWriting)
    }

    fn drawing(&self) -> Option<Drawer<'_>> {
        Some(Way::Upstream(&images::Images))
    }

    fn chat_dialect(&self) -> Option<&dyn ChatDialect> {
        Some(self)
    }

    fn probe(&self, target: &Target<'_>) -> Option<UpstreamRequest> {
        Some(UpstreamRequest::get(target.base_url.join(&["models"]), Auth::Bearer))
    }

    fn read_probe(&self, body: &[u8]) -> Probed {
        Probed { models: read_models(body), left: None }
    }

    fn read_failure(&self, status: u16, body: &[u8]) -> Cause {
        match Complaint::read(body) {
            // A redirect is never the provider's word.
            Some(complaint) if status >= 400 => {
                known(&complaint).unwrap_or_else(|| with_complaint(status, &complaint))
            }
            _ => without_complaint(status),
        }
    }

    fn refusals(&self) -> Refusals {
        faults::OPENAI
    }

    fn pass_routes(&self) -> &'static [PassRoute] {
        ROUTES
    }
}

impl UpstreamWriting for OpenAi {
    fn request(&self, target: &Target<'_>, conversation: &Conversation, streamed: bool) -> UpstreamRequest {
        let model = target.model_or(DEFAULT_MODEL);
        if responses::only(model) {
            return responses::request(target, model, conversation, streamed);
        }
        let body = ChatRequest::new(
            Flavour::OpenAi,
            model,
            conversation,
            streamed,
            target.answer_limit(&conversation.task),
        );
        UpstreamRequest::post(target.base_url.join(&["chat", "completions"]), Auth::Bearer, &body, streamed)
    }

    fn read_reply(&self, body: &[u8]) -> Result<WritingReply, Cause> {
        match responses::read_reply(body, in_mid_stream) {
            Some(reply) => reply,
            None => read_reply(body, in_mid_stream),
        }
    }

    fn stream_reader(&self) -> Box<dyn StreamReader> {
        Box::new(EventStream::new(responses::Either::new(ChatStream::new(in_mid_stream), in_mid_stream)))
    }
}

impl ChatDialect for OpenAi {
    fn request(&self, target: &Target<'_>, body: Value) -> Result<UpstreamRequest, NotSupported> {
        let url = target.base_url.join(&["chat", "completions"]);
        Ok(UpstreamRequest::post(url, Auth::Bearer, &body, is_streamed(&body)))
    }
}

/// Whether a request in OpenAI's dialect asks for a stream.
pub(crate) fn is_streamed(body: &Value) -> bool {
    body.get("stream").and_then(Value::as_bool).unwrap_or_default()
}
