//! What the routes of pictures, translation and models answer, for the document alone: see `replies.rs`.

#![allow(dead_code, reason = "only their schemas are made")]

use domain::Cause;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::replies::{Provider, Usage};

/// Alternate text for images, in the order they were sent.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub(super) struct AltTexts {
    /// One for each image.
    results: Vec<AltText>,
    /// How many have a text; only they count.
    consumed_images: u64,
    /// Who wrote the last one.
    provider: Option<Provider>,
}

/// One image's `alt`, or its `error`.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
struct AltText {
    /// As it was sent.
    module_id: String,
    /// As it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    item_id: Option<String>,
    /// The text.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = domain::addons::ai_alt_text::ALT_TEXT_MAX))]
    alt: Option<String>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ImageError>,
}

/// Why an image has no text.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ImageError {
    /// Beefree's number.
    code: u16,
    /// For people.
    message: String,
    /// The stable reason.
    cause: Cause,
}

/// A batch began.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct AltTextStart {
    /// How many images there are.
    total: usize,
    /// Who is asked first.
    provider: Option<Provider>,
}

/// One image is done.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub(super) struct AltTextProgress {
    #[serde(flatten)]
    result: AltText,
    /// Its place among the images, from 0.
    index: usize,
    /// How many are done.
    done: usize,
    /// How many there are.
    total: usize,
}

/// Generated images.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub(super) struct Images {
    /// One or more; fewer than asked for when a later one failed.
    images: Vec<GeneratedImage>,
    /// How many there are.
    consumed_images: u64,
    /// Who drew them.
    provider: Provider,
}

/// A generated image.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
struct GeneratedImage {
    /// On this proxy; needs no token.
    url: String,
    /// Pixels.
    width: u32,
    /// Pixels.
    height: u32,
    /// The folder to save to.
    folder: String,
    /// A name to save under.
    file_name: String,
}

/// A translation: `template` or `texts`, as asked.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub(super) struct Translation {
    /// Who translated; null when there was nothing to translate.
    provider: Option<Provider>,
    /// As the provider bills them, if it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    billed_characters: Option<u64>,
    /// How many texts were translated.
    translated_fields: u64,
    /// How many kept their source, because a merge tag or tag was lost.
    skipped_fields: u64,
    /// The template with translations beside the source fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<Map<String, Value>>,
    /// The texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    texts: Option<Vec<String>>,
}

/// One event of the Vercel AI SDK's UI message stream; which fields it has depends on `type`.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub(super) struct ChatPart {
    /// `start`, `text-start`, `text-delta`, `text-end`, then `finish` or `error`.
    #[serde(rename = "type")]
    kind: String,
    /// With `start`.
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<String>,
    /// With the text's parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// With `text-delta`: to be added to what came before.
    #[serde(skip_serializing_if = "Option::is_none")]
    delta: Option<String>,
    /// With `finish`.
    #[serde(skip_serializing_if = "Option::is_none")]
    message_metadata: Option<ChatMetadata>,
    /// With `error`: the error body as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_text: Option<String>,
}

/// What the answer used, and who wrote it.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ChatMetadata {
    usage: Usage,
    provider: Provider,
}

/// OpenAI's chat completion; fields beside these are the provider's.
#[derive(Serialize, JsonSchema)]
pub(super) struct Completion {
    id: String,
    /// `chat.completion`, or `chat.completion.chunk` in a stream.
    object: String,
    created: i64,
    model: String,
    choices: Vec<Map<String, Value>>,
}

/// The models of the AddOn's providers, first choice first.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Models {
    /// Always `list`.
    object: String,
    data: Vec<Model>,
}

/// A model.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Model {
    /// What to send as `model`.
    id: String,
    /// Always `model`.
    object: String,
    /// Always 0.
    created: i64,
    /// The provider's type.
    owned_by: String,
}
