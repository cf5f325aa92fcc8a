//! A provider key, sealed: format version 1, as written down in `docs/security.md`.
//!
//! `0x01 ‖ nonce[16] ‖ SIV[16] ‖ C`, where the headers are the label, the record's id, its application, the provider
//! type, the upstream origin, the key version and the nonce. A row copied to another place, or one whose base URL was
//! edited, does not open. The plain text is its length, the key, and zeros up to a multiple of 64 bytes.

use std::sync::Arc;

use domain::{ApplicationId, NoRandom, Provider, ProviderId, ProviderKind, Random};
use zeroize::Zeroizing;

use super::vault_key::SubKeys;
use super::{ProviderKey, VaultKey};
use crate::hazmat;

const FORMAT: u8 = 1;
const LABEL: &[u8] = b"addon-console/secret/v1";
const NONCE_LEN: usize = 16;
const PAD: usize = 64;
const LENGTH_LEN: usize = 2;

/// What a sealed key belongs to. Another of any of these, and it does not open.
pub struct Binding {
    /// The provider's record.
    pub record: ProviderId,
    /// Its application.
    pub application: ApplicationId,
    /// Its type.
    pub kind: ProviderKind,
    /// Where the key may be sent: scheme, host and port.
    pub upstream_origin: String,
}

impl Binding {
    /// The binding of a provider as it is stored.
    #[must_use]
    pub fn of(provider: &Provider) -> Self {
        Self {
            record: provider.id,
            application: provider.application,
            kind: provider.kind.clone(),
            upstream_origin: provider.base_url.upstream_origin(),
        }
    }

    fn headers<'a>(&'a self, version: &'a [u8; 8], nonce: &'a [u8]) -> [&'a [u8]; 7] {
        [
            LABEL,
            self.record.0.as_bytes(),
            self.application.0.as_bytes(),
            self.kind.as_str().as_bytes(),
            self.upstream_origin.as_bytes(),
            version,
            nonce,
        ]
    }
}

/// A provider key that only the vault key can open.
#[derive(Clone)]
pub struct SealedKey {
    blob: Arc<[u8]>,
    version: u32,
}

impl std::fmt::Debug for SealedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealedKey({} bytes, key version {})", self.blob.len(), self.version)
    }
}

impl SealedKey {
    /// A row as it was read.
    pub(crate) fn from_stored(blob: &[u8], version: u32) -> Self {
        Self { blob: blob.into(), version }
    }

    pub(crate) fn blob(&self) -> &[u8] {
        &self.blob
    }

    pub(crate) fn version(&self) -> u32 {
        self.version
    }
}

/// Why a sealed key does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It was sealed under another version of the vault key.
    #[error("sealed under another version of the vault key")]
    OtherVersion,
    /// Its format is not one this program knows.
    #[error("sealed in an unknown format")]
    UnknownFormat,
    /// It was changed, or belongs to another record, application, type or origin.
    #[error("does not authenticate")]
    Damaged,
}

/// Opens sealed keys. Cheap to clone; what it holds is one allocation, kept out of the swap file where the system allows,
/// and wiped when the last clone is dropped. Cannot be printed or serialised:
///
/// ```compile_fail,E0277
/// fn of(opener: vault::Opener) -> String { format!("{opener:?}") }
/// ```
/// ```compile_fail,E0277
/// fn of(opener: vault::Opener) -> serde_json::Result<String> { serde_json::to_string(&opener) }
/// ```
#[derive(Clone)]
pub struct Opener {
    keys: Arc<Pinned>,
    version: u32,
}

struct Pinned {
    keys: Box<Page>,
    /// Held for its effect; `None` where the system refuses (`RLIMIT_MEMLOCK`). Dropped after the keys are wiped.
    lock: Option<region::LockGuard>,
}

/// A page of its own: locks do not nest, and an unlocked neighbour would unlock this one.
#[repr(align(4096))]
struct Page(SubKeys);

impl Opener {
    pub(crate) fn new(key: &VaultKey) -> Self {
        let keys = Box::new(Page(key.sub_keys()));
        let lock = region::lock(std::ptr::from_ref::<Page>(&keys), size_of::<Page>()).ok();
        Self { keys: Arc::new(Pinned { keys, lock }), version: key.version() }
    }

    /// The version of the vault key it opens for.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Whether the system keeps it out of the swap file.
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        self.keys.lock.is_some()
    }

    pub(crate) fn keys(&self) -> &SubKeys {
        &self.keys.keys.0
    }

    /// Opens `sealed` if it belongs to `binding`.
    pub fn open(&self, sealed: &SealedKey, binding: &Binding) -> Result<ProviderKey, OpenError> {
        if sealed.version != self.version {
            return Err(OpenError::OtherVersion);
        }
        let (format, rest) = sealed.blob.split_first().ok_or(OpenError::Damaged)?;
        if *format != FORMAT {
            return Err(OpenError::UnknownFormat);
        }
        let (nonce, cipher) = rest.split_at_checked(NONCE_LEN).ok_or(OpenError::Damaged)?;
        let version = u64::from(self.version).to_be_bytes();
        let padded = hazmat::decrypt(&self.keys().secrets, &binding.headers(&version, nonce), cipher);
        unpad(&padded.ok_or(OpenError::Damaged)?).ok_or(OpenError::Damaged)
    }
}

/// Seals `key` for `binding` under `opener`'s key. The nonce is random, so equal keys look different.
pub(crate) fn seal(
    opener: &Opener,
    key: &ProviderKey,
    binding: &Binding,
    random: &dyn Random,
) -> Result<SealedKey, NoRandom> {
    seal_padded(opener, &pad(key), binding, random)
}

/// Seals what `pad` makes; tests seal other things with it, too.
pub(crate) fn seal_padded(
    opener: &Opener,
    plain: &[u8],
    binding: &Binding,
    random: &dyn Random,
) -> Result<SealedKey, NoRandom> {
    let mut nonce = [0; NONCE_LEN];
    random.fill(&mut nonce)?;
    let version = u64::from(opener.version).to_be_bytes();
    // Fails only for more headers than AES-SIV takes, which is more than a hundred.
    let cipher = hazmat::encrypt(&opener.keys().secrets, &binding.headers(&version, &nonce), plain)
        .unwrap_or_default();
    let blob = [&[FORMAT], nonce.as_slice(), &cipher].concat();
    Ok(SealedKey { blob: blob.into(), version: opener.version })
}

/// Hides the length of a key to within 64 bytes.
fn pad(key: &ProviderKey) -> Zeroizing<Vec<u8>> {
    let bytes = key.bytes();
    let mut plain = Zeroizing::new(vec![0; (LENGTH_LEN + bytes.len()).next_multiple_of(PAD)]);
    // A key has at most 4,096 bytes.
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    plain[..LENGTH_LEN].copy_from_slice(&length.to_be_bytes());
    plain[LENGTH_LEN..LENGTH_LEN + bytes.len()].copy_from_slice(bytes);
    plain
}

fn unpad(plain: &[u8]) -> Option<ProviderKey> {
    let (length, rest) = plain.split_first_chunk::<LENGTH_LEN>()?;
    let (key, padding) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    if !plain.len().is_multiple_of(PAD) || padding.len() >= PAD || padding.iter().any(|byte| *byte != 0) {
        return None;
    }
    // Exactly what was sealed: a key that white space would have to be cut from was never sealed here.
    ProviderKey::from_bytes(Zeroizing::new(key.to_vec()))
        .ok()
        .filter(|opened| opened.bytes().len() == key.len())
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
