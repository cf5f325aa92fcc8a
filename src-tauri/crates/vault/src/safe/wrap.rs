//! The vault key wrapped under a passphrase: Argon2id makes a wrapping key, AES-SIV wraps.
//!
//! The parameters stand beside the wrapped key, so that stronger ones can come later without a new format.

use argon2::{Algorithm, Argon2, Params, Version};
use domain::{NoRandom, Random};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::VaultKey;
use crate::hazmat::{self, KEY_LEN, RawKey};

const LABEL: &[u8] = b"addon-console/wrap/passphrase/v1";
pub(crate) const SALT_LEN: usize = 16;
/// No file may ask for more than 1 GiB or 16 rounds: it could have been made to stop this machine.
const MEMORY_MAX_KIB: u32 = 1024 * 1024;
const ROUNDS_MAX: u32 = 16;

/// Argon2id's cost (RFC 9106: the second recommended option, 64 MiB).
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Cost {
    memory_kib: u32,
    rounds: u32,
    lanes: u32,
}

pub(crate) const COST: Cost = Cost { memory_kib: 64 * 1024, rounds: 3, lanes: 1 };

/// A vault key that only the passphrase can open.
pub(crate) struct Wrapped {
    pub(crate) cost: Cost,
    pub(crate) salt: Vec<u8>,
    pub(crate) blob: Vec<u8>,
}

/// What a passphrase was stretched to. Kept while the vault is open, so that a new vault key can be wrapped without
/// asking again; no `Debug`, `Clone`, `Serialize`.
pub(crate) struct Wrapping {
    key: Box<RawKey>,
    cost: Cost,
    salt: Vec<u8>,
}

impl Wrapping {
    /// Stretches a passphrase with a new salt. Takes a good part of a second and 64 MiB.
    pub(crate) fn make(passphrase: &[u8], random: &dyn Random) -> Result<Option<Self>, NoRandom> {
        let mut salt = vec![0; SALT_LEN];
        random.fill(&mut salt)?;
        Ok(Self::again(passphrase, COST, salt))
    }

    /// Stretches a passphrase as it was for `wrapped`.
    pub(crate) fn of(passphrase: &[u8], wrapped: &Wrapped) -> Option<Self> {
        Self::again(passphrase, wrapped.cost, wrapped.salt.clone())
    }

    /// Stretches a passphrase at another cost, for tests that cannot wait.
    #[cfg(test)]
    pub(crate) fn at_cost(passphrase: &[u8], cost: Cost, salt: &[u8]) -> Option<Self> {
        Self::again(passphrase, cost, salt.to_vec())
    }

    fn again(passphrase: &[u8], cost: Cost, salt: Vec<u8>) -> Option<Self> {
        Some(Self { key: Box::new(stretch(passphrase, &salt, cost)?), cost, salt })
    }

    /// Wraps `key` for the vault `vault_id`.
    pub(crate) fn wrap(&self, key: &VaultKey, vault_id: &[u8]) -> Option<Wrapped> {
        let version = u64::from(key.version()).to_be_bytes();
        let blob = hazmat::encrypt(&self.key, &[LABEL, vault_id, &version, &self.salt], key.bytes())?;
        Some(Wrapped { cost: self.cost, salt: self.salt.clone(), blob })
    }

    /// `None`: the passphrase is another, or something was changed.
    pub(crate) fn unwrap(&self, wrapped: &Wrapped, vault_id: &[u8], version: u32) -> Option<VaultKey> {
        let number = u64::from(version).to_be_bytes();
        let plain = hazmat::decrypt(&self.key, &[LABEL, vault_id, &number, &wrapped.salt], &wrapped.blob)?;
        VaultKey::from_bytes(&plain, version)
    }
}

/// A key from a passphrase or a recovery code.
pub(crate) fn stretch(secret: &[u8], salt: &[u8], cost: Cost) -> Option<RawKey> {
    if cost.memory_kib > MEMORY_MAX_KIB || cost.rounds > ROUNDS_MAX {
        return None;
    }
    let params = Params::new(cost.memory_kib, cost.rounds, cost.lanes, Some(KEY_LEN)).ok()?;
    let mut key: RawKey = Zeroizing::new([0; KEY_LEN]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret, salt, key.as_mut_slice())
        .ok()?;
    Some(key)
}
