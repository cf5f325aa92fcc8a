//! Acts on the place of the vault key: the first key ever, moving it, getting it back.

use domain::ProviderId;
use rusqlite::Transaction;

use super::slot::Settled;
use super::{Acting, Vault};
use crate::audit::Act;
use crate::custody::{Custody, CustodyKind, CustodyState, Passphrase};
use crate::failure::{KeyActError, StoreError};
use crate::safe::{KitCode, Opener, VaultKey, Wrapping};
use crate::store::{chain, meta};

/// What seals: the vault key at hand, or a new one that is not active yet.
pub(super) struct Sealer {
    pub(super) opener: Opener,
    first: Option<First>,
}

struct First {
    key: VaultKey,
    settled: Settled,
    wrapping: Option<Wrapping>,
}

impl Sealer {
    /// If this is the first key ever, makes it the active one, in the transaction that first seals under it.
    pub(super) fn activate(
        &self,
        transaction: &Transaction<'_>,
        acting: &Acting<'_>,
    ) -> Result<(), StoreError> {
        let Some(First { key, settled, .. }) = &self.first else { return Ok(()) };
        let audit = &self.opener.keys().audit;
        meta::activate(transaction, key.version(), &key.check_value())?;
        settled.keep(transaction, key.version(), &[])?;
        chain::begin(transaction, audit)?;
        chain::append(transaction, acting.noted(Act::VaultMade, None), Some(audit))
    }
}

impl Vault {
    /// The vault key at hand. A new one is made only where none ever was.
    pub(super) fn sealer(&self) -> Result<Sealer, KeyActError> {
        if let Some(opener) = self.opener() {
            return Ok(Sealer { opener, first: None });
        }
        match self.state() {
            CustodyState::Empty => self.first_key(),
            state => Err(KeyActError::Custody(state)),
        }
    }

    fn first_key(&self) -> Result<Sealer, KeyActError> {
        // The store knows, whatever this process believes: a second first key would be put over the first.
        if self.store().active()?.is_some() {
            return Err(KeyActError::Custody(CustodyState::Locked));
        }
        let wrapping = self.given_wrapping()?;
        let key = self.new_key(1)?;
        let kind = self.held().custody.kind();
        let settled = self.settle(&key, kind, wrapping.as_ref())?;
        Ok(Sealer { opener: Opener::new(&key), first: Some(First { key, settled, wrapping }) })
    }

    /// What the passphrase given at the start is stretched to; `None` where the vault key is kept elsewhere.
    fn given_wrapping(&self) -> Result<Option<Wrapping>, KeyActError> {
        match &self.held().custody {
            Custody::Passphrase(Some(passphrase)) => stretched(self, passphrase).map(Some),
            Custody::Passphrase(None) => Err(KeyActError::NeedsPassphrase),
            Custody::Keyring | Custody::KeyFile(_) | Custody::Credentials(_) => Ok(None),
        }
    }

    /// From now on the vault is open with the key that has just sealed; a record that was damaged has a new key.
    pub(super) fn hold(&self, sealer: Sealer, sealed: Option<ProviderId>) {
        let mut held = self.held();
        if let Some(First { wrapping, .. }) = sealer.first {
            (held.opener, held.wrapping, held.state) = (Some(sealer.opener), wrapping, CustodyState::Open);
            if let Custody::Passphrase(passphrase) = &mut held.custody {
                *passphrase = None;
            }
            return;
        }
        let was = held.damaged.len();
        held.damaged.retain(|id| Some(*id) != sealed);
        if was > 0 && held.damaged.is_empty() {
            held.state = CustodyState::Open;
        }
    }

    /// Fully open, with nothing damaged; else why not.
    pub(super) fn must_be_open(&self) -> Result<Opener, KeyActError> {
        match (self.state(), self.opener()) {
            (CustodyState::Open, Some(opener)) => Ok(opener),
            (state, _) => Err(KeyActError::Custody(state)),
        }
    }
}

fn stretched(vault: &Vault, passphrase: &Passphrase) -> Result<Wrapping, KeyActError> {
    Wrapping::make(passphrase.bytes(), &*vault.random)?.ok_or(KeyActError::NotConfirmed)
}

impl Acting<'_> {
    /// Keeps the vault key under a passphrase from now on, or in the keyring. Before the first key: will keep it there.
    pub fn move_custody(&self, passphrase: Option<Passphrase>) -> Result<(), KeyActError> {
        let _one = self.acts();
        let custody = passphrase.map_or(Custody::Keyring, |given| Custody::Passphrase(Some(given)));
        if self.state() == CustodyState::Empty {
            self.held().custody = custody;
            return Ok(());
        }
        self.must_be_open()?;
        let key = self.vault_key()?;
        self.adopt(&key, custody, Act::VaultMoved)
    }

    /// Gets the vault key back with the recovery kit's code, and keeps it where this vault keeps it, or under `passphrase`.
    pub fn recover(
        &self,
        code: &KitCode,
        passphrase: Option<Passphrase>,
    ) -> Result<CustodyState, KeyActError> {
        let _one = self.acts();
        let (active, vault_id, kit) = self.kit_in_force()?;
        let key = kit.open(code, &vault_id, active.version).ok_or(KeyActError::WrongSecret)?;
        let age = key.matches(&active.check_value).ok_or(KeyActError::Custody(CustodyState::Damaged))?;
        let custody = match (passphrase, self.held().custody.kind()) {
            (Some(given), _) => Some(Custody::Passphrase(Some(given))),
            (None, CustodyKind::Passphrase) => return Err(KeyActError::NeedsPassphrase),
            (None, _) => None,
        };
        if let Some(custody) = custody {
            self.adopt(&key, custody, Act::VaultRecovered)?;
        } else {
            let kind = self.held().custody.kind();
            self.resettle(&key, kind, None, Act::VaultRecovered)?;
        }
        let wrapping = self.held().wrapping.take();
        Ok(self.take(&key, wrapping, age))
    }

    /// Keeps `key` in another slot from now on.
    fn adopt(&self, key: &VaultKey, custody: Custody, act: Act) -> Result<(), KeyActError> {
        let wrapping = match &custody {
            Custody::Passphrase(Some(passphrase)) => Some(stretched(self, passphrase)?),
            _ => None,
        };
        self.resettle(key, custody.kind(), wrapping.as_ref(), act)?;
        let mut held = self.held();
        held.custody = match custody {
            Custody::Passphrase(_) => Custody::Passphrase(None),
            other => other,
        };
        held.wrapping = wrapping;
        drop(held);
        self.finish_leftovers();
        Ok(())
    }

    fn resettle(
        &self,
        key: &VaultKey,
        kind: CustodyKind,
        wrapping: Option<&Wrapping>,
        act: Act,
    ) -> Result<(), KeyActError> {
        let settled = self.settle(key, kind, wrapping)?;
        let known = self.store().slots()?;
        let audit = &key.sub_keys().audit;
        self.store().whole(|transaction| {
            settled.keep(transaction, key.version(), &known)?;
            Ok::<_, KeyActError>(chain::append(transaction, self.noted(act, None), Some(audit))?)
        })?;
        // A passphrase's wrapped key that is no longer kept leaves the files.
        self.store().clear_log();
        Ok(())
    }
}
