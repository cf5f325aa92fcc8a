//! A passphrase as it was given. Wiped when dropped; cannot be printed.

use zeroize::Zeroizing;

use crate::safe::KeyFormatError;

/// A passphrase of at least one byte. Cannot be printed, copied, compared or serialised:
///
/// ```compile_fail,E0277
/// fn of(passphrase: vault::Passphrase) -> String { format!("{passphrase:?}") }
/// ```
/// ```compile_fail,E0599
/// fn of(passphrase: &vault::Passphrase) -> vault::Passphrase { passphrase.clone() }
/// ```
/// ```compile_fail,E0277
/// fn of(passphrase: vault::Passphrase) -> serde_json::Result<String> { serde_json::to_string(&passphrase) }
/// ```
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
