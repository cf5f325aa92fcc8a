//! An application's client secret: 256 random bits, shown once, kept as a hash. Never stored itself.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{NoRandom, Random};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// A client secret, to be shown to the developer this once. Cannot be printed, copied or serialised:
///
/// ```compile_fail,E0277
/// fn of(secret: vault::ClientSecret) -> String { format!("{secret:?}") }
/// ```
/// ```compile_fail,E0599
/// fn of(secret: &vault::ClientSecret) -> vault::ClientSecret { secret.clone() }
/// ```
/// ```compile_fail,E0277
/// fn of(secret: vault::ClientSecret) -> serde_json::Result<String> { serde_json::to_string(&secret) }
/// ```
pub struct ClientSecret(Zeroizing<String>);

impl ClientSecret {
    pub(crate) fn make(random: &dyn Random) -> Result<Self, NoRandom> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        random.fill(bytes.as_mut_slice())?;
        Ok(Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()))))
    }

    /// SHA-256 is enough: nobody guesses 256 random bits.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// Shows it.
    pub fn expose<R>(&self, read: impl FnOnce(&str) -> R) -> R {
        read(&self.0)
    }
}
