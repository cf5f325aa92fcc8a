//! An application: a host app's registration, and the end user's `uid` under it.

use serde::{Deserialize, Serialize};

use crate::{ApplicationId, ClientId, InvalidValue, Origin, Timestamp};

/// What the host app builds with Beefree.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum ApplicationKind {
    /// Email Builder.
    Email,
    /// Page Builder.
    Page,
    /// Popup Builder.
    Popup,
}

impl ApplicationKind {
    /// Every kind, in the order shown to people.
    pub const ALL: [Self; 3] = [Self::Email, Self::Page, Self::Popup];

    /// The word used in the API, the store and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Page => "page",
            Self::Popup => "popup",
        }
    }
}

impl std::str::FromStr for ApplicationKind {
    type Err = InvalidValue;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(InvalidValue { what: "application type", rule: "must be email, page or popup" })
    }
}

/// 1 to 80 characters, no control characters, no space at either end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct ApplicationName(String);

impl ApplicationName {
    /// The name as typed, without the spaces around it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ApplicationName {
    type Error = InvalidValue;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        checked_name(&text, 1, "application name", "needs 1 to 80 characters").map(Self)
    }
}

impl From<ApplicationName> for String {
    fn from(name: ApplicationName) -> Self {
        name.0
    }
}

/// The rule behind all names people type: `least` to 80 characters, none of them a control character.
pub(crate) fn checked_name(
    text: &str,
    least: usize,
    what: &'static str,
    rule: &'static str,
) -> Result<String, InvalidValue> {
    let name = text.trim();
    if name.chars().any(char::is_control) {
        return Err(InvalidValue { what, rule: "must not hold control characters" });
    }
    if !(least..=80).contains(&name.chars().count()) {
        return Err(InvalidValue { what, rule });
    }
    Ok(name.to_owned())
}

/// The end user as the host app names them: 1 to 255 of `A-Z a-z 0-9 _ -`. Personal; never logged or stored.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Uid(String);

impl Uid {
    /// Reads a `uid`; the length limit is ours, the characters are Beefree's.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        let valid = (1..=255).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        valid
            .then(|| Self(text.to_owned()))
            .ok_or(InvalidValue { what: "uid", rule: "is 1 to 255 letters, digits, _ or -" })
    }

    /// The `uid`, to be given back to the host app it came from and to nobody else.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A host app's registration, without its client secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Identity inside the store.
    pub id: ApplicationId,
    /// Public half of its credentials.
    pub client_id: ClientId,
    /// Shown to people; unique.
    pub name: ApplicationName,
    /// What it builds.
    pub kind: ApplicationKind,
    /// The origins whose pages may call for it.
    pub origins: Vec<Origin>,
    /// When it was added.
    pub created: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uid_takes_beefrees_characters_only() {
        assert!(Uid::parse("user-1_A").is_ok());
        for bad in ["", "mario.rossi", "a b", "ü", "a@b", &"x".repeat(256)] {
            assert!(Uid::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_are_trimmed_and_bounded() {
        assert_eq!(
            ApplicationName::try_from("  Spring Mailer ".to_owned()).unwrap().as_str(),
            "Spring Mailer"
        );
        assert!(ApplicationName::try_from(" ".to_owned()).is_err());
        assert!(ApplicationName::try_from("a\nb".to_owned()).is_err());
        assert!(ApplicationName::try_from("x".repeat(81)).is_err());
    }
}
