//! The key of one set of tapes, and what it seals: format version 1, as written down in `docs/security.md`.
//!
//! A set's key is 64 random bytes, sealed under the vault key's sub-key for tapes: `0x01 ‖ nonce[16] ‖ SIV[16] ‖ C` with the
//! headers label, set, key version, nonce. A recorded exchange is sealed under a sub-key of that, with the headers label,
//! set, exchange, nonce. Who deletes a set's key has deleted its tapes.

use domain::{Asked, NoRandom, Random, TapeSetId};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::Opener;
use crate::hazmat::{self, KEY_LEN, RawKey};

const FORMAT: u8 = 1;
const KEY_LABEL: &[u8] = b"addon-console/tape-key/v1";
const TAPE_LABEL: &[u8] = b"addon-console/tape/v1";
const SEAL: &str = "addon-console/tape-sub-key/seal/v1";
const ASKED: &str = "addon-console/tape-sub-key/asked/v1";
const NONCE_LEN: usize = 16;

/// A set's key as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SealedTapeKey {
    pub(crate) blob: Vec<u8>,
    pub(crate) version: u32,
}

/// A set's key at hand. No `Debug`, `Clone`, `Serialize`; wiped when dropped.
pub(crate) struct TapeKey {
    set: TapeSetId,
    bytes: RawKey,
    seal: RawKey,
}

impl TapeKey {
    /// A new key for a new set.
    pub(crate) fn make(set: TapeSetId, random: &dyn Random) -> Result<Self, NoRandom> {
        let mut bytes: RawKey = Zeroizing::new([0; KEY_LEN]);
        random.fill(bytes.as_mut_slice())?;
        Ok(Self::of(set, bytes))
    }

    fn of(set: TapeSetId, bytes: RawKey) -> Self {
        let seal = hazmat::derive(&bytes, SEAL);
        Self { set, bytes, seal }
    }

    /// Seals it under the vault key.
    pub(crate) fn wrap(&self, opener: &Opener, random: &dyn Random) -> Result<SealedTapeKey, NoRandom> {
        let version = opener.version();
        let blob = sealed(&opener.keys().tapes, self.bytes.as_slice(), random, |nonce| {
            [KEY_LABEL.into(), self.set.0.as_bytes().into(), u64::from(version).to_be_bytes().into(), nonce]
        })?;
        Ok(SealedTapeKey { blob, version })
    }

    /// Opens a set's key; `None`: it was changed, or belongs to another set or vault key.
    pub(crate) fn unwrap(stored: &SealedTapeKey, set: TapeSetId, opener: &Opener) -> Option<Self> {
        let version = u64::from(opener.version()).to_be_bytes();
        if stored.version != opener.version() {
            return None;
        }
        let plain = opened(&opener.keys().tapes, &stored.blob, |nonce| {
            [KEY_LABEL.into(), set.0.as_bytes().into(), version.into(), nonce]
        })?;
        let bytes: RawKey = Zeroizing::new(plain.as_slice().try_into().ok()?);
        Some(Self::of(set, bytes))
    }

    /// Seals one exchange.
    pub(crate) fn seal(&self, id: Uuid, plain: &[u8], random: &dyn Random) -> Result<Vec<u8>, NoRandom> {
        sealed(&self.seal, plain, random, |nonce| {
            [TAPE_LABEL.into(), self.set.0.as_bytes().into(), id.as_bytes().into(), nonce]
        })
    }

    /// Opens one exchange; `None`: it was changed, or belongs elsewhere.
    pub(crate) fn open(&self, id: Uuid, blob: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        opened(&self.seal, blob, |nonce| {
            [TAPE_LABEL.into(), self.set.0.as_bytes().into(), id.as_bytes().into(), nonce]
        })
    }

    /// Where an exchange is looked up: who guesses a prompt cannot see from the store whether it was recorded.
    pub(crate) fn place(&self, asked: &Asked) -> [u8; 32] {
        let key = hazmat::derive(&self.bytes, ASKED);
        let mut half = Zeroizing::new([0; 32]);
        half.copy_from_slice(&key[..32]);
        hazmat::keyed_hash(&half, asked)
    }
}

fn sealed(
    key: &[u8; KEY_LEN],
    plain: &[u8],
    random: &dyn Random,
    headers: impl FnOnce(Vec<u8>) -> [Vec<u8>; 4],
) -> Result<Vec<u8>, NoRandom> {
    let mut nonce = [0; NONCE_LEN];
    random.fill(&mut nonce)?;
    let headers = headers(nonce.to_vec());
    // Fails only for more headers than AES-SIV takes, which is more than a hundred.
    let cipher = hazmat::encrypt(key, &headers.each_ref().map(Vec::as_slice), plain).unwrap_or_default();
    Ok([&[FORMAT], nonce.as_slice(), &cipher].concat())
}

fn opened(
    key: &[u8; KEY_LEN],
    blob: &[u8],
    headers: impl FnOnce(Vec<u8>) -> [Vec<u8>; 4],
) -> Option<Zeroizing<Vec<u8>>> {
    let rest = blob.strip_prefix(&[FORMAT])?;
    let (nonce, cipher) = rest.split_at_checked(NONCE_LEN)?;
    let headers = headers(nonce.to_vec());
    hazmat::decrypt(key, &headers.each_ref().map(Vec::as_slice), cipher)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::super::VaultKey;
    use super::*;

    struct Counting(AtomicU8);

    impl Random for Counting {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandom> {
            bytes.fill(self.0.fetch_add(1, Ordering::SeqCst));
            Ok(())
        }
    }

    #[test]
    fn a_tape_opens_in_its_set_under_its_vault_key_and_nowhere_else() {
        let random = Counting(AtomicU8::new(1));
        let (one, two) = (TapeSetId(Uuid::from_u128(1)), TapeSetId(Uuid::from_u128(2)));
        let opener = |byte, version| Opener::new(&VaultKey::from_bytes(&[byte; 64], version).unwrap());
        let key = TapeKey::make(one, &random).unwrap();
        let stored = key.wrap(&opener(1, 1), &random).unwrap();
        let opens = |stored: &SealedTapeKey, set, opener: Opener| {
            TapeKey::unwrap(stored, set, &opener).is_some_and(|back| *back.bytes == *key.bytes)
        };
        assert!(opens(&stored, one, opener(1, 1)));
        assert!(!opens(&stored, two, opener(1, 1)), "another set");
        assert!(!opens(&stored, one, opener(2, 1)), "another vault key");
        assert!(!opens(&stored, one, opener(1, 2)), "another version");
        let (id, other) = (Uuid::from_u128(3), Uuid::from_u128(4));
        let blob = key.seal(id, b"an answer", &random).unwrap();
        assert_eq!(key.open(id, &blob).unwrap().as_slice(), b"an answer");
        assert!(key.open(other, &blob).is_none(), "moved to another row");
        for place in 0..blob.len() {
            let mut changed = blob.clone();
            changed[place] ^= 1;
            assert!(key.open(id, &changed).is_none(), "{place}");
        }
        let else_where = TapeKey::make(two, &random).unwrap();
        assert!(else_where.open(id, &blob).is_none());
        assert_ne!(key.place(&[1; 32]), else_where.place(&[1; 32]));
        assert_eq!(key.place(&[1; 32]), key.place(&[1; 32]));
    }
}
