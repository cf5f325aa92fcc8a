//! Translation of a template (`ai-translation`): what a request must be. Which fields are translated and how they
//! are protected is `crate::template`'s part.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Capability, Descriptor, Handle};

/// Our handle: Beefree gives its DeepL AddOn none. Facts: docs.beefree.io, DeepL.
pub const DESCRIPTOR: Descriptor = Descriptor {
    handle: Handle("ai-translation"),
    title: "DeepL",
    about: "Translates every text of a template at once, beside its source.",
    capability: Some(Capability::Translating),
    excludes: None,
    settings: &[],
};

/// How many texts one request may hold.
pub const TEXTS_MAX: usize = 500;

/// Body of `POST /v1/ai/translate`: a template, or texts. Personal: no `Debug`.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TranslateRequest {
    /// The language the texts are in (`en-US`).
    #[serde(default)]
    pub source_language: Option<String>,
    /// The language wanted (`it-IT`).
    #[serde(default)]
    pub target_language: Option<String>,
    /// A template, whole.
    #[serde(default)]
    pub template: Option<Value>,
    /// Texts or fragments of HTML, at most 500.
    #[serde(default)]
    #[schemars(length(max = TEXTS_MAX))]
    pub texts: Option<Vec<String>>,
}
