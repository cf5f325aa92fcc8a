//! Putting a vault key into a custody slot, and taking it out again. A key that is put is read back, through a fresh
//! handle, before anything relies on it; whatever is put is announced in the store first, so that a crash leaves no
//! vault key that nobody knows of.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Transaction;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::Vault;
use crate::custody::{Credentials, Custody, CustodyKind, CustodyState, KeyFile, KeyStore, KeyStoreError};
use crate::failure::{KeyActError, StoreError};
use crate::safe::{VaultKey, Wrapped, Wrapping};
use crate::store::slots::{self, SlotRow, Stage};

/// A slot that holds the vault key, or will with the transaction that says so.
pub(super) enum Settled {
    Outside(SlotRow),
    Inside(Wrapped),
}

impl Settled {
    /// From this transaction on, this is where the vault key is kept; every other slot is left.
    pub(super) fn keep(
        &self,
        transaction: &Transaction<'_>,
        version: u32,
        known: &[SlotRow],
    ) -> Result<(), StoreError> {
        let kind = match self {
            Self::Outside(slot) => slot.kind,
            Self::Inside(_) => CustodyKind::Passphrase,
        };
        for other in known.iter().filter(|slot| (slot.kind, slot.version) != (kind, version)) {
            match other.kind {
                CustodyKind::Passphrase => slots::drop_slot(transaction, other.kind, other.version)?,
                _ => slots::note_slot(transaction, &SlotRow { stage: Stage::Leaving, ..other.clone() })?,
            }
        }
        match self {
            Self::Outside(slot) => {
                slots::note_slot(transaction, &SlotRow { stage: Stage::Kept, ..slot.clone() })
            }
            Self::Inside(wrapped) => slots::keep_wrapped(transaction, version, wrapped),
        }
    }
}

/// `master-v1-` and the vault's identity in hex: two data directories never share an entry.
pub(super) fn entry_name(version: u32, vault_id: [u8; 16]) -> String {
    format!("master-v{version}-{}", Uuid::from_bytes(vault_id).simple())
}

impl Vault {
    /// What keeps secrets by name for a kind of slot. Not for a passphrase, which has no such place.
    pub(super) fn key_store(&self, kind: CustodyKind, path: Option<&Path>) -> Arc<dyn KeyStore> {
        // What was asked for on the command line wins over what the store remembers: folders move.
        let asked = match &self.held().custody {
            custody if custody.kind() != kind => None,
            Custody::KeyFile(path) | Custody::Credentials(path) => Some(path.clone()),
            Custody::Keyring | Custody::Passphrase(_) => None,
        };
        let path = asked.or_else(|| path.map(Path::to_path_buf)).unwrap_or_default();
        match kind {
            CustodyKind::KeyFile => Arc::new(KeyFile(path)),
            CustodyKind::Credentials => Arc::new(Credentials(path)),
            CustodyKind::Keyring | CustodyKind::Passphrase => Arc::clone(&self.keyring),
        }
    }

    /// A new vault key; where somebody else provides the keys, the one provided.
    pub(super) fn new_key(&self, version: u32) -> Result<VaultKey, KeyActError> {
        let kind = self.held().custody.kind();
        if kind != CustodyKind::Credentials {
            return Ok(VaultKey::make(&*self.random, version)?);
        }
        let vault_id = self.store().vault_id()?;
        match self.key_store(kind, None).get(&entry_name(version, vault_id)) {
            Ok(text) => VaultKey::from_text(&text, version).ok_or(KeyActError::ReadOnly),
            Err(KeyStoreError::NoEntry) => Err(KeyActError::ReadOnly),
            Err(error) => Err(KeyActError::Custody(error.into())),
        }
    }

    /// Puts `key` into the slot of this kind and reads it back. `wrapping` is needed for a passphrase.
    pub(super) fn settle(
        &self,
        key: &VaultKey,
        kind: CustodyKind,
        wrapping: Option<&Wrapping>,
    ) -> Result<Settled, KeyActError> {
        let vault_id = self.store().vault_id()?;
        if kind == CustodyKind::Passphrase {
            let wrapping = wrapping.ok_or(KeyActError::NeedsPassphrase)?;
            let wrapped = wrapping.wrap(key, &vault_id).ok_or(KeyActError::NotConfirmed)?;
            let back = wrapping.unwrap(&wrapped, &vault_id, key.version());
            return same(key, back).map(|()| Settled::Inside(wrapped));
        }
        let path = match &self.held().custody {
            Custody::KeyFile(path) | Custody::Credentials(path) => Some(path.clone()),
            Custody::Keyring | Custody::Passphrase(_) => None,
        };
        let coming = SlotRow { kind, version: key.version(), stage: Stage::Coming, path };
        self.announce(&coming)?;
        let (store, name) =
            (self.key_store(kind, coming.path.as_deref()), entry_name(key.version(), vault_id));
        let state = |error| KeyActError::Custody(CustodyState::from(error));
        if kind != CustodyKind::Credentials {
            store.put(&name, key.to_text().as_bytes()).map_err(state)?;
        }
        let text: Zeroizing<Vec<u8>> = store.get(&name).map_err(state)?;
        same(key, VaultKey::from_text(&text, key.version())).map(|()| Settled::Outside(coming))
    }

    fn announce(&self, coming: &SlotRow) -> Result<(), StoreError> {
        let mut store = self.store();
        let known = store.slots()?;
        if known.iter().any(|slot| (slot.kind, slot.version) == (coming.kind, coming.version)) {
            return Ok(());
        }
        store.whole(|transaction| slots::note_slot(transaction, coming))
    }

    /// Removes what is left in slots that no longer keep the vault key. What cannot be removed now stays noted.
    pub(super) fn finish_leftovers(&self) {
        let (Ok(Some(active)), Ok(vault_id), Ok(known)) = ({
            let store = self.store();
            (store.active(), store.vault_id(), store.slots())
        }) else {
            return;
        };
        let done = |slot: &SlotRow| slot.stage != Stage::Kept || slot.version != active.version;
        for slot in known.iter().filter(|slot| done(slot)) {
            let gone = slot.kind == CustodyKind::Passphrase
                || matches!(
                    self.key_store(slot.kind, slot.path.as_deref())
                        .delete(&entry_name(slot.version, vault_id)),
                    Ok(()) | Err(KeyStoreError::NoEntry | KeyStoreError::ReadOnly)
                );
            if gone {
                // A store that cannot be written keeps the note for the next start.
                let _: Result<(), StoreError> =
                    self.store().whole(|transaction| slots::drop_slot(transaction, slot.kind, slot.version));
            }
        }
    }
}

fn same(key: &VaultKey, back: Option<VaultKey>) -> Result<(), KeyActError> {
    use subtle::ConstantTimeEq as _;
    let equal = back.is_some_and(|back| back.bytes().ct_eq(key.bytes()).into());
    if equal { Ok(()) } else { Err(KeyActError::NotConfirmed) }
}
