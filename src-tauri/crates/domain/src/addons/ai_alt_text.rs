//! Alternate text for images (`ai-alt-text`): what a request must be, and what a model that sees is asked.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Capability, Descriptor, Handle, Setting, SettingType};
use crate::InvalidValue;
use crate::writing::{Conversation, Picture, Task};

/// Facts: docs.beefree.io, Azure AI Vision - Image Analysis.
pub const DESCRIPTOR: Descriptor = Descriptor {
    handle: Handle("ai-alt-text"),
    title: "Generate Alt Text with AI",
    about: "Describes images that have no alternate text, one by one or all at once.",
    capability: Some(Capability::Captioning),
    excludes: None,
    settings: &[
        Setting { name: "imagesAvailable", of: SettingType::Number },
        Setting { name: "imagesUsed", of: SettingType::Number },
        Setting { name: "isIconDisabled", of: SettingType::Switch },
        Setting { name: "isUpsellEnabled", of: SettingType::Switch },
        Setting { name: "upsellTrigger", of: SettingType::Number },
    ],
};

/// What screen readers read out well, and mail programs show whole.
pub const ALT_TEXT_MAX: usize = 250;
const IMAGES_MAX: usize = 50;
const ID_MAX: usize = 200;
const SRC_MAX: usize = 8 * 1024 * 1024;

/// An image to be described. Personal: no `Debug`.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// The module it stands in, given back as it came; at most 200 characters.
    #[schemars(length(max = ID_MAX))]
    pub module_id: String,
    /// Which of a module's images, given back as it came; at most 200 characters.
    #[serde(default)]
    #[schemars(length(max = ID_MAX))]
    pub item_id: Option<String>,
    /// `http(s)` URL, or a `data:` URL of at most 8 MiB.
    pub src: String,
}

/// Body of `POST /v1/ai/alt-text`. Personal: no `Debug`.
#[derive(Deserialize, JsonSchema)]
pub struct AltTextRequest {
    /// 1 to 50 images.
    #[schemars(length(min = 1, max = IMAGES_MAX))]
    pub images: Vec<Image>,
    /// Language of the text; providers that know one language only ignore it.
    #[serde(default)]
    pub language: Option<String>,
}

impl AltTextRequest {
    /// The first rule the request breaks.
    pub fn check(&self) -> Result<(), InvalidValue> {
        let bad = |what, rule| Err(InvalidValue { what, rule });
        if self.images.is_empty() || self.images.len() > IMAGES_MAX {
            return bad("images", "needs 1 to 50 images");
        }
        let long = |text: &str| text.chars().count() > ID_MAX;
        if self.images.iter().any(|i| long(&i.module_id) || i.item_id.as_deref().is_some_and(long)) {
            return bad("images", "holds a moduleId or itemId of more than 200 characters");
        }
        if self.images.iter().any(|image| image.src.len() > SRC_MAX) {
            return bad("images", "holds a src of more than 8 MiB");
        }
        super::ai_integration::check_language(self.language.as_deref())
    }
}

/// What a model that sees is asked. Beefree uses a captioning service only; these instructions are ours.
#[must_use]
pub fn conversation(picture: Picture, language: Option<&str>) -> Conversation {
    let language = language.unwrap_or("en");
    let instructions = format!(
        "You write alternate text for images in emails and web pages. Answer with one sentence of at most 125 \
         characters that says what the image shows, in the language with the tag {language}. No introduction such as \
         \"Image of\", no quotation marks, no Markdown. If the image holds readable text, give that text."
    );
    Conversation {
        language: Some(language.to_owned()),
        picture: Some(picture),
        ..Conversation::of(Task::AltText, instructions, "Describe this image.".to_owned())
    }
}

/// An answer as alternate text: one line, first letter large, cut at a word.
#[must_use]
pub fn shape(answer: &str) -> String {
    let line = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_matches('"');
    let mut letters = line.chars();
    let whole: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    super::metadata::cut(&whole, ALT_TEXT_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_becomes_one_plain_line() {
        assert_eq!(shape("\"a red\n bicycle\""), "A red bicycle");
        assert!(shape(&"word ".repeat(200)).chars().count() <= ALT_TEXT_MAX);
    }

    #[test]
    fn rules_are_named() {
        let body = |json: &str| serde_json::from_str::<AltTextRequest>(json).unwrap().check();
        assert!(body(r#"{"images":[]}"#).is_err());
        assert!(body(r#"{"images":[{"moduleId":"m","src":"https://x/y.png"}]}"#).is_ok());
        assert!(body(r#"{"images":[{"moduleId":"m","src":"x"}],"language":"not a tag"}"#).is_err());
    }
}
