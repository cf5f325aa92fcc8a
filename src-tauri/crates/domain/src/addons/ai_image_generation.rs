//! Image generation (`ai-image-generation`): what a request for pictures must be.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Capability, Descriptor, Handle, Setting, SettingType};
use crate::InvalidValue;

/// Facts: docs.beefree.io, Stability AI.
pub const DESCRIPTOR: Descriptor = Descriptor {
    handle: Handle("ai-image-generation"),
    title: "Text-to-image",
    about: "Makes pictures from a prompt and puts them into an image block.",
    capability: Some(Capability::Drawing),
    excludes: None,
    settings: &[
        Setting { name: "imagesAvailable", of: SettingType::Number },
        Setting { name: "imagesUsed", of: SettingType::Number },
        Setting { name: "isGenerationDisabled", of: SettingType::Switch },
        Setting { name: "isUpsellEnabled", of: SettingType::Switch },
        Setting { name: "upsellTrigger", of: SettingType::Number },
        Setting { name: "folderName", of: SettingType::Text },
    ],
};

/// Stability's `style_preset`s; Beefree's own list is not published.
pub const STYLES: &[&str] = &[
    "3d-model",
    "analog-film",
    "anime",
    "cinematic",
    "comic-book",
    "digital-art",
    "enhance",
    "fantasy-art",
    "isometric",
    "line-art",
    "low-poly",
    "modeling-compound",
    "neon-punk",
    "origami",
    "photographic",
    "pixel-art",
    "tile-texture",
];

/// Beefree's four shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
pub enum AspectRatio {
    /// Square.
    #[default]
    #[serde(rename = "1:1")]
    Square,
    /// Four to three.
    #[serde(rename = "4:3")]
    FourToThree,
    /// Three to two.
    #[serde(rename = "3:2")]
    ThreeToTwo,
    /// Sixteen to nine.
    #[serde(rename = "16:9")]
    Wide,
}

/// Body of `POST /v1/ai/images`. Personal: no `Debug`.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImageRequest {
    /// What to show, 1 to 10,000 characters.
    #[schemars(length(min = 1, max = 10_000))]
    pub prompt: String,
    /// What not to show, at most 10,000 characters.
    #[serde(default)]
    #[schemars(length(max = 10_000))]
    pub negative_prompt: Option<String>,
    /// The shape.
    #[serde(default)]
    pub aspect_ratio: AspectRatio,
    /// One of [`STYLES`].
    #[serde(default)]
    #[schemars(extend("examples" = STYLES))]
    pub style: Option<String>,
    /// How closely to follow the prompt, 0 to 35.
    #[serde(default)]
    #[schemars(range(min = 0.0, max = 35.0))]
    pub cfg_scale: Option<f32>,
    /// Diffusion steps, 10 to 50.
    #[serde(default)]
    #[schemars(range(min = 10, max = 50))]
    pub steps: Option<u32>,
    /// Equal seeds give equal pictures where the provider can; 0 to 4,294,967,294.
    #[serde(default)]
    #[schemars(range(max = 4_294_967_294_u32))]
    pub seed: Option<u32>,
    /// How many, 1 to 4.
    #[serde(default)]
    #[schemars(range(min = 1, max = 4))]
    pub count: Option<u8>,
    /// The folder to save to, at most 80 characters.
    #[serde(default)]
    #[schemars(length(max = 80))]
    pub folder_name: Option<String>,
}

impl ImageRequest {
    /// The first rule the request breaks.
    pub fn check(&self) -> Result<(), InvalidValue> {
        let bad = |what, rule| Err(InvalidValue { what, rule });
        let long = |text: &str| text.chars().count() > 10_000;
        if self.prompt.trim().is_empty() || long(&self.prompt) {
            return bad("prompt", "needs 1 to 10,000 characters");
        }
        if self.negative_prompt.as_deref().is_some_and(long) {
            return bad("negativePrompt", "may have at most 10,000 characters");
        }
        if self.style.as_deref().is_some_and(|style| !STYLES.contains(&style)) {
            return bad("style", "is none of the known styles");
        }
        if self.cfg_scale.is_some_and(|scale| !(0.0..=35.0).contains(&scale)) {
            return bad("cfgScale", "must be 0 to 35");
        }
        if self.steps.is_some_and(|steps| !(10..=50).contains(&steps)) {
            return bad("steps", "must be 10 to 50");
        }
        if self.count.is_some_and(|count| !(1..=4).contains(&count)) {
            return bad("count", "must be 1 to 4");
        }
        if self.seed == Some(u32::MAX) {
            return bad("seed", "must be 0 to 4,294,967,294");
        }
        if self.folder_name.as_deref().is_some_and(|name| name.chars().count() > 80) {
            return bad("folderName", "may have at most 80 characters");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_named() {
        let check = |json: &str| serde_json::from_str::<ImageRequest>(json).unwrap().check();
        assert!(check(r#"{"prompt":"a boat","aspectRatio":"16:9","style":"anime","cfgScale":7}"#).is_ok());
        for bad in [
            r#"{"prompt":" "}"#,
            r#"{"prompt":"x","style":"cubist"}"#,
            r#"{"prompt":"x","cfgScale":36}"#,
            r#"{"prompt":"x","steps":9}"#,
            r#"{"prompt":"x","count":0}"#,
            r#"{"prompt":"x","seed":4294967295}"#,
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        assert!(serde_json::from_str::<ImageRequest>(r#"{"prompt":"x","aspectRatio":"2:1"}"#).is_err());
    }
}
