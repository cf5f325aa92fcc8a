//! The vault: store, custody slot and vault key together. Promise: a key that was accepted is there after any crash,
//! and nowhere else in plain text.
//!
//! Reading is done on [`Vault`] itself; whatever changes something is done on [`Acting`], which knows who acts and when.

mod acting;
mod custody_acts;
mod faults;
mod key_acts;
mod kit_acts;
mod limits;
mod reading;
mod records;
mod rotation;
mod slot;
mod tapes;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{ProviderId, Random, Timestamp};

use crate::custody::{Custody, CustodyKind, CustodyState, KeyStore, OsKeyring, Passphrase};
use crate::failure::{StoreError, VaultError};
use crate::lock_file::LockFile;
use crate::safe::{Age, Opener, VaultKey, Wrapping};
use crate::store::slots::{SlotRow, Stage};
use crate::store::{Active, Store, chain, meta};

pub use acting::Acting;
pub use limits::Pseudonyms;
pub use tapes::TapeKept;

/// How long a keyring may take to answer where nobody sees it ask.
const KEYRING_PATIENCE: Duration = Duration::from_secs(3);

/// How a vault is opened.
pub struct Options {
    custody: Option<Custody>,
    keyring: Arc<dyn KeyStore>,
    random: Arc<dyn Random>,
}

impl Options {
    /// With a custody slot, or `None` for the one the vault has (a new one: the keyring), and with the operating system's
    /// keyring, given three seconds to answer.
    #[must_use]
    pub fn new(custody: impl Into<Option<Custody>>, random: Arc<dyn Random>) -> Self {
        Self { custody: custody.into(), keyring: Arc::new(OsKeyring::new(KEYRING_PATIENCE)), random }
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
    keyring: Arc<dyn KeyStore>,
    random: Arc<dyn Random>,
    key: Mutex<Held>,
    /// Acts are done one at a time, each from its first step to its last.
    acts: Mutex<()>,
    _lock: LockFile,
}

/// The vault key, if it is at hand, and the state that follows.
struct Held {
    custody: Custody,
    opener: Option<Opener>,
    /// What the passphrase was stretched to, while the vault is open under one.
    wrapping: Option<Wrapping>,
    state: CustodyState,
    damaged: Vec<ProviderId>,
}

/// How the vault stands, in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultStatus {
    /// One of six states, never confused.
    pub state: CustodyState,
    /// What keeps the vault key; while there is none yet, what would keep it.
    pub custody: CustodyKind,
    /// Version of the vault key; `None` while there is none.
    pub key_version: Option<u32>,
    /// An old vault key still stands in its slot; it is removed at the next unlock.
    pub unfinished: bool,
    /// When the recovery kit in force was made.
    pub kit_made: Option<Timestamp>,
    /// Providers whose sealed keys do not open.
    pub damaged: Vec<ProviderId>,
}

impl Vault {
    /// Opens or makes `dir`. Touches no custody slot: a vault with keys is `Locked` until [`Vault::unlock`].
    pub fn open(dir: &Path, options: Options) -> Result<Self, VaultError> {
        crate::store::make_private_dir(dir)?;
        let lock = LockFile::take(dir)?;
        let store = Store::open(dir, &*options.random)?;
        let custody = custody(options.custody, &store)?;
        let state = match (store.active(), store.has_sealed_keys()) {
            (Ok(None), Ok(false)) => CustodyState::Empty,
            (Ok(Some(_)), _) => CustodyState::Locked,
            // Sealed keys and no word of the key that sealed them.
            _ => CustodyState::Damaged,
        };
        let held = Held { custody, opener: None, wrapping: None, state, damaged: Vec::new() };
        Ok(Self {
            store: Mutex::new(store),
            keyring: options.keyring,
            random: options.random,
            key: Mutex::new(held),
            acts: Mutex::new(()),
            _lock: lock,
        })
    }

    /// Fetches the vault key from its custody slot, with the passphrase if that is one, and finishes what a crash left.
    /// Never makes a key. Asking a keyring may take as long as that has patience; nothing else waits for it.
    pub fn unlock(&self, passphrase: Option<Passphrase>) -> CustodyState {
        if matches!(self.state(), CustodyState::Empty | CustodyState::Open) {
            return self.state();
        }
        if let (Some(given), Custody::Passphrase(known)) = (passphrase, &mut self.held().custody) {
            *known = Some(given);
        }
        let fetched = self.fetch();
        let _one = self.acts();
        if self.state() == CustodyState::Open {
            return CustodyState::Open;
        }
        match fetched {
            Ok((key, wrapping, age)) => self.take(&key, wrapping, age),
            Err(state) => {
                let mut held = self.held();
                (held.opener, held.wrapping, held.state) = (None, None, state);
                state
            }
        }
    }

    /// How the vault stands.
    pub fn state(&self) -> CustodyState {
        self.held().state
    }

    /// Forgets the vault key; clones of the opener already handed out go on until they are dropped.
    pub fn lock(&self) {
        let _one = self.acts();
        let mut held = self.held();
        if held.opener.take().is_some() {
            (held.wrapping, held.state) = (None, CustodyState::Locked);
        }
    }

    /// What opens sealed keys, while the vault is open.
    pub fn opener(&self) -> Option<Opener> {
        self.held().opener.clone()
    }

    /// The vault key has arrived: checks every record against it, seals what was written without it, finishes leftovers.
    fn take(&self, key: &VaultKey, wrapping: Option<Wrapping>, age: Age) -> CustodyState {
        let opener = Opener::new(key);
        let checked = self.store().whole(|transaction| {
            if age == Age::BeforeTheChain {
                meta::activate(transaction, key.version(), &key.check_value())?;
                chain::begin(transaction, &opener.keys().audit)
            } else {
                chain::seal_pending(transaction, &opener.keys().audit)
            }
        });
        // A store that cannot be written still opens its keys.
        let sound = !matches!(checked, Err(StoreError::Damaged));
        let damaged = self.unopenable(&opener);
        let state = match &damaged {
            Ok(records) if records.is_empty() && sound => CustodyState::Open,
            _ => CustodyState::Damaged,
        };
        {
            let mut held = self.held();
            if let Custody::Passphrase(passphrase) = &mut held.custody {
                *passphrase = None;
            }
            (held.opener, held.wrapping, held.state) = (Some(opener), wrapping, state);
            held.damaged = damaged.unwrap_or_default();
        }
        self.finish_leftovers();
        state
    }

    /// The active vault key from its slot, or the state that its absence means.
    fn fetch(&self) -> Result<(VaultKey, Option<Wrapping>, Age), CustodyState> {
        let damaged = |_: StoreError| CustodyState::Damaged;
        let (active, vault_id, slots) = {
            let store = self.store();
            (
                store.active().map_err(damaged)?,
                store.vault_id().map_err(damaged)?,
                store.slots().map_err(damaged)?,
            )
        };
        let Active { version, check_value } = active.ok_or(CustodyState::Damaged)?;
        let kept = |slot: &&SlotRow| slot.stage == Stage::Kept;
        let Some(slot) = slots.iter().filter(kept).find(|slot| slot.version == version) else {
            // Kept under another version than the active one: one of the two was changed by somebody else.
            let other = slots.iter().any(|slot| slot.stage == Stage::Kept);
            return Err(if other { CustodyState::Damaged } else { CustodyState::KeyMissing });
        };
        let (key, wrapping) = self.key_in(slot, vault_id)?;
        match key.matches(&check_value) {
            Some(age) => Ok((key, wrapping, age)),
            // Our own key and a check value that was changed; or another key under our name, and nothing is damaged.
            None if self.opens_some(&key) => Err(CustodyState::Damaged),
            None => Err(CustodyState::KeyMissing),
        }
    }

    fn key_in(
        &self,
        slot: &SlotRow,
        vault_id: [u8; 16],
    ) -> Result<(VaultKey, Option<Wrapping>), CustodyState> {
        if slot.kind != CustodyKind::Passphrase {
            let store = self.key_store(slot.kind, slot.path.as_deref());
            let text = store.get(&slot::entry_name(slot.version, vault_id))?;
            let key = VaultKey::from_text(&text, slot.version).ok_or(CustodyState::KeyMissing)?;
            return Ok((key, None));
        }
        let wrapped = self.store().wrapped(slot.version).map_err(|_| CustodyState::Damaged)?;
        let wrapped = wrapped.ok_or(CustodyState::KeyMissing)?;
        let wrapping = match &self.held().custody {
            Custody::Passphrase(Some(passphrase)) => Wrapping::of(passphrase.bytes(), &wrapped),
            _ => None,
        };
        let wrapping = wrapping.ok_or(CustodyState::Locked)?;
        let key = wrapping.unwrap(&wrapped, &vault_id, slot.version).ok_or(CustodyState::Locked)?;
        Ok((key, Some(wrapping)))
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        // SQLite rolls back what a panic interrupted.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.key.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn acts(&self) -> MutexGuard<'_, ()> {
        self.acts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The slot to use: the one that keeps the active key; a face that asks for another is told so.
fn custody(given: Option<Custody>, store: &Store) -> Result<Custody, VaultError> {
    let active = store.active().ok().flatten().map(|active| active.version);
    let slots = store.slots().unwrap_or_default();
    let kept = slots.into_iter().find(|slot| slot.stage == Stage::Kept && Some(slot.version) == active);
    match (given, kept) {
        (given, None) => Ok(given.unwrap_or(Custody::Keyring)),
        (Some(given), Some(slot)) if given.kind() == slot.kind => Ok(given),
        (Some(_), Some(slot)) => Err(VaultError::OtherCustody(slot.kind)),
        (None, Some(slot)) => Ok(match slot.kind {
            CustodyKind::Keyring => Custody::Keyring,
            CustodyKind::Passphrase => Custody::Passphrase(None),
            CustodyKind::KeyFile => Custody::KeyFile(slot.path.unwrap_or_default()),
            CustodyKind::Credentials => Custody::Credentials(slot.path.unwrap_or_default()),
        }),
    }
}
