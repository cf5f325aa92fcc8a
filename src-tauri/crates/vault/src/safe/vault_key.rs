//! The vault key: 64 random bytes with a version. Everything else is derived from it, one sub-key per use.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::{NoRandom, Random};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::hazmat::{self, KEY_LEN, RawKey};

const SECRETS: &str = "addon-console/sub-key/secrets/v1";
const CHECK: &[u8] = b"addon-console/kcv/v1";

/// The vault key. No `Debug`, `Clone`, `Serialize`; wiped when dropped.
pub(crate) struct VaultKey {
    bytes: Box<RawKey>,
    version: u32,
}

impl VaultKey {
    /// A new key. Only where no key was ever made, or by rotation.
    pub(crate) fn make(random: &dyn Random, version: u32) -> Result<Self, NoRandom> {
        let mut bytes: Box<RawKey> = Box::new(Zeroizing::new([0; KEY_LEN]));
        random.fill(bytes.as_mut_slice())?;
        Ok(Self { bytes, version })
    }

    pub(crate) fn from_bytes(bytes: &[u8], version: u32) -> Option<Self> {
        let bytes: Box<RawKey> = Box::new(Zeroizing::new(bytes.try_into().ok()?));
        Some(Self { bytes, version })
    }

    /// As keyrings keep it: text, since KWallet stores nothing else.
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(STANDARD.encode(self.bytes.as_slice()))
    }

    pub(crate) fn from_text(text: &[u8], version: u32) -> Option<Self> {
        let bytes = Zeroizing::new(STANDARD.decode(text).ok()?);
        Self::from_bytes(&bytes, version)
    }

    pub(crate) fn version(&self) -> u32 {
        self.version
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_LEN] {
        &self.bytes
    }

    /// The key that seals provider keys.
    pub(crate) fn for_secrets(&self) -> RawKey {
        hazmat::derive(&self.bytes, SECRETS)
    }

    /// Tells a wrong key from a damaged row: equal for equal keys, says nothing of them.
    pub(crate) fn check_value(&self) -> Vec<u8> {
        hazmat::encrypt(&self.bytes, &[CHECK], b"").unwrap_or_default()
    }

    pub(crate) fn matches(&self, check_value: &[u8]) -> bool {
        self.check_value().ct_eq(check_value).into()
    }
}
