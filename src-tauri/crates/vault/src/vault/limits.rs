//! Limits and usage in the store. Counts are no acts: they are written as calls pass, and stand in no audit chain.

use domain::limits::{Changes, Kept, Limit, LimitId, Person};
use domain::{ApplicationId, Uid};

use super::{Acting, Vault};
use crate::audit::Act;
use crate::failure::StoreError;
use crate::hazmat;
use crate::store::{Usage, limits};

/// Turns uids into what limits know of them. No `Debug`: it holds the store's salt.
pub struct Pseudonyms([u8; 32]);

impl Pseudonyms {
    /// The same for the same uid of the same application, and told from it by nobody without this store.
    #[must_use]
    pub fn of(&self, application: ApplicationId, uid: &Uid) -> Person {
        let named = [application.0.as_bytes(), uid.as_str().as_bytes()].concat();
        let mut person = [0; 16];
        for (to, from) in person.iter_mut().zip(hazmat::keyed_hash(&self.0, &named)) {
            *to = from;
        }
        Person(person)
    }
}

impl Vault {
    /// Every limit, oldest first.
    pub fn limits(&self) -> Result<Vec<Limit>, StoreError> {
        self.store().limits()
    }

    /// What turns uids into persons.
    pub fn pseudonyms(&self) -> Result<Pseudonyms, StoreError> {
        self.store().salt().map(Pseudonyms)
    }

    /// Counts as they were written down, and what was held for calls nobody settled.
    pub fn kept_counts(&self) -> Result<Kept, StoreError> {
        self.store().kept_counts()
    }

    /// Writes down what a ledger says, durably, all of it or nothing. `first`: in place of every hold found at a start.
    pub fn keep_counts(&self, changes: &Changes, first: bool) -> Result<(), StoreError> {
        let write = if first { limits::write_first } else { limits::write };
        self.store().whole(|transaction| write(transaction, changes))
    }

    /// What calls used, from one day since 1970 to another, newest first.
    pub fn usage(&self, from: i64, to: i64) -> Result<Vec<Usage>, StoreError> {
        self.store().usage(from, to)
    }
}

impl Acting<'_> {
    /// Sets a limit; one of the same kind gets its amount and keeps its counts.
    pub fn set_limit(&self, limit: &Limit) -> Result<LimitId, StoreError> {
        self.act_if(Act::LimitSet, Some(limit.application.0), |transaction| {
            limits::set_limit(transaction, limit)
        })
    }

    /// Removes a limit and its counts.
    pub fn remove_limit(&self, limit: &Limit) -> Result<(), StoreError> {
        self.act(Act::LimitRemoved, Some(limit.application.0), |transaction| {
            limits::remove_limit(transaction, limit.id)
        })
    }
}
