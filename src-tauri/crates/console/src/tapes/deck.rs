//! The proxy's way to the tapes: finds what is played next, seals what was recorded. Knows where each provider stands in its
//! tapes, and what could not be recorded; both are forgotten with the console.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::proxy::{Looking, Tapes, Unrecorded};
use domain::{ActiveTape, Asked, Cause, Exchange, ProviderId, TapeSetId, Timestamp};
use tokio::sync::broadcast;
use vault::{CustodyState, KeyActError, TapeKept, Vault};

use crate::api::{Event, TapeLost, Topic};
use crate::system;

/// How often each question was played at a provider, since it began to play.
type Places = HashMap<ProviderId, (Timestamp, HashMap<Asked, u32>)>;

/// Cheap to clone; all clones are one.
#[derive(Clone)]
pub(crate) struct Deck {
    vault: Arc<Vault>,
    events: broadcast::Sender<Event>,
    places: Arc<Mutex<Places>>,
    lost: Arc<Mutex<HashMap<TapeSetId, TapeLost>>>,
}

impl Deck {
    pub(crate) fn new(vault: Arc<Vault>, events: broadcast::Sender<Event>) -> Self {
        Self { vault, events, places: Arc::default(), lost: Arc::default() }
    }

    /// What could not be recorded into a set.
    pub(crate) fn lost(&self, set: TapeSetId) -> Option<TapeLost> {
        locked(&self.lost).get(&set).copied()
    }

    /// A recording begins anew: what was lost before is no news.
    pub(crate) fn forget(&self, set: TapeSetId) {
        locked(&self.lost).remove(&set);
    }

    /// How often a question was played before, counting this time.
    fn place(&self, provider: ProviderId, since: Timestamp, asked: Asked) -> u32 {
        let mut places = locked(&self.places);
        let of_one = places.entry(provider).or_insert_with(|| (since, HashMap::new()));
        if of_one.0 != since {
            *of_one = (since, HashMap::new());
        }
        let place = of_one.1.entry(asked).or_default();
        let now = *place;
        *place = now.saturating_add(1);
        now
    }

    /// A miss has no place: questions nobody recorded must not fill the memory.
    fn missed(&self, provider: ProviderId, asked: &Asked) {
        if let Some(of_one) = locked(&self.places).get_mut(&provider) {
            of_one.1.remove(asked);
        }
    }

    fn lose(&self, set: TapeSetId, why: Unrecorded) {
        let mut all = locked(&self.lost);
        let lost = all.entry(set).or_insert(TapeLost { count: 0, why });
        *lost = TapeLost { count: lost.count.saturating_add(1), why };
    }
}

impl Tapes for Deck {
    fn play(&self, provider: ProviderId, active: &ActiveTape, asked: Asked) -> Looking<'_> {
        let (set, since) = (active.set, active.since);
        let place = self.place(provider, since, asked);
        let vault = Arc::clone(&self.vault);
        Box::pin(async move {
            let found = system::blocking(move || vault.tape(set, &asked, place)).await;
            let found = found.map_err(|_| Cause::Internal)?;
            if !matches!(found, Ok(Some(_))) {
                self.missed(provider, &asked);
            }
            found.map_err(|error| match error {
                KeyActError::Custody(CustodyState::KeyMissing) => Cause::KeyMissing,
                KeyActError::Custody(CustodyState::Damaged) => Cause::TapeDamaged,
                KeyActError::Custody(_) => Cause::VaultLocked,
                _ => Cause::TapeDamaged,
            })
        })
    }

    fn record(&self, set: TapeSetId, exchange: Result<Exchange, Unrecorded>) {
        let kept = exchange.and_then(|exchange| match self.vault.keep_exchange(set, &exchange) {
            Ok(TapeKept::Kept) => Ok(()),
            Ok(TapeKept::Full) => Err(Unrecorded::SetFull),
            Err(KeyActError::Custody(_)) => Err(Unrecorded::VaultLocked),
            Err(_) => Err(Unrecorded::NotWritten),
        });
        if let Err(why) = kept {
            self.lose(set, why);
        }
        // Nobody listening is fine.
        let _ = self.events.send(Event::Changed { topic: Topic::Tapes });
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
