//! What can be read of the vault as a whole: its status, its audit chain, and which of its records do not open.

use domain::ProviderId;

use super::{Vault, VaultStatus};
use crate::audit::{AuditEntry, ChainReport};
use crate::custody::CustodyState;
use crate::failure::{KeyActError, StoreError};
use crate::safe::{Binding, Opener, VaultKey};
use crate::store::StoredProvider;
use crate::store::slots::Stage;

impl Vault {
    /// How the vault stands, in all.
    pub fn status(&self) -> Result<VaultStatus, StoreError> {
        let (version, slots, kit) = {
            let store = self.store();
            let version = store.active()?.map(|active| active.version);
            (version, store.slots()?, version.map(|version| store.kit(version)).transpose()?.flatten())
        };
        let held = self.held();
        Ok(VaultStatus {
            state: held.state,
            custody: held.custody.kind(),
            key_version: version,
            unfinished: version.is_some()
                && slots.iter().any(|slot| slot.stage != Stage::Kept || Some(slot.version) != version),
            kit_made: kit.map(|kit| kit.made),
            damaged: held.damaged.clone(),
        })
    }

    /// The newest entries of the audit chain, newest first; `before` an entry's number, to read on.
    pub fn audit(&self, limit: u32, before: Option<i64>) -> Result<Vec<AuditEntry>, StoreError> {
        let opener = self.opener();
        self.store().audit(limit, before, opener.as_ref().map(|opener| &opener.keys().audit))
    }

    /// Walks the whole audit chain. Needs an open vault once there is a vault key.
    pub fn verify_audit(&self) -> Result<ChainReport, KeyActError> {
        let opener = self.opener();
        let state = self.state();
        if opener.is_none() && state != CustodyState::Empty {
            return Err(KeyActError::Custody(state));
        }
        Ok(self.store().verify_audit(opener.as_ref().map(|opener| &opener.keys().audit))?)
    }

    /// Providers whose keys do not open, or whose shown tail is not their key's.
    pub(super) fn unopenable(&self, opener: &Opener) -> Result<Vec<ProviderId>, StoreError> {
        let all = self.store().providers()?;
        Ok(all.iter().filter(|stored| !opens(opener, stored)).map(|stored| stored.provider.id).collect())
    }

    /// Whether `key` opens at least one record: then it is this vault's key.
    pub(super) fn opens_some(&self, key: &VaultKey) -> bool {
        let opener = Opener::new(key);
        let all = self.store().providers().unwrap_or_default();
        all.iter().any(|stored| {
            let binding = Binding::of(&stored.provider);
            stored.key.as_ref().is_some_and(|sealed| opener.open(sealed, &binding).is_ok())
        })
    }
}

fn opens(opener: &Opener, stored: &StoredProvider) -> bool {
    let binding = Binding::of(&stored.provider);
    let fits = |sealed, tail: Option<&domain::KeyTail>| {
        opener.open(sealed, &binding).is_ok_and(|key| tail.is_some_and(|tail| *tail == key.tail()))
    };
    stored.key.as_ref().is_none_or(|sealed| fits(sealed, stored.provider.key_tail.as_ref()))
        && stored.previous.as_ref().is_none_or(|previous| fits(&previous.sealed, Some(&previous.tail)))
}
