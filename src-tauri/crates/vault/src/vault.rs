//! The vault: store, custody slot and vault key together. Promise: a key that was accepted is there after any crash,
//! and nowhere else in plain text.

mod key_acts;
mod records;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Random;

use crate::custody::{Custody, CustodyState, KeyStore, OsKeyring};
use crate::failure::{StoreError, VaultError};
use crate::lock_file::LockFile;
use crate::safe::{Opener, VaultKey, unwrap};
use crate::store::{Active, Store};

/// How long a keyring may take to answer where nobody sees it ask.
const KEYRING_PATIENCE: Duration = Duration::from_secs(3);

/// How a vault is opened.
pub struct Options {
    custody: Custody,
    keyring: Arc<dyn KeyStore>,
    random: Arc<dyn Random>,
}

impl Options {
    /// With the operating system's keyring, given three seconds to answer.
    #[must_use]
    pub fn new(custody: Custody, random: Arc<dyn Random>) -> Self {
        Self { custody, keyring: Arc::new(OsKeyring::new(KEYRING_PATIENCE)), random }
    }

    /// With another key store, or a more patient one.
    #[must_use]
    pub fn keyring(self, keyring: Arc<dyn KeyStore>) -> Self {
        Self { keyring, ..self }
    }
}

/// An open data directory. Every method blocks.
pub struct Vault {
    store: Mutex<Store>,
    custody: Custody,
    keyring: Arc<dyn KeyStore>,
    random: Arc<dyn Random>,
    key: Mutex<Held>,
    _lock: LockFile,
}

/// The vault key, if it is at hand, and the state that follows.
struct Held {
    opener: Option<Opener>,
    state: CustodyState,
}

impl Vault {
    /// Opens or makes `dir`. Touches no custody slot: a vault with keys is `Locked` until [`Vault::unlock`].
    pub fn open(dir: &Path, options: Options) -> Result<Self, VaultError> {
        crate::store::make_private_dir(dir)?;
        let lock = LockFile::take(dir)?;
        let store = Store::open(dir, &*options.random)?;
        let state = match (store.active(), store.has_sealed_keys()) {
            (Ok(None), Ok(false)) => CustodyState::Empty,
            (Ok(Some(_)), _) => CustodyState::Locked,
            // Sealed keys and no word of the key that sealed them.
            _ => CustodyState::Damaged,
        };
        Ok(Self {
            store: Mutex::new(store),
            custody: options.custody,
            keyring: options.keyring,
            random: options.random,
            key: Mutex::new(Held { opener: None, state }),
            _lock: lock,
        })
    }

    /// Fetches the vault key from its custody slot. Never makes one.
    pub fn unlock(&self) -> CustodyState {
        if matches!(self.state(), CustodyState::Empty | CustodyState::Open) {
            return self.state();
        }
        let found = self.fetch();
        let mut held = self.held();
        match found {
            Ok(key) => *held = Held { opener: Some(Opener::new(&key)), state: CustodyState::Open },
            Err(state) => *held = Held { opener: None, state },
        }
        held.state
    }

    /// How the vault stands.
    pub fn state(&self) -> CustodyState {
        self.held().state
    }

    /// Forgets the vault key; clones of the opener already handed out go on until they are dropped.
    pub fn lock(&self) {
        let mut held = self.held();
        if held.opener.take().is_some() {
            held.state = CustodyState::Locked;
        }
    }

    /// What opens sealed keys, while the vault is open.
    pub fn opener(&self) -> Option<Opener> {
        self.held().opener.clone()
    }

    /// The active vault key from its slot, or the state that its absence means.
    fn fetch(&self) -> Result<VaultKey, CustodyState> {
        let damaged = |_: StoreError| CustodyState::Damaged;
        let (active, vault_id) = {
            let store = self.store();
            (store.active().map_err(damaged)?, store.vault_id().map_err(damaged)?)
        };
        let Active { version, check_value } = active.ok_or(CustodyState::Damaged)?;
        let key = match &self.custody {
            Custody::Keyring => {
                if !self.store().in_keyring(version).map_err(damaged)? {
                    return Err(CustodyState::KeyMissing);
                }
                let text = self.keyring.get(&entry_name(version, vault_id))?;
                VaultKey::from_text(&text, version).ok_or(CustodyState::KeyMissing)?
            }
            Custody::Passphrase(passphrase) => {
                let wrapped = self.store().wrapped(version).map_err(damaged)?;
                let wrapped = wrapped.ok_or(CustodyState::KeyMissing)?;
                unwrap(&wrapped, passphrase.bytes(), &vault_id, version).ok_or(CustodyState::Locked)?
            }
        };
        // Another key under our name is not our key; the rows it cannot open are not damaged.
        if key.matches(&check_value) { Ok(key) } else { Err(CustodyState::KeyMissing) }
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        // SQLite rolls back what a panic interrupted.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.key.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `master-v1-` and the vault's identity in hex: two data directories never share an entry.
fn entry_name(version: u32, vault_id: [u8; 16]) -> String {
    format!("master-v{version}-{}", uuid::Uuid::from_bytes(vault_id).simple())
}
