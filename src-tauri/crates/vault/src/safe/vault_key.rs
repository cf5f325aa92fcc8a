//! The vault key: 64 random bytes with a version. Everything else is derived from it, one sub-key per use.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::{NoRandom, Random};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::hazmat::{self, KEY_LEN, RawKey};

const SECRETS: &str = "addon-console/sub-key/secrets/v1";
const AUDIT: &str = "addon-console/sub-key/audit/v1";
const TAPES: &str = "addon-console/sub-key/tapes/v1";
const SLOTS: &str = "addon-console/sub-key/slots/v1";
/// Of vaults that have had an audit chain under this key, so that a chain taken away whole shows.
const CHECK: &[u8] = b"addon-console/kcv/v2";
/// Of vaults from before there was a chain.
const CHECK_V1: &[u8] = b"addon-console/kcv/v1";

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

    /// What is derived from it for daily use.
    pub(crate) fn sub_keys(&self) -> SubKeys {
        SubKeys {
            secrets: hazmat::derive(&self.bytes, SECRETS),
            audit: hazmat::derive(&self.bytes, AUDIT),
            tapes: hazmat::derive(&self.bytes, TAPES),
            slots: hazmat::derive(&self.bytes, SLOTS),
        }
    }

    /// Tells a wrong key from a damaged row: equal for equal keys, says nothing of them.
    pub(crate) fn check_value(&self) -> Vec<u8> {
        self.check(CHECK)
    }

    /// Whether `check_value` is this key's, and if so, whether it dates from before the audit chain.
    pub(crate) fn matches(&self, check_value: &[u8]) -> Option<Age> {
        if self.check(CHECK).ct_eq(check_value).into() {
            Some(Age::Chained)
        } else if self.check(CHECK_V1).ct_eq(check_value).into() {
            Some(Age::BeforeTheChain)
        } else {
            None
        }
    }

    fn check(&self, label: &[u8]) -> Vec<u8> {
        hazmat::encrypt(&self.bytes, &[label], b"").unwrap_or_default()
    }
}

/// Since when a vault key has been in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// From before there was an audit chain.
    BeforeTheChain,
    /// Whatever was done under it is in the chain.
    Chained,
}

/// One key for each use of the vault key.
pub(crate) struct SubKeys {
    /// Seals provider keys.
    pub(crate) secrets: RawKey,
    /// Seals the audit chain.
    pub(crate) audit: RawKey,
    /// Seals the keys of tape sets.
    pub(crate) tapes: RawKey,
    /// Seals what custody slots say of themselves.
    pub(crate) slots: RawKey,
}
