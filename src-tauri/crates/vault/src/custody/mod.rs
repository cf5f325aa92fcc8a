//! Custody: where the vault key is kept between runs, and how that place can fail.

mod keyring;
mod passphrase;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

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

/// Which custody slot to use.
pub enum Custody {
    /// The operating system's keyring.
    Keyring,
    /// A passphrase.
    Passphrase(Passphrase),
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
    /// It failed otherwise.
    #[error("the keyring failed")]
    Failed,
}

impl From<KeyStoreError> for CustodyState {
    fn from(error: KeyStoreError) -> Self {
        match error {
            KeyStoreError::NoEntry => Self::KeyMissing,
            KeyStoreError::Locked | KeyStoreError::NoAnswer => Self::Locked,
            KeyStoreError::Unavailable | KeyStoreError::Failed => Self::KeyringMissing,
        }
    }
}

/// A place that keeps small secrets by name.
pub trait KeyStore: Send + Sync {
    /// What is kept under `name`.
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyStoreError>;
    /// Keeps `secret` under `name`, in place of what was there.
    fn put(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError>;
}
