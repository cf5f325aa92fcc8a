//! A provider: one configured account at an AI provider, without its key.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::application::checked_name;
use crate::{ApplicationId, BaseUrl, InvalidValue, ProviderId, Timestamp};

/// Which AI provider an account is at, by the adapter's own word (`openai`, `anthropic`, `sandbox`, …).
///
/// A word and not an enum: the registry of adapters decides what exists, so that a new one touches nothing here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct ProviderKind(String);

impl ProviderKind {
    /// The word itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ProviderKind {
    type Error = InvalidValue;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let valid = (2..=32).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        valid
            .then_some(Self(text))
            .ok_or(InvalidValue { what: "provider type", rule: "is 2 to 32 small letters, digits or dashes" })
    }
}

impl From<ProviderKind> for String {
    fn from(kind: ProviderKind) -> Self {
        kind.0
    }
}

/// 3 to 80 characters, unique within its application (Beefree's rule).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct ProviderName(String);

impl ProviderName {
    /// The name as typed, without the spaces around it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ProviderName {
    type Error = InvalidValue;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        checked_name(&text, 3, "provider name", "needs 3 to 80 characters").map(Self)
    }
}

impl From<ProviderName> for String {
    fn from(name: ProviderName) -> Self {
        name.0
    }
}

/// A model's id as the provider spells it: 1 to 128 of `A-Z a-z 0-9 . _ : / -`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Model(String);

impl Model {
    /// The id itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Model {
    type Error = InvalidValue;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let text = text.trim().to_owned();
        let valid = (1..=128).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._:/-".contains(&b));
        valid
            .then_some(Self(text))
            .ok_or(InvalidValue { what: "model", rule: "is 1 to 128 letters, digits or . _ : / -" })
    }
}

impl From<Model> for String {
    fn from(model: Model) -> Self {
        model.0
    }
}

/// The last four characters of a key, or nothing when the key is shorter than 12 (invariant 1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct KeyTail(String);

impl KeyTail {
    /// What may be shown of `key`.
    #[must_use]
    pub fn of(key: &str) -> Self {
        let length = key.chars().count();
        Self(if length < 12 { String::new() } else { key.chars().skip(length - 4).collect() })
    }

    /// A tail read back from the store.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The shown characters; empty when nothing may be shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What else a provider type asks for, by the field's word (`api-version`); which there are, its adapter says.
///
/// At most 16, each value 1 to 200 visible ASCII characters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "BTreeMap<String, String>", into = "BTreeMap<String, String>")]
#[ts(type = "Record<string, string>")]
pub struct ProviderOptions(BTreeMap<String, String>);

impl ProviderOptions {
    /// The value of an option.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Every option with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl TryFrom<BTreeMap<String, String>> for ProviderOptions {
    type Error = InvalidValue;
    fn try_from(mut all: BTreeMap<String, String>) -> Result<Self, Self::Error> {
        all.values_mut().for_each(|value| *value = value.trim().to_owned());
        // An empty box in a form is no value.
        all.retain(|_, value| !value.is_empty());
        let word = |b: u8| b.is_ascii_lowercase() || b == b'-';
        let good = all.len() <= 16
            && all.iter().all(|(name, value)| {
                name.len() <= 32
                    && name.bytes().all(word)
                    && value.len() <= 200
                    && value.bytes().all(|b| b.is_ascii_graphic())
            });
        good.then_some(Self(all)).ok_or(InvalidValue {
            what: "provider option",
            rule: "is 1 to 200 visible ASCII characters without spaces",
        })
    }
}

impl From<ProviderOptions> for BTreeMap<String, String> {
    fn from(options: ProviderOptions) -> Self {
        options.0
    }
}

/// A configured account, without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Identity inside the store.
    pub id: ProviderId,
    /// The application it belongs to.
    pub application: ApplicationId,
    /// Shown to people; unique within the application.
    pub name: ProviderName,
    /// Which adapter speaks to it.
    pub kind: ProviderKind,
    /// Where its server is.
    pub base_url: BaseUrl,
    /// The model it is asked for; `None` lets the adapter's default stand.
    pub model: Option<Model>,
    /// What else its type asks for.
    pub options: ProviderOptions,
    /// Whether a developer agreed to plain HTTP towards a host that is not this machine.
    pub plain_http_allowed: bool,
    /// What may be shown of its key; `None` when it has none (sandbox).
    pub key_tail: Option<KeyTail>,
    /// Whether anything may ask it.
    pub active: bool,
    /// When it was added.
    pub created: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invariant_1_nothing_of_a_short_key_is_shown() {
        assert_eq!(KeyTail::of("sk-12345678").as_str(), "");
        assert_eq!(KeyTail::of("sk-123456789").as_str(), "6789");
        assert_eq!(KeyTail::of("").as_str(), "");
    }

    #[test]
    fn model_ids_cannot_carry_a_query() {
        assert!(Model::try_from("gpt-6-luna".to_owned()).is_ok());
        assert!(Model::try_from("ft:gpt-4o:acme::x/y".to_owned()).is_ok());
        for bad in ["", "a b", "a?b", "a#b", "a%2e", &"x".repeat(129)] {
            assert!(Model::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
