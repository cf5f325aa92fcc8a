//! A passphrase as it was given. Wiped when dropped; cannot be printed.

use zeroize::Zeroizing;

use crate::safe::KeyFormatError;

/// A passphrase of at least one byte.
pub struct Passphrase(Zeroizing<Vec<u8>>);

impl Passphrase {
    /// Takes a passphrase as it is, white space included; refuses an empty one.
    pub fn from_bytes(bytes: Zeroizing<Vec<u8>>) -> Result<Self, KeyFormatError> {
        if bytes.is_empty() { Err(KeyFormatError) } else { Ok(Self(bytes)) }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
