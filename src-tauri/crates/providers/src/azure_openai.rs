//! Azure OpenAI: OpenAI's bodies at a resource's own address, where a deployment stands for the model.
//!
//! Two surfaces: v1 (no version in the address, the deployment is the body's `model`), and the dated one (the
//! deployment is in the path, `api-version` in the query). Which it is, the `api-version` option says.

mod address;

use domain::Cause;
use domain::addons::Capability;
use domain::writing::Conversation;
use http::HeaderName;
use serde_json::Value;
use url::Url;

use crate::adapter::{
    Adapter, Captioner, ChatDialect, Descriptor, Field, KeyRule, Metered, NotSupported, PassRoute, Pasted,
    Probed, StreamReader, UpstreamWriting, Way, Writer, WritingReply, base_url_field,
};
use crate::chat_completions::{ChatRequest, ChatStream, Flavour, read_reply};
use crate::failure::{Complaint, Words, by_status, without_complaint};
use crate::faults::{self, Refusals};
use crate::openai::{self, is_streamed};
use crate::request::{Auth, Target, UpstreamRequest};
use crate::stream::EventStream;

/// The adapter.
pub(crate) struct AzureOpenAi;

const KEY_HEADER: HeaderName = HeaderName::from_static("api-key");
const API_VERSION: &str = "api-version";
/// For the dated surface's list of models, where the developer named no version: the newest that is GA.
const NEWEST_DATED: &str = "2024-10-21";

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "azure-openai",
    title: "Azure OpenAI",
    key: KeyRule::Required,
    base_url: "",
    fields: &[
        base_url_field(
            "Endpoint",
            "Paste any address of the resource: it is split into endpoint, deployment and api-version.",
            "https://my-resource.openai.azure.com",
        ),
        Field {
            name: "model",
            label: "Deployment",
            hint: "The name you gave the deployment, not the model's.",
            placeholder: "my-gpt",
            required: true,
        },
        Field {
            name: API_VERSION,
            label: "API version",
            hint: "Leave empty for the v1 API, which Microsoft recommends.",
            placeholder: NEWEST_DATED,
            required: false,
        },
    ],
    models: &[],
    default_model: None,
    retired: &[],
    capabilities: &[Capability::Writing, Capability::Captioning],
    key_hint: "has 32 or 84 letters and digits",
    key_pattern: "^([A-Fa-f0-9]{32}|[A-Za-z0-9]{84})$",
    key_url: "https://portal.azure.com",
    local: false,
};

/// `error.code`, a string that is often the status; the kinds of 404 differ in it.
const WORDS: Words = &[
    ("ResponsibleAIPolicyViolation", Cause::ContentFiltered),
    ("DeploymentNotFound", Cause::DeploymentUnknown),
    ("unknown_model", Cause::DeploymentUnknown),
    ("OperationNotSupported", Cause::CapabilityMissing),
    ("UnsupportedApiVersion", Cause::EndpointUnknown),
    ("404", Cause::EndpointUnknown),
    ("AuthenticationFailed", Cause::KeyRejected),
    ("401", Cause::KeyRejected),
    ("PermissionDenied", Cause::PermissionDenied),
    ("AuthorizationFailed", Cause::PermissionDenied),
    ("ServiceUnavailable", Cause::UpstreamOverloaded),
    ("InternalServerError", Cause::UpstreamError),
    ("model_deprecated", Cause::ModelRetired),
    ("DeploymentDeprecated", Cause::ModelRetired),
];

const PHRASES: Words = &[
    ("api version not supported", Cause::EndpointUnknown),
    ("api-version", Cause::EndpointUnknown),
    ("has been retired", Cause::ModelRetired),
    ("exceeded your current quota", Cause::QuotaExhausted),
    // A free resource's monthly allowance; its 403 is that of a firewall otherwise.
    ("call volume quota", Cause::QuotaExhausted),
];

fn known(complaint: &Complaint) -> Option<Cause> {
    complaint.by_word(WORDS).or_else(|| complaint.by_phrase(PHRASES)).or_else(|| openai::known(complaint))
}

fn in_mid_stream(complaint: &Complaint) -> Cause {
    known(complaint).or_else(|| complaint.by_number()).unwrap_or(Cause::UpstreamError)
}

const ROUTES: &[PassRoute] = &[
    PassRoute { method: "POST", path: "openai/deployments/*/chat/completions", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "openai/deployments/*/embeddings", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "openai/deployments/*/images/generations", meter: Metered::Images },
    PassRoute { method: "GET", path: "openai/models", meter: Metered::Nothing },
    PassRoute { method: "POST", path: "openai/responses", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "openai/v1/chat/completions", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "openai/v1/responses", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "openai/v1/embeddings", meter: Metered::Tokens },
    PassRoute { method: "POST", path: "openai/v1/images/generations", meter: Metered::Images },
    PassRoute { method: "GET", path: "openai/v1/models", meter: Metered::Nothing },
    PassRoute { method: "GET", path: "openai/v1/models/*", meter: Metered::Nothing },
];

/// Where chat completions are.
fn chat_url(target: &Target<'_>, deployment: &str) -> Url {
    match target.options.get(API_VERSION) {
        None => target.base_url.join(&["openai", "v1", "chat", "completions"]),
        Some(version) => {
            let path = ["openai", "deployments", deployment, "chat", "completions"];
            let mut url = target.base_url.join(&path);
            url.query_pairs_mut().append_pair(API_VERSION, version);
            url
        }
    }
}

impl Adapter for AzureOpenAi {
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

    fn probe(&self, target: &Target<'_>) -> Option<UpstreamRequest> {
        let mut url = target.base_url.join(&["openai", "v1", "models"]);
        if let Some(version) = target.options.get(API_VERSION) {
            url = target.base_url.join(&["openai", "models"]);
            url.query_pairs_mut().append_pair(API_VERSION, version);
        }
        Some(UpstreamRequest::get(url, self.auth()))
    }

    // The list names the models a resource could deploy, not its deployments: nothing to offer, nothing to check.
    fn read_probe(&self, _: &[u8]) -> Probed {
        Probed::default()
    }

    fn read_failure(&self, status: u16, body: &[u8]) -> Cause {
        match Complaint::read(body) {
            Some(complaint) if status >= 400 => known(&complaint).unwrap_or(match status {
                404 => Cause::EndpointUnknown,
                _ => by_status(status),
            }),
            _ => without_complaint(status),
        }
    }

    fn refusals(&self) -> Refusals {
        faults::AZURE_OPENAI
    }

    fn pass_routes(&self) -> &'static [PassRoute] {
        ROUTES
    }

    fn split_url(&self, typed: &str) -> Option<Pasted> {
        address::split(typed)
    }
}

impl UpstreamWriting for AzureOpenAi {
    fn request(&self, target: &Target<'_>, conversation: &Conversation, streamed: bool) -> UpstreamRequest {
        let deployment = target.model_or("");
        let body = ChatRequest::new(
            Flavour::OpenAi,
            deployment,
            conversation,
            streamed,
            target.answer_limit(&conversation.task),
        );
        UpstreamRequest::post(chat_url(target, deployment), self.auth(), &body, streamed)
    }

    fn read_reply(&self, body: &[u8]) -> Result<WritingReply, Cause> {
        read_reply(body, in_mid_stream)
    }

    fn stream_reader(&self) -> Box<dyn StreamReader> {
        Box::new(EventStream::new(ChatStream::new(in_mid_stream)))
    }
}

impl ChatDialect for AzureOpenAi {
    fn request(&self, target: &Target<'_>, body: Value) -> Result<UpstreamRequest, NotSupported> {
        let deployment = body.get("model").and_then(Value::as_str).unwrap_or_default();
        Ok(UpstreamRequest::post(chat_url(target, deployment), self.auth(), &body, is_streamed(&body)))
    }
}
