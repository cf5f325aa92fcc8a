//! Translation of a template (`ai-translation`): what a request must be. Which fields are translated and how they
//! are protected is `crate::template`'s part.

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

/// Body of `POST /v1/ai/translate`: a template, or texts. Personal: no `Debug`.
#[derive(Deserialize)]
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
    pub texts: Option<Vec<String>>,
}
