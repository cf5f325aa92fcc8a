//! Language tags as Beefree's templates use them (`it-IT`). Knows no list of languages: that is each provider's.

use serde::Deserialize;

use crate::InvalidValue;

/// A tag of the form of BCP 47: 2 or 3 letters, then parts of 2 to 8 letters or digits; at most 35 characters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LanguageTag(String);

impl LanguageTag {
    /// The tag as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for LanguageTag {
    type Error = InvalidValue;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut parts = text.split('-');
        let first = parts.next().unwrap_or_default();
        let valid = text.len() <= 35
            && (2..=3).contains(&first.len())
            && first.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        let bad = InvalidValue { what: "language", rule: "must be a tag such as en or it-IT" };
        valid.then_some(Self(text)).ok_or(bad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_checked() {
        for good in ["en", "it-IT", "zh-Hant-TW", "es-419"] {
            assert!(LanguageTag::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in ["", "e", "it_IT", "it-", "english", "en-US;q=1", "en--US"] {
            assert!(LanguageTag::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
