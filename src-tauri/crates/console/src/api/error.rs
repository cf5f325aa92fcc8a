//! The one error every face gets: a stable code, what happened, what to do. Faces match the code only.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The stable reason. A code exists only if a face acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A value breaks a rule; the message names it.
    InvalidInput,
    /// There is no such application, AddOn or provider.
    NotFound,
    /// The name is taken.
    NameTaken,
    /// Two AddOns that exclude each other cannot both be on.
    Excluded,
    /// The provider's type needs a key.
    NeedsKey,
    /// What was given as a key cannot be one.
    KeyFormat,
    /// The staged key was used, discarded or kept too long.
    KeyNotStaged,
    /// The clipboard cannot be read or holds no text.
    ClipboardEmpty,
    /// Plain HTTP to another machine needs consent.
    PlainHttp,
    /// The vault is locked: a passphrase or the keyring's is needed.
    VaultLocked,
    /// No keyring answers.
    KeyringMissing,
    /// The keyring answers, but the vault key is gone from it.
    KeyMissing,
    /// Something stored does not authenticate.
    Damaged,
    /// A passphrase or a recovery code does not open the vault.
    WrongSecret,
    /// The staged passphrase or code was used or kept too long.
    SecretNotStaged,
    /// This custody slot is only read.
    ReadOnly,
    /// Another process holds the data directory.
    InUse,
    /// The disk is full or not writable.
    NotWritable,
    /// Another program listens on the port.
    PortTaken,
    /// The proxy is not running.
    ProxyStopped,
    /// This face cannot do that.
    Unsupported,
    /// A defect; the log has the reason.
    Internal,
}

/// A failure as faces see it. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// The stable reason.
    pub code: Code,
    /// What happened.
    pub message: String,
    /// What to do; may be empty.
    pub hint: String,
}

impl ApiError {
    /// An error with its sentence and its way out.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into() }
    }
}

impl From<domain::InvalidValue> for ApiError {
    fn from(invalid: domain::InvalidValue) -> Self {
        Self::new(Code::InvalidInput, format!("The {} {}.", invalid.what, invalid.rule), "")
    }
}
