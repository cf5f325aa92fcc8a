//! Custody: where the vault key is kept between runs, and how that place can fail.

mod credentials;
mod key_file;
mod keyring;
mod passphrase;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub(crate) use credentials::Credentials;
pub(crate) use key_file::KeyFile;
pub use keyring::OsKeyring;
pub use passphrase::Passphrase;

/// How the vault stands. Six states that are never taken for one another; none is ever saved over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum CustodyState {
    /// No vault key was ever needed.
    Empty,
    /// Keys can be sealed and opened.
    Open,
    /// A passphrase is needed, or the keyring is locked.
    Locked,
    /// No keyring answers.
    KeyringMissing,
    /// The custody slot answers, but our vault key is not in it.
    KeyMissing,
    /// Something stored does not authenticate.
    Damaged,
}

/// Where a vault key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum CustodyKind {
    /// The operating system's keyring.
    Keyring,
    /// Wrapped under a passphrase, in the store.
    Passphrase,
    /// A file that only its owner can read.
    KeyFile,
    /// A folder of credentials that somebody else provides, such as systemd; never written.
    Credentials,
}

impl CustodyKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::Passphrase => "passphrase",
            Self::KeyFile => "key-file",
            Self::Credentials => "credentials",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        [Self::Keyring, Self::Passphrase, Self::KeyFile, Self::Credentials]
            .into_iter()
            .find(|k| k.word() == word)
    }
}

/// Which custody slot to use.
pub enum Custody {
    /// The operating system's keyring.
    Keyring,
    /// A passphrase; `None` where it has still to be asked for.
    Passphrase(Option<Passphrase>),
    /// A file of this path, made when there is none; refused while others may read it.
    KeyFile(PathBuf),
    /// A folder in which somebody puts `addon-console.master-v1` (64 random bytes in base64), such as systemd's
    /// `$CREDENTIALS_DIRECTORY`.
    Credentials(PathBuf),
}

impl Custody {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> CustodyKind {
        match self {
            Self::Keyring => CustodyKind::Keyring,
            Self::Passphrase(_) => CustodyKind::Passphrase,
            Self::KeyFile(_) => CustodyKind::KeyFile,
            Self::Credentials(_) => CustodyKind::Credentials,
        }
    }
}

/// Why a key store did not do what it was asked. No variant holds what was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyStoreError {
    /// It answers, and has no such entry.
    #[error("no such entry")]
    NoEntry,
    /// It is locked, or its owner declined to unlock it.
    #[error("the keyring is locked")]
    Locked,
    /// It did not answer in time; most likely it waits for its owner.
    #[error("the keyring does not answer")]
    NoAnswer,
    /// There is none.
    #[error("no keyring on this machine")]
    Unavailable,
    /// It is only read.
    #[error("this slot is only read")]
    ReadOnly,
    /// Others than its owner may read it.
    #[error("others may read the key file")]
    Exposed,
    /// It failed otherwise.
    #[error("the keyring failed")]
    Failed,
}

impl From<KeyStoreError> for CustodyState {
    fn from(error: KeyStoreError) -> Self {
        match error {
            KeyStoreError::NoEntry => Self::KeyMissing,
            KeyStoreError::Locked | KeyStoreError::NoAnswer => Self::Locked,
            KeyStoreError::Unavailable
            | KeyStoreError::ReadOnly
            | KeyStoreError::Exposed
            | KeyStoreError::Failed => Self::KeyringMissing,
        }
    }
}

/// A place that keeps small secrets by name. A read after a write comes from the place itself, not from a memory of it.
pub trait KeyStore: Send + Sync {
    /// What is kept under `name`.
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyStoreError>;
    /// Keeps `secret` under `name`, in place of what was there.
    fn put(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError>;
    /// Removes what is kept under `name`; nothing there is `NoEntry`.
    fn delete(&self, name: &str) -> Result<(), KeyStoreError>;
}
