//! The recovery kit: made, and tried.

use super::{Acting, Vault};
use crate::audit::Act;
use crate::custody::CustodyState;
use crate::failure::KeyActError;
use crate::safe::{Kit, KitCode, VaultKey};
use crate::store::{Active, chain, slots};

impl Vault {
    /// Whether `code` is the one of the kit in force.
    pub fn check_kit(&self, code: &KitCode) -> Result<(), KeyActError> {
        let (active, vault_id, kit) = self.kit_in_force()?;
        let key = kit.open(code, &vault_id, active.version).ok_or(KeyActError::WrongSecret)?;
        key.matches(&active.check_value).map(|_| ()).ok_or(KeyActError::Custody(CustodyState::Damaged))
    }

    /// The kit in force, and what it must open to.
    pub(super) fn kit_in_force(&self) -> Result<(Active, [u8; 16], Kit), KeyActError> {
        let store = self.store();
        let active = store.active()?.ok_or(KeyActError::NoKit)?;
        let kit = store.kit(active.version)?.ok_or(KeyActError::NoKit)?;
        Ok((active, store.vault_id()?, kit))
    }

    /// The vault key, from its slot once more: it is not kept in memory for acts as rare as these.
    pub(super) fn vault_key(&self) -> Result<VaultKey, KeyActError> {
        if self.held().wrapping.is_none() {
            return self.fetch().map(|(key, ..)| key).map_err(KeyActError::Custody);
        }
        // Opened with a passphrase that is forgotten by now; what it was stretched to is at hand.
        let (active, vault_id, wrapped) = {
            let store = self.store();
            let active = store.active()?.ok_or(KeyActError::Custody(CustodyState::Damaged))?;
            let wrapped = store.wrapped(active.version)?;
            (active, store.vault_id()?, wrapped)
        };
        let held = self.held();
        let both = held.wrapping.as_ref().zip(wrapped);
        let key = both.and_then(|(wrapping, wrapped)| wrapping.unwrap(&wrapped, &vault_id, active.version));
        key.filter(|key| key.matches(&active.check_value).is_some())
            .ok_or(KeyActError::Custody(CustodyState::KeyMissing))
    }
}

impl Acting<'_> {
    /// Makes a recovery kit and shows its code to `keep`, which brings it to safety; only then it is in force, in place of
    /// an older one.
    pub fn make_kit<E>(&self, keep: impl FnOnce(&str) -> Result<(), E>) -> Result<(), E>
    where
        E: From<KeyActError>,
    {
        let _one = self.acts();
        let opener = self.must_be_open()?;
        let key = self.vault_key()?;
        let code = KitCode::make(&*self.random).map_err(KeyActError::from)?;
        let vault_id = self.store().vault_id().map_err(KeyActError::from)?;
        let made = Kit::make(&code, &key, &vault_id, self.now(), &*self.random).map_err(KeyActError::from)?;
        let kit = made.ok_or(KeyActError::NotConfirmed)?;
        if kit.open(&code, &vault_id, key.version()).is_none() {
            return Err(KeyActError::NotConfirmed.into());
        }
        code.expose(keep)?;
        let audit = &opener.keys().audit;
        let kept: Result<(), KeyActError> = self.store().whole(|transaction| {
            slots::keep_kit(transaction, key.version(), Some(&kit))?;
            Ok(chain::append(transaction, self.noted(Act::KitMade, None), Some(audit))?)
        });
        Ok(kept?)
    }
}
