//! Rotation: a new vault key, and every sealed key sealed anew under it. New key into its slot and read back → one
//! transaction → log emptied → old key removed. A crash leaves the old or the new, never a mix.

use std::path::Path;

use rusqlite::Transaction;

use super::Acting;
use super::slot::entry_name;
use crate::audit::Act;
use crate::custody::{CustodyKind, CustodyState, KeyStoreError};
use crate::failure::{KeyActError, StoreError};
use crate::safe::{Binding, Opener, SealedKey, seal};
use crate::store::providers::{self, Place};
use crate::store::{StoredProvider, chain, meta, slots};

impl Acting<'_> {
    /// Makes a new vault key and seals every key under it. A recovery kit stays good; backups of before are unreadable once
    /// the old key has left its slot.
    pub fn rotate(&self) -> Result<(), KeyActError> {
        self.rotate_after(|_, _| Ok(()))
    }

    /// Rotates; what `first` does with the old vault key at hand is part of the same transaction.
    pub(super) fn rotate_after(
        &self,
        first: impl FnOnce(&Transaction<'_>, &Opener) -> Result<(), KeyActError>,
    ) -> Result<(), KeyActError> {
        let _one = self.acts();
        let old = self.must_be_open()?;
        let version = old.version() + 1;
        let key = self.new_key(version)?;
        let kind = self.held().custody.kind();
        // Taken out and put back: stretching is slow, and nothing else acts meanwhile.
        let wrapping = self.held().wrapping.take();
        let settled = self.settle(&key, kind, wrapping.as_ref());
        self.held().wrapping = wrapping;
        let settled = settled?;
        let new = Opener::new(&key);
        let vault_id = self.store().vault_id()?;
        let known = self.store().slots()?;
        self.store().whole(|transaction| {
            first(transaction, &old)?;
            for stored in providers::all_providers(transaction)? {
                self.reseal(transaction, &stored, (&old, &new))?;
            }
            self.reseal_tapes(transaction, (&old, &new))?;
            let kit = slots::read_kit(transaction, old.version())?;
            let kit = kit.map(|kit| kit.rewrap(&old, &key, &vault_id).ok_or(DAMAGED)).transpose()?;
            slots::keep_kit(transaction, version, kit.as_ref())?;
            settled.keep(transaction, version, &known)?;
            meta::activate(transaction, version, &key.check_value())?;
            let (old, new) = (&old.keys().audit, &new.keys().audit);
            chain::reseal(transaction, old, new)?;
            Ok::<_, KeyActError>(chain::append(transaction, self.noted(Act::VaultRotated, None), Some(new))?)
        })?;
        self.held().opener = Some(new);
        // The rotation stands, whatever becomes of the old key's traces; the next unlock tries again.
        self.store().clear_log();
        self.finish_leftovers();
        Ok(())
    }

    /// Destroys the vault: first its key, in every slot, then its files. What is left of the files anywhere cannot be opened;
    /// without a recovery kit and a copy there is no way back.
    pub fn destroy(&self, dir: &Path) -> Result<(), KeyActError> {
        let _one = self.acts();
        let known = self.store().slots()?;
        let vault_id = self.store().vault_id()?;
        for slot in known.iter().filter(|slot| slot.kind != CustodyKind::Passphrase) {
            let store = self.key_store(slot.kind, slot.path.as_deref());
            match store.delete(&entry_name(slot.version, vault_id)) {
                Ok(()) | Err(KeyStoreError::NoEntry | KeyStoreError::ReadOnly) => {}
                Err(error) => return Err(KeyActError::Custody(error.into())),
            }
        }
        {
            let mut held = self.held();
            (held.opener, held.wrapping, held.state) = (None, None, CustodyState::KeyMissing);
        }
        // The rows first, overwritten by SQLite: a file that is only unlinked keeps its bytes on the disk.
        self.store().wipe()?;
        crate::store::remove_files(dir).map_err(|_| StoreError::NotWritable.into())
    }

    /// Opens each of a provider's keys with the old vault key and seals it under the new one. One that does not open stops
    /// everything: nothing is lost by a rotation.
    fn reseal(
        &self,
        transaction: &Transaction<'_>,
        stored: &StoredProvider,
        (old, new): (&Opener, &Opener),
    ) -> Result<(), KeyActError> {
        let (id, binding) = (stored.provider.id, Binding::of(&stored.provider));
        let sealed_anew = |sealed: &SealedKey| -> Result<_, KeyActError> {
            let key = old.open(sealed, &binding).map_err(|_| DAMAGED)?;
            Ok((seal(new, &key, &binding, &*self.random)?, key))
        };
        if let Some(sealed) = &stored.key {
            let (sealed, key) = sealed_anew(sealed)?;
            let opens = |back: &SealedKey| super::key_acts::opens_to(new, back, &binding, &key);
            providers::write_key(transaction, id, Place::Current, (&sealed, &key.tail(), None), &opens)?;
        }
        if let Some(previous) = &stored.previous {
            let (sealed, key) = sealed_anew(&previous.sealed)?;
            let opens = |back: &SealedKey| super::key_acts::opens_to(new, back, &binding, &key);
            let row = (&sealed, &key.tail(), Some(previous.until));
            providers::write_key(transaction, id, Place::Previous, row, &opens)?;
        }
        Ok(())
    }
}

const DAMAGED: KeyActError = KeyActError::Custody(CustodyState::Damaged);
