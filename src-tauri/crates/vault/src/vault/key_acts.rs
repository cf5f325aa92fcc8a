//! Acts on provider keys. Each is confirmed by reading back before it is said to be done; each failure leaves what was
//! there.

use domain::{Provider, ProviderId, Timestamp};
use rusqlite::Transaction;

use super::Acting;
use crate::audit::Act;
use crate::failure::{KeyActError, StoreError};
use crate::safe::{Binding, Opener, ProviderKey, SealedKey, seal};
use crate::store::chain;
use crate::store::providers::{self, Place};

impl Acting<'_> {
    /// Adds a provider, with its key sealed to it. Makes the vault key if this is the first key ever.
    pub fn add_provider(&self, provider: &Provider, key: Option<&ProviderKey>) -> Result<(), KeyActError> {
        let record = Some(provider.id.0);
        let Some(key) = key else {
            return self.act(Act::ProviderAdded, record, |transaction| {
                providers::add_provider(transaction, provider).map_err(KeyActError::from)
            });
        };
        self.sealing(provider, key, Act::ProviderAdded, |transaction, sealed, opens| {
            providers::add_provider(transaction, provider)?;
            providers::write_key(transaction, provider.id, Place::Current, (sealed, &key.tail(), None), opens)
        })
    }

    /// Seals `key` in place of the provider's stored one. With `keep_until` the stored one becomes the previous key until
    /// then; without, it goes, and so does an older one.
    pub fn replace_key(
        &self,
        id: ProviderId,
        key: &ProviderKey,
        keep_until: Option<Timestamp>,
    ) -> Result<(), KeyActError> {
        let stored = self.store().provider(id)?;
        self.sealing(&stored.provider, key, Act::KeyReplaced, |transaction, sealed, opens| {
            match (keep_until, &stored.key, &stored.provider.key_tail) {
                (Some(until), Some(old), Some(tail)) => {
                    providers::write_key(
                        transaction,
                        id,
                        Place::Previous,
                        (old, tail, Some(until)),
                        &|back| back.blob() == old.blob(),
                    )?;
                }
                _ => providers::drop_key(transaction, id, Place::Previous)?,
            }
            providers::write_key(transaction, id, Place::Current, (sealed, &key.tail(), None), opens)
        })
    }

    /// Goes back to the previous key; `NotFound` where none is kept.
    pub fn return_key(&self, id: ProviderId) -> Result<(), KeyActError> {
        let stored = self.store().provider(id)?;
        let previous = stored.previous.ok_or(StoreError::NotFound)?;
        let opener = self.opener().ok_or_else(|| KeyActError::Custody(self.state()))?;
        let binding = Binding::of(&stored.provider);
        let opens = |back: &SealedKey| opener.open(back, &binding).is_ok();
        self.act(Act::KeyReturned, Some(id.0), |transaction| {
            let key = (&previous.sealed, &previous.tail, None);
            providers::write_key(transaction, id, Place::Current, key, &opens)?;
            Ok::<_, KeyActError>(providers::drop_key(transaction, id, Place::Previous)?)
        })?;
        self.store().clear_log();
        Ok(())
    }

    /// Removes previous keys whose time is over; says of which providers.
    pub fn expire_previous_keys(&self) -> Result<Vec<ProviderId>, StoreError> {
        let over = |stored: &crate::StoredProvider| {
            stored.previous.as_ref().is_some_and(|previous| previous.until <= self.now())
        };
        let all = self.store().providers()?;
        let ids: Vec<_> = all.iter().filter(|stored| over(stored)).map(|stored| stored.provider.id).collect();
        for id in &ids {
            self.act(Act::KeyExpired, Some(id.0), |transaction| {
                providers::drop_key(transaction, *id, Place::Previous)
            })?;
        }
        if !ids.is_empty() {
            self.store().clear_log();
        }
        Ok(ids)
    }

    /// Writes down that keys are being exported.
    pub fn note_keys_exported(&self) -> Result<(), StoreError> {
        self.act(Act::KeysExported, None, |_| Ok(()))
    }

    /// Changes a provider's name, model and options; what its key is sealed to stays.
    pub fn update_provider(&self, changed: &Provider) -> Result<(), StoreError> {
        self.act(Act::ProviderChanged, Some(changed.id.0), |transaction| {
            providers::update_provider(transaction, changed)
        })
    }

    /// Switches a provider on or off; its key stays.
    pub fn switch_provider(&self, id: ProviderId, active: bool) -> Result<(), StoreError> {
        let act = if active { Act::ProviderOn } else { Act::ProviderOff };
        self.act_if(act, Some(id.0), |transaction| {
            let mut provider = providers::one_provider(transaction, id)?.provider;
            let changed = provider.active != active;
            provider.active = active;
            providers::update_provider(transaction, &provider)?;
            Ok(((), changed))
        })
    }

    /// Removes a provider and its sealed keys, from the files too; no AddOn names it any more. With `shred` the vault key
    /// is rotated in the same transaction, so that copies of the files made before cannot give the key back.
    pub fn remove_provider(&self, id: ProviderId, shred: bool) -> Result<(), KeyActError> {
        if shred {
            return self.rotate_after(|transaction, old| {
                providers::remove_provider(transaction, id)?;
                let removed = self.noted(Act::ProviderRemoved, Some(id.0));
                Ok(chain::append(transaction, removed, Some(&old.keys().audit))?)
            });
        }
        self.act(Act::ProviderRemoved, Some(id.0), |transaction| {
            providers::remove_provider(transaction, id)
        })?;
        self.store().clear_log();
        Ok(())
    }

    /// Seals `key` for `provider`, lets `write` put it into a transaction, and reads it back after that is committed.
    fn sealing(
        &self,
        provider: &Provider,
        key: &ProviderKey,
        act: Act,
        write: impl FnOnce(&Transaction<'_>, &SealedKey, &dyn Fn(&SealedKey) -> bool) -> Result<(), KeyActError>,
    ) -> Result<(), KeyActError> {
        let _one = self.acts();
        let sealer = self.sealer()?;
        let opener = sealer.opener.clone();
        let binding = Binding::of(provider);
        let sealed = seal(&opener, key, &binding, &*self.random)?;
        let opens = |back: &SealedKey| opens_to(&opener, back, &binding, key);
        self.store().whole(|transaction| {
            sealer.activate(transaction, self)?;
            write(transaction, &sealed, &opens)?;
            let audit = &opener.keys().audit;
            Ok::<_, KeyActError>(chain::append(
                transaction,
                self.noted(act, Some(provider.id.0)),
                Some(audit),
            )?)
        })?;
        // At once: a vault that took itself for empty would make a second first key, over this one.
        self.hold(sealer, Some(provider.id));
        // What was there before is in no file any more.
        self.store().clear_log();
        let back = self.store().provider(provider.id)?.key;
        if back.is_some_and(|back| opens(&back)) { Ok(()) } else { Err(KeyActError::NotConfirmed) }
    }
}

pub(super) fn opens_to(opener: &Opener, sealed: &SealedKey, binding: &Binding, key: &ProviderKey) -> bool {
    use subtle::ConstantTimeEq as _;
    opener.open(sealed, binding).is_ok_and(|opened| opened.bytes().ct_eq(key.bytes()).into())
}
