//! Any server that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, LM Studio, gateways.
//!
//! The one provider whose server the developer names, and the one that may have no key.

use domain::Cause;
use domain::addons::Capability;
use domain::writing::Conversation;
use serde_json::Value;

use crate::adapter::{
    Adapter, Captioner, ChatDialect, Descriptor, Field, KeyRule, Metered, NotSupported, PassRoute, Probed,
    StreamReader, UpstreamWriting, Way, Writer, WritingReply,
};
use crate::chat_completions::{ChatRequest, ChatStream, Flavour, read_models, read_reply};
use crate::failure::{Complaint, Words, with_complaint, without_complaint};
use crate::faults::{self, Refusals};
use crate::openai::{self, is_streamed};
use crate::request::{Auth, Target, UpstreamRequest};
use crate::stream::EventStream;

/// The adapter.
pub(crate) struct OpenAiCompatible;

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "openai-compatible",
    title: "OpenAI-compatible",
    key: KeyRule::Optional,
    // Ollama's, the most common one.
    base_url: "http://localhost:11434/v1",
    fields: &[
        Field {
            name: "base-url",
            label: "Base URL",
            hint: "Ollama http://localhost:11434/v1, LM Studio :1234/v1, llama.cpp :8080/v1, vLLM :8000/v1.",
            placeholder: "http://localhost:11434/v1",
            required: false,
        },
        Field {
            name: "model",
            label: "Model",
            hint: "As the server lists it; only a model that sees can describe pictures.",
            placeholder: "llama4",
            required: true,
        },
    ],
    models: &[],
    default_model: None,
    retired: &[],
    capabilities: &[Capability::Writing, Capability::Captioning],
    key_hint: "is whatever the server was started with; most have none",
    key_pattern: "",
    key_url: "",
    local: false,
};

/// What these servers say in words only; each phrase is its server's own.
const PHRASES: Words = &[
    // LM Studio, with a 200 (lmstudio-bug-tracker issue 618).
    ("unexpected endpoint or method", Cause::EndpointUnknown),
    // Ollama and LM Studio.
    ("try pulling it first", Cause::ModelUnknown),
    ("no models loaded", Cause::ModelUnknown),
    ("does not exist", Cause::ModelUnknown),
    ("does not support chat", Cause::CapabilityMissing),
    ("does not support image", Cause::CapabilityMissing),
    ("image input is not supported", Cause::CapabilityMissing),
    ("missing data required for image input", Cause::CapabilityMissing),
    // llama.cpp, vLLM.
    ("loading model", Cause::UpstreamOverloaded),
    ("exceeds the available context", Cause::ContextTooLong),
    ("maximum context length", Cause::ContextTooLong),
    ("unauthorized", Cause::KeyRejected),
    ("invalid api key", Cause::KeyRejected),
];

fn known(complaint: &Complaint) -> Option<Cause> {
    complaint.by_phrase(PHRASES).or_else(|| openai::known(complaint))
}

/// What an error object means that came after a 200.
fn in_mid_stream(complaint: &Complaint) -> Cause {
    known(complaint).or_else(|| complaint.by_number()).unwrap_or(Cause::UpstreamError)
}

const ROUTES: &[PassRoute] = &[
    PassRoute { method: "POST", path: "chat/completions", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "completions", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "responses", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "embeddings", meter: Metered::Tokens },
    PassRoute { method: "GET", path: "models", meter: Metered::Nothing },
    PassRoute { method: "GET", path: "models/*", meter: Metered::Nothing },
];

impl Adapter for OpenAiCompatible {
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
            Some(complaint) if status >= 400 => {
                known(&complaint).unwrap_or_else(|| with_complaint(status, &complaint))
            }
            _ => without_complaint(status),
        }
    }

    fn refusals(&self) -> Refusals {
        faults::COMPATIBLE
    }

    fn pass_routes(&self) -> &'static [PassRoute] {
        ROUTES
    }
}

impl UpstreamWriting for OpenAiCompatible {
    fn request(&self, target: &Target<'_>, conversation: &Conversation, streamed: bool) -> UpstreamRequest {
        let body = ChatRequest::new(
            Flavour::Compatible,
            target.model_or(""),
            conversation,
            streamed,
            target.answer_limit(&conversation.task),
        );
        UpstreamRequest::post(target.base_url.join(&["chat", "completions"]), Auth::Bearer, &body, streamed)
    }

    fn read_reply(&self, body: &[u8]) -> Result<WritingReply, Cause> {
        read_reply(body, in_mid_stream)
    }

    fn stream_reader(&self) -> Box<dyn StreamReader> {
        Box::new(EventStream::new(ChatStream::new(in_mid_stream)))
    }
}

impl ChatDialect for OpenAiCompatible {
    fn length_field(&self) -> &'static str {
        "max_tokens"
    }

    fn request(&self, target: &Target<'_>, body: Value) -> Result<UpstreamRequest, NotSupported> {
        let url = target.base_url.join(&["chat", "completions"]);
        Ok(UpstreamRequest::post(url, Auth::Bearer, &body, is_streamed(&body)))
    }
}
