//! Acts on keys. Each is confirmed by reading back before it is said to be done; each failure leaves what was there.

use domain::{Provider, ProviderId};
use zeroize::Zeroizing;

use super::{Held, Vault, entry_name};
use crate::custody::{Custody, CustodyState};
use crate::failure::{KeyActError, StoreError};
use crate::safe::{Binding, Opener, ProviderKey, SealedKey, VaultKey, seal, unwrap, wrap};
use crate::store::Slot;

/// What seals: the vault key at hand, or a new one that is not active yet.
struct Sealer {
    opener: Opener,
    first: Option<(VaultKey, Slot)>,
}

impl Vault {
    /// Adds a provider, with its key sealed to it. Makes the vault key if this is the first key ever.
    pub fn add_provider(&self, provider: &Provider, key: Option<&ProviderKey>) -> Result<(), KeyActError> {
        let Some(key) = key else {
            return self.store().add_provider(provider, None, None, |_| true);
        };
        let sealer = self.sealer()?;
        let binding = Binding::of(provider);
        let sealed = seal(&sealer.opener, key, &binding, &*self.random)?;
        let first = sealer.first.as_ref().map(|(key, slot)| (key, slot));
        self.store().add_provider(provider, Some(&sealed), first, |read| {
            opens_to(&sealer.opener, read, &binding, key)
        })?;
        self.hold(sealer);
        Ok(())
    }

    /// Seals `key` in place of the provider's stored one, which stays until the new one has been read back.
    pub fn replace_key(&self, id: ProviderId, key: &ProviderKey) -> Result<(), KeyActError> {
        let (provider, _) = self.store().provider(id)?;
        let sealer = self.sealer()?;
        let binding = Binding::of(&provider);
        let sealed = seal(&sealer.opener, key, &binding, &*self.random)?;
        let first = sealer.first.as_ref().map(|(key, slot)| (key, slot));
        self.store().replace_key(id, &sealed, &key.tail(), first, |read| {
            opens_to(&sealer.opener, read, &binding, key)
        })?;
        self.hold(sealer);
        Ok(())
    }

    /// Changes a provider's name, model and options; what its key is sealed to stays.
    pub fn update_provider(&self, changed: &Provider) -> Result<(), KeyActError> {
        self.store().update_provider(changed)
    }

    /// Removes a provider and its sealed key; no AddOn names it any more.
    pub fn remove_provider(&self, id: ProviderId) -> Result<(), StoreError> {
        self.store().remove_provider(id)
    }

    /// The vault key at hand. A new one is made only where none ever was.
    fn sealer(&self) -> Result<Sealer, KeyActError> {
        if let Some(opener) = self.opener() {
            return Ok(Sealer { opener, first: None });
        }
        match self.state() {
            CustodyState::Empty => self.make_key(),
            state => Err(KeyActError::Custody(state)),
        }
    }

    /// Makes a vault key, keeps it in its slot, and fetches it from there again before anything is sealed under it.
    fn make_key(&self) -> Result<Sealer, KeyActError> {
        let made = VaultKey::make(&*self.random, 1)?;
        let vault_id = self.store().vault_id()?;
        let (key, slot) = match &self.custody {
            Custody::Keyring => {
                let name = entry_name(made.version(), vault_id);
                let state = |error| KeyActError::Custody(CustodyState::from(error));
                self.keyring.put(&name, made.to_text().as_bytes()).map_err(state)?;
                let text: Zeroizing<Vec<u8>> = self.keyring.get(&name).map_err(state)?;
                (VaultKey::from_text(&text, made.version()), Slot::Keyring)
            }
            Custody::Passphrase(passphrase) => {
                let wrapped = wrap(&made, passphrase.bytes(), &vault_id, &*self.random)?
                    .ok_or(KeyActError::NotConfirmed)?;
                let key = unwrap(&wrapped, passphrase.bytes(), &vault_id, made.version());
                (key, Slot::Passphrase(wrapped))
            }
        };
        let key = key.filter(|key| key.matches(&made.check_value())).ok_or(KeyActError::NotConfirmed)?;
        Ok(Sealer { opener: Opener::new(&key), first: Some((key, slot)) })
    }

    /// From now on the vault is open with the key that has just sealed.
    fn hold(&self, sealer: Sealer) {
        if sealer.first.is_some() {
            *self.held() = Held { opener: Some(sealer.opener), state: CustodyState::Open };
        }
    }
}

fn opens_to(opener: &Opener, sealed: &SealedKey, binding: &Binding, key: &ProviderKey) -> bool {
    use subtle::ConstantTimeEq as _;
    opener.open(sealed, binding).is_ok_and(|opened| opened.bytes().ct_eq(key.bytes()).into())
}
