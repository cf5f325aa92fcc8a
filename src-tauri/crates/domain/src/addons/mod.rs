//! AddOns: what can be installed, and what an application has installed. One file per AddOn, one line each here.

pub mod ai_agent;
pub mod ai_alt_text;
pub mod ai_image_generation;
pub mod ai_integration;
pub mod ai_translation;
pub mod custom_ai_integration;
pub mod digest;
pub mod metadata;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{ApplicationId, InvalidValue, ProviderId};

/// An AddOn's fixed name, Beefree's spelling (`ai-integration`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct Handle(&'static str);

impl Handle {
    /// The handle itself.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// What is known of this AddOn.
    #[must_use]
    pub fn descriptor(self) -> &'static Descriptor {
        REGISTRY.iter().find(|known| known.handle == self).unwrap_or(&ai_integration::DESCRIPTOR)
    }
}

impl TryFrom<String> for Handle {
    type Error = InvalidValue;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        REGISTRY
            .iter()
            .map(|known| known.handle)
            .find(|handle| handle.0 == text)
            .ok_or(InvalidValue { what: "handle", rule: "names no AddOn this console knows" })
    }
}

// By hand: the derive would borrow from the input for as long as the program runs.
impl<'de> Deserialize<'de> for Handle {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::try_from(String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

impl std::fmt::Display for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// What an AddOn asks of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Capability {
    /// Text.
    Writing,
    /// A picture's alternate text.
    Captioning,
    /// Pictures from words.
    Drawing,
    /// Text in another language.
    Translating,
}

/// The type of an AddOn's setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SettingType {
    /// `true` or `false`.
    Switch,
    /// A number of 0 or more.
    Number,
    /// Up to 80 characters.
    Text,
    /// Up to 20,000 characters.
    LongText,
    /// A JSON array.
    List,
}

/// One setting, in Beefree's own name.
#[derive(Debug, Clone, Copy, Serialize, ts_rs::TS)]
pub struct Setting {
    /// Beefree's name.
    pub name: &'static str,
    /// What it takes.
    pub of: SettingType,
}

/// What is fixed about an AddOn.
#[derive(Debug, Clone, Copy, Serialize, ts_rs::TS)]
pub struct Descriptor {
    /// Its handle.
    pub handle: Handle,
    /// Its marketplace name.
    pub title: &'static str,
    /// What the end user gets, in a sentence.
    pub about: &'static str,
    /// What its providers must be able to do; `None` when the host app answers itself.
    pub capability: Option<Capability>,
    /// The AddOn that cannot be on together with this one.
    pub excludes: Option<Handle>,
    /// The settings it takes.
    pub settings: &'static [Setting],
}

/// Every AddOn there is.
pub const REGISTRY: &[Descriptor] = &[
    ai_integration::DESCRIPTOR,
    custom_ai_integration::DESCRIPTOR,
    ai_alt_text::DESCRIPTOR,
    ai_image_generation::DESCRIPTOR,
    ai_translation::DESCRIPTOR,
    ai_agent::DESCRIPTOR,
];

/// An AddOn installed in an application.
#[derive(Debug, Clone, PartialEq)]
pub struct AddOn {
    /// Whose it is.
    pub application: ApplicationId,
    /// Which it is.
    pub handle: Handle,
    /// Whether end users see it; off when installed, as at Beefree.
    pub enabled: bool,
    /// Its providers, in the order they are asked.
    pub providers: Vec<ProviderId>,
    /// Its settings, checked by [`check_settings`].
    pub settings: Map<String, Value>,
}

/// Refuses settings the AddOn does not have or whose value is of another type.
pub fn check_settings(handle: Handle, settings: &Map<String, Value>) -> Result<(), InvalidValue> {
    let bad = |rule| InvalidValue { what: "setting", rule };
    for (name, value) in settings {
        let setting = handle
            .descriptor()
            .settings
            .iter()
            .find(|known| known.name == name)
            .ok_or(bad("is not one this AddOn has"))?;
        let fits = match setting.of {
            SettingType::Switch => value.is_boolean(),
            SettingType::Number => value.as_f64().is_some_and(|number| number >= 0.0),
            SettingType::Text => value.as_str().is_some_and(|text| text.chars().count() <= 80),
            SettingType::LongText => value.as_str().is_some_and(|text| text.chars().count() <= 20_000),
            SettingType::List => value.is_array(),
        };
        if !fits {
            return Err(bad(
                "must be true or false, a number of 0 or more, a text within its length, or a JSON array, as the AddOn says",
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusion_is_mutual() {
        for known in REGISTRY {
            if let Some(other) = known.excludes {
                assert_eq!(other.descriptor().excludes, Some(known.handle));
                assert_ne!(other, known.handle);
            }
        }
    }

    #[test]
    fn settings_are_beefrees_and_typed() {
        let handle = ai_integration::DESCRIPTOR.handle;
        let check = |json: &str| check_settings(handle, &serde_json::from_str(json).unwrap());
        assert!(check(r#"{"tokensAvailable": 100, "isUpsellEnabled": true, "tokenLabel": "words"}"#).is_ok());
        assert!(check(r#"{"tokensAvailable": -1}"#).is_err());
        assert!(check(r#"{"isUpsellEnabled": "yes"}"#).is_err());
        assert!(check(r#"{"unheardOf": 1}"#).is_err());
    }
}
