//! What the routes answer, for the document alone: routes build their replies themselves. Closed, so that a reply with
//! one field more or less does not validate.

#![allow(dead_code, reason = "only their schemas are made")]

use domain::{ApplicationId, ApplicationKind, Cause, ClientId, PromptId};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

/// Every refusal: Beefree's error body and our stable word.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Error {
    /// Beefree's number where it has one.
    code: u16,
    /// What happened and what to do, for people. May change; match `cause`.
    message: String,
    /// What else is known: which rule, which origin, what upstream said. Empty text: nothing.
    #[schemars(schema_with = "text_or_object")]
    detail: Value,
    /// The HTTP status, also where the error is the last event of a stream.
    status_code: u16,
    /// The stable reason.
    cause: Cause,
    /// The same in OpenAI's shape, on the routes its clients call.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<OpenAiError>,
}

fn text_or_object(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": ["string", "object"] })
}

/// An error as OpenAI's clients read it.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct OpenAiError {
    /// As in `message` above.
    message: String,
    /// The stable reason.
    #[serde(rename = "type")]
    kind: Cause,
    /// Always null.
    param: Option<String>,
    /// The stable reason.
    code: Cause,
}

/// That the proxy is here.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Health {
    /// Always true.
    ok: bool,
}

/// A session token, as Beefree's login answers.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Token {
    /// Send it as `Authorization: Bearer`.
    access_token: String,
    /// Always true.
    v2: bool,
}

/// Who answered.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Provider {
    /// Its name in the console.
    name: String,
    /// Its type, such as `openai`.
    #[serde(rename = "type")]
    kind: String,
    /// The model asked for, if its type has models.
    model: Option<String>,
}

/// What the HA AddOn needs to know to show itself.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub(super) struct Session {
    /// The application the session is for.
    application: SessionApplication,
    /// The end user.
    uid: String,
    /// None yet.
    features: Map<String, Value>,
    /// Every installed AddOn.
    add_ons: Vec<SessionAddOn>,
    /// What is left, where the application has limits.
    limits: Map<String, Value>,
    /// The failures that can be asked for with `X-Addon-Console-Fault`; only where `environment` is `testing`.
    #[serde(skip_serializing_if = "Option::is_none")]
    faults: Option<Vec<SessionFault>>,
}

/// A failure that can be provoked.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SessionFault {
    /// Its id.
    id: String,
    /// Its name, in English.
    title: String,
}

/// An application without its secret.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
struct SessionApplication {
    /// Identity.
    id: ApplicationId,
    /// Name.
    name: String,
    /// The public half of its credentials.
    client_id: ClientId,
    /// What the host app builds.
    #[serde(rename = "type")]
    kind: ApplicationKind,
    /// `testing` where faults can be asked for by header, else `development`.
    environment: String,
}

/// An installed AddOn.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SessionAddOn {
    /// Its handle, such as `ai-integration`.
    handle: String,
    /// Whether it is on.
    enabled: bool,
    /// Its settings in Beefree's own names.
    settings: Map<String, Value>,
    /// Its first provider, if it has one.
    provider: Option<Provider>,
}

/// What was used, in OpenAI's names.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Usage {
    /// Tokens of what was sent.
    prompt_tokens: u64,
    /// Tokens of the answer.
    completion_tokens: u64,
    /// Their sum.
    total_tokens: u64,
    /// The end user.
    uid: String,
}

/// A whole answer.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub(super) struct Text {
    /// Names the answer, for `regenerateOf`.
    prompt_id: PromptId,
    /// The answer, shaped for its block.
    content: String,
    /// What it used.
    usage: Usage,
    /// Who wrote it.
    provider: Provider,
}

/// A stream began.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub(super) struct TextStart {
    /// Names the answer.
    prompt_id: PromptId,
    /// Who writes it.
    provider: Provider,
}

/// A piece of the answer.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TextDelta {
    /// To be added to what came before.
    text: String,
}

/// The details that were asked for; those that were not are absent.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub(super) struct Metadata {
    /// At most 190 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// At most 130 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    preheader: Option<String>,
    /// At most 190 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// At most 190 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// Names the answer.
    prompt_id: PromptId,
    /// What it used.
    usage: Usage,
    /// Who wrote it.
    provider: Provider,
}

/// A template in a few sentences.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub(super) struct Summary {
    /// The summary.
    summary: String,
    /// Names the answer.
    prompt_id: PromptId,
    /// What it used.
    usage: Usage,
    /// Who wrote it.
    provider: Provider,
}

/// A template as a text message.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub(super) struct Sms {
    /// At most 160 characters.
    #[schemars(length(max = domain::addons::digest::SMS_MAX))]
    sms: String,
    /// Names the answer.
    prompt_id: PromptId,
    /// What it used.
    usage: Usage,
    /// Who wrote it.
    provider: Provider,
}
