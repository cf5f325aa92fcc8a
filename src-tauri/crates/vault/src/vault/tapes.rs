//! Tapes in the vault: sets with a key of their own, exchanges sealed under it, and which provider uses which set. Making,
//! removing, exporting and using a set are acts; that an exchange was recorded is not.

use domain::tape::{EXCHANGES_MAX, SET_MAX};
use domain::{
    ActiveTape, Asked, Exchange, ProviderId, ProviderKind, TapeName, TapeSetId, TapeUse, Timestamp,
};
use rusqlite::Transaction;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Acting, Vault};
use crate::audit::Act;
use crate::custody::CustodyState;
use crate::failure::{KeyActError, StoreError};
use crate::safe::{Opener, SealedTapeKey, TapeKey};
use crate::store::chain;
use crate::store::providers::one_provider;
use crate::store::tapes::{self, NewTape, StoredTapes};

const DAMAGED: KeyActError = KeyActError::Custody(CustodyState::Damaged);

/// What became of an exchange that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TapeKept {
    /// It is in the set.
    Kept,
    /// The set is full; it is not.
    Full,
}

impl Vault {
    /// Every set, oldest first, without what is in it.
    pub fn tape_sets(&self) -> Result<Vec<StoredTapes>, StoreError> {
        self.store().tape_sets()
    }

    /// Which set is in use at which provider.
    pub fn tape_uses(&self) -> Result<Vec<(ProviderId, ActiveTape)>, StoreError> {
        self.store().tape_uses()
    }

    /// Whether a set's key opens; `None` while the vault is not open.
    pub fn tape_set_opens(&self, set: &StoredTapes) -> Option<bool> {
        self.opener().map(|opener| TapeKey::unwrap(&set.key, set.id, &opener).is_some())
    }

    /// The `nth` exchange that answers `asked`, or the last one that does.
    pub fn tape(&self, set: TapeSetId, asked: &Asked, nth: u32) -> Result<Option<Exchange>, KeyActError> {
        let opener = self.tape_opener()?;
        let stored = self.store().tape_set(set)?;
        let key = TapeKey::unwrap(&stored.key, set, &opener).ok_or(DAMAGED)?;
        let Some(found) = self.store().tape(set, &key.place(asked), nth)? else { return Ok(None) };
        let plain = key.open(found.id, &found.sealed).ok_or(DAMAGED)?;
        Exchange::from_bytes(&plain).map(Some).map_err(|_| DAMAGED)
    }

    /// Every exchange of a set as bytes, in the order they were recorded.
    pub fn tape_exchanges(&self, set: TapeSetId) -> Result<Vec<Zeroizing<Vec<u8>>>, KeyActError> {
        let opener = self.tape_opener()?;
        let stored = self.store().tape_set(set)?;
        let key = TapeKey::unwrap(&stored.key, set, &opener).ok_or(DAMAGED)?;
        let sealed = self.store().tapes(set)?;
        sealed.iter().map(|one| key.open(one.id, &one.sealed).ok_or(DAMAGED)).collect()
    }

    /// Keeps a recorded exchange. No act: it is in no audit chain.
    pub fn keep_exchange(&self, set: TapeSetId, exchange: &Exchange) -> Result<TapeKept, KeyActError> {
        let opener = self.tape_opener()?;
        let stored = self.store().tape_set(set)?;
        let key = TapeKey::unwrap(&stored.key, set, &opener).ok_or(DAMAGED)?;
        let sealed = self.seal_exchange(&key, exchange)?;
        self.store().whole(|transaction| {
            // As it stands now: a rotation or a removal may have come between.
            let now = tapes::one_set(transaction, set)?;
            let bytes = now.bytes.saturating_add(sealed.blob.len() as u64);
            if bytes > SET_MAX as u64 || now.exchanges >= EXCHANGES_MAX as u64 {
                return Ok(TapeKept::Full);
            }
            tapes::add_tape(transaction, set, &sealed.row())?;
            Ok(TapeKept::Kept)
        })
    }

    /// A provider's key that does not open says nothing of tapes.
    fn tape_opener(&self) -> Result<Opener, KeyActError> {
        self.opener().ok_or_else(|| KeyActError::Custody(self.state()))
    }

    fn seal_exchange(&self, key: &TapeKey, exchange: &Exchange) -> Result<SealedExchange, KeyActError> {
        let plain = Zeroizing::new(exchange.to_bytes().map_err(|_| DAMAGED)?);
        let id = Uuid::now_v7();
        Ok(SealedExchange {
            id,
            kind: exchange.head.kind.clone(),
            recorded: exchange.head.recorded,
            place: key.place(&exchange.head.asked),
            blob: key.seal(id, &plain, &*self.random)?,
        })
    }
}

struct SealedExchange {
    id: Uuid,
    kind: ProviderKind,
    recorded: Timestamp,
    place: [u8; 32],
    blob: Vec<u8>,
}

impl SealedExchange {
    fn row(&self) -> NewTape<'_> {
        let Self { id, kind, recorded, place, blob } = self;
        NewTape { id: *id, kind, recorded: *recorded, place: *place, sealed: blob }
    }
}

impl Acting<'_> {
    /// Makes an empty set. Makes the vault key if nothing was ever sealed.
    pub fn add_tape_set(&self, name: &TapeName) -> Result<TapeSetId, KeyActError> {
        self.make_set(name, &[], Act::TapesMade)
    }

    /// Makes a set of exchanges that came from a file: all of them, or nothing.
    pub fn import_tape_set(&self, name: &TapeName, all: &[Exchange]) -> Result<TapeSetId, KeyActError> {
        self.make_set(name, all, Act::TapesImported)
    }

    fn make_set(&self, name: &TapeName, all: &[Exchange], act: Act) -> Result<TapeSetId, KeyActError> {
        let _one = self.acts();
        // Before the vault key is made for it.
        if self.store().tape_sets()?.iter().any(|set| set.name.as_str().eq_ignore_ascii_case(name.as_str())) {
            return Err(StoreError::NameTaken.into());
        }
        let sealer = self.sealer()?;
        let opener = sealer.opener.clone();
        let id = TapeSetId(Uuid::now_v7());
        let key = TapeKey::make(id, &*self.random)?;
        let wrapped = key.wrap(&opener, &*self.random)?;
        let sealed = all.iter().map(|one| self.seal_exchange(&key, one)).collect::<Result<Vec<_>, _>>()?;
        self.store().whole(|transaction| {
            sealer.activate(transaction, self)?;
            tapes::add_set(transaction, id, name, self.now(), &wrapped)?;
            for one in &sealed {
                tapes::add_tape(transaction, id, &one.row())?;
            }
            let audit = &opener.keys().audit;
            Ok::<_, KeyActError>(chain::append(transaction, self.noted(act, Some(id.0)), Some(audit))?)
        })?;
        self.hold(sealer, None);
        let back = self.store().tape_set(id)?.key;
        match TapeKey::unwrap(&back, id, &opener) {
            Some(_) => Ok(id),
            None => Err(KeyActError::NotConfirmed),
        }
    }

    /// Renames a set.
    pub fn rename_tape_set(&self, id: TapeSetId, name: &TapeName) -> Result<(), StoreError> {
        self.act(Act::TapesRenamed, Some(id.0), |transaction| tapes::rename_set(transaction, id, name))
    }

    /// Removes a set with its key and its exchanges, from the files too. `false`: a provider uses it, and it stays.
    pub fn remove_tape_set(&self, id: TapeSetId) -> Result<bool, StoreError> {
        let removed = self.act_if(Act::TapesRemoved, Some(id.0), |transaction| {
            if tapes::is_used(transaction, id)? {
                return Ok((false, false));
            }
            tapes::remove_set(transaction, id)?;
            Ok::<_, StoreError>((true, true))
        })?;
        if removed {
            self.store().clear_log();
        }
        Ok(removed)
    }

    /// Writes down that a set is being exported.
    pub fn note_tapes_exported(&self, id: TapeSetId) -> Result<(), StoreError> {
        self.act(Act::TapesExported, Some(id.0), |_| Ok(()))
    }

    /// Lets a provider be recorded into a set, or played from it.
    pub fn use_tapes(
        &self,
        provider: ProviderId,
        set: TapeSetId,
        does: TapeUse,
        since: Timestamp,
    ) -> Result<(), StoreError> {
        let act = if does.plays() { Act::TapesPlayed } else { Act::RecordingOn };
        self.act(act, Some(provider.0), |transaction| {
            one_provider(transaction, provider)?;
            tapes::one_set(transaction, set)?;
            tapes::set_use(transaction, provider, set, does, since)
        })
    }

    /// Lets a provider be asked itself again; nothing in use is fine.
    pub fn stop_tapes(&self, provider: ProviderId) -> Result<(), StoreError> {
        let was = self.tape_uses()?.into_iter().find(|(id, _)| *id == provider);
        let Some((_, was)) = was else { return Ok(()) };
        let act = if was.does.plays() { Act::TapesStopped } else { Act::RecordingOff };
        self.act_if(act, Some(provider.0), |transaction| {
            tapes::clear_use(transaction, provider).map(|ended| ((), ended.is_some()))
        })
    }

    /// Seals the key of each set under a new vault key. One that does not open under the old one never will: it is left as
    /// it is, and keeps no key of a provider from its rotation.
    pub(super) fn reseal_tapes(
        &self,
        transaction: &Transaction<'_>,
        (old, new): (&Opener, &Opener),
    ) -> Result<(), KeyActError> {
        for set in tapes::all_sets(transaction)? {
            let Some(key) = TapeKey::unwrap(&set.key, set.id, old) else { continue };
            let sealed: SealedTapeKey = key.wrap(new, &*self.random)?;
            if TapeKey::unwrap(&sealed, set.id, new).is_none() {
                return Err(KeyActError::NotConfirmed);
            }
            tapes::write_key(transaction, set.id, &sealed)?;
        }
        Ok(())
    }
}
