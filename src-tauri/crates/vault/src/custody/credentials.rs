//! A folder of credentials that somebody else provides (systemd's `LoadCredential=`). Read, never written.

use std::io::ErrorKind;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::{KeyStore, KeyStoreError};

const PREFIX: &str = "addon-console.";

/// `addon-console.master-v1` and its successors, in one folder. The vault's identity is not part of the name: whoever
/// provides the folder provides it for one vault.
pub(crate) struct Credentials(pub(crate) PathBuf);

impl KeyStore for Credentials {
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        // `master-v1-IDENTITY`, as keyrings know it.
        let short = name.rsplit_once('-').map_or(name, |(short, _)| short);
        match std::fs::read(self.0.join(format!("{PREFIX}{short}"))) {
            Ok(text) => Ok(Zeroizing::new(Zeroizing::new(text).trim_ascii().to_vec())),
            Err(error) if error.kind() == ErrorKind::NotFound && self.0.is_dir() => {
                Err(KeyStoreError::NoEntry)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Err(KeyStoreError::Unavailable),
            Err(_) => Err(KeyStoreError::Failed),
        }
    }

    fn put(&self, _: &str, _: &[u8]) -> Result<(), KeyStoreError> {
        Err(KeyStoreError::ReadOnly)
    }

    fn delete(&self, _: &str) -> Result<(), KeyStoreError> {
        Err(KeyStoreError::ReadOnly)
    }
}
