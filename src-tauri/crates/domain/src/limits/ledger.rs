//! The exact count of every limit: what was used, what is held for calls on their way. Check and hold are one step.
//!
//! It lives in memory and keeps nothing itself: [`Ledger::take_changes`] says what has to be written down. Whoever owns
//! it writes that before a call is let go.

use std::collections::{BTreeSet, HashMap};

use super::{Amounts, Asker, Limit, LimitId, Order, Person, Unit, Whose};
use crate::{CallId, Timestamp};

/// Where units are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// By which limit.
    pub limit: LimitId,
    /// Whose, where each end user has a count.
    pub person: Option<Person>,
    /// In which window of its period.
    pub window: i64,
}

/// A count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Used up.
    pub used: u64,
    /// How much of it belongs to calls whose end was not seen: taken as used, since they may have been made.
    pub assumed: u64,
}

/// Units held for a call on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// Where.
    pub key: Key,
    /// How many.
    pub amount: u64,
}

/// What was written down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Every count.
    pub counts: Vec<(Key, Count)>,
    /// Holds of calls that were not settled.
    pub holds: Vec<Hold>,
}

/// What is to be written down, as it stands now: written twice it says the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Counts in place of those with the same key.
    pub counts: Vec<(Key, Count)>,
    /// All holds of these calls; none: the call is over.
    pub calls: Vec<(CallId, Vec<Hold>)>,
}

impl Changes {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.calls.is_empty()
    }
}

/// How a limit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The limit.
    pub limit: Limit,
    /// Whose count it is, where each end user has one.
    pub person: Option<Person>,
    /// What was used.
    pub count: Count,
    /// Held for calls on their way.
    pub held: u64,
    /// When the count begins anew; `None`: never.
    pub resets: Option<Timestamp>,
}

impl Standing {
    /// What can still be had.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.limit.amount.saturating_sub(self.count.used).saturating_sub(self.held)
    }
}

/// Why units were not granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// Too little is left of this one: the call needs this much at least.
    Reached(Box<Standing>, u64),
    /// A limit counts money, and the call's price is not known.
    PriceUnknown,
    /// The count could not be written down.
    NotKept,
}

/// All counts.
#[derive(Default)]
pub struct Ledger {
    limits: Vec<Limit>,
    counts: HashMap<Key, Count>,
    held: HashMap<Key, u64>,
    calls: HashMap<CallId, Vec<Hold>>,
    touched_counts: BTreeSet<Key>,
    touched_calls: BTreeSet<CallId>,
}

impl Ledger {
    /// The ledger as it was kept. Units held for calls nobody settled count as used.
    #[must_use]
    pub fn reopen(limits: Vec<Limit>, kept: Kept) -> Self {
        let counts = kept.counts.into_iter().collect();
        let mut ledger = Self { counts, ..Self::default() };
        for hold in kept.holds {
            let count = ledger.counts.entry(hold.key).or_default();
            count.used = count.used.saturating_add(hold.amount);
            count.assumed = count.assumed.saturating_add(hold.amount);
            ledger.touched_counts.insert(hold.key);
        }
        ledger.set_limits(limits);
        ledger
    }

    /// The limits in force from now on; a limit that stays keeps its counts.
    pub fn set_limits(&mut self, limits: Vec<Limit>) {
        let stays = |id: LimitId| limits.iter().any(|limit| limit.id == id);
        self.counts.retain(|key, _| stays(key.limit));
        self.held.retain(|key, _| stays(key.limit));
        self.touched_counts.retain(|key| stays(key.limit));
        for holds in self.calls.values_mut() {
            holds.retain(|hold| stays(hold.key.limit));
        }
        self.limits = limits;
    }

    /// Holds what a call may use at most, by every limit that counts it or by none; gives how long its answer may be.
    /// Asked again for a call, it holds that much more.
    pub fn reserve(
        &mut self,
        call: CallId,
        asker: &Asker,
        at: Timestamp,
        order: &Order,
    ) -> Result<u64, Denied> {
        let mut output = order.output.max(order.least);
        let limits: Vec<&Limit> = self.limits.iter().filter(|limit| limit.counts(asker)).collect();
        for limit in &limits {
            if limit.unit == Unit::Money && order.rates.is_none() {
                return Err(Denied::PriceUnknown);
            }
            let standing = self.standing(limit, limit.key(asker, at), at);
            match order.longest(limit.unit, standing.left()) {
                Some(longest) => output = output.min(longest),
                None => {
                    let needed = order.amounts(order.least).of(limit.unit);
                    return Err(Denied::Reached(Box::new(standing), needed));
                }
            }
        }
        let amounts = order.amounts(output);
        let holds: Vec<Hold> = limits
            .iter()
            .map(|limit| Hold { key: limit.key(asker, at), amount: amounts.of(limit.unit) })
            .filter(|hold| hold.amount > 0)
            .collect();
        for hold in &holds {
            let held = self.held.entry(hold.key).or_default();
            *held = held.saturating_add(hold.amount);
        }
        if !holds.is_empty() {
            self.calls.entry(call).or_default().extend(holds);
            self.touched_calls.insert(call);
        }
        Ok(output)
    }

    /// A call is over and used this much: its holds go, what it used stays. Says nothing of a call it does not know.
    pub fn settle(&mut self, call: CallId, used: &Amounts) {
        let Some(holds) = self.calls.remove(&call) else { return };
        self.touched_calls.insert(call);
        for (place, hold) in holds.iter().enumerate() {
            if let Some(held) = self.held.get_mut(&hold.key) {
                *held = held.saturating_sub(hold.amount);
                if *held == 0 {
                    self.held.remove(&hold.key);
                }
            }
            let Some(limit) = self.limits.iter().find(|limit| limit.id == hold.key.limit) else { continue };
            // A call that was granted more after midnight fills yesterday's share first.
            let same = |other: &&Hold| other.key.limit == hold.key.limit;
            let before: u64 = holds.iter().take(place).filter(same).map(|hold| hold.amount).sum();
            let rest = used.of(limit.unit).saturating_sub(before);
            let last = !holds.iter().skip(place + 1).any(|other| same(&other));
            let share = if last { rest } else { rest.min(hold.amount) };
            if share > 0 {
                let count = self.counts.entry(hold.key).or_default();
                count.used = count.used.saturating_add(share);
                self.touched_counts.insert(hold.key);
            }
        }
    }

    /// What has to be written down since this was last asked.
    pub fn take_changes(&mut self) -> Changes {
        let counts = std::mem::take(&mut self.touched_counts);
        let calls = std::mem::take(&mut self.touched_calls);
        Changes {
            counts: counts.into_iter().map(|key| (key, self.count(&key))).collect(),
            calls: calls
                .into_iter()
                .map(|call| (call, self.calls.get(&call).cloned().unwrap_or_default()))
                .collect(),
        }
    }

    /// These changes were not written: they are due again.
    pub fn not_written(&mut self, changes: &Changes) {
        let stays = |key: &Key| self.limits.iter().any(|limit| limit.id == key.limit);
        self.touched_counts.extend(changes.counts.iter().map(|(key, _)| *key).filter(stays));
        self.touched_calls.extend(changes.calls.iter().map(|(call, _)| *call));
    }

    /// How every limit stands that counts calls of this asker.
    #[must_use]
    pub fn standings_of(&self, asker: &Asker, at: Timestamp) -> Vec<Standing> {
        let limits = self.limits.iter().filter(|limit| limit.counts(asker));
        limits.map(|limit| self.standing(limit, limit.key(asker, at), at)).collect()
    }

    /// How every limit stands. One that gives each end user a count stands as often as there are such counts, those who
    /// used most first, and once with nobody's where there are none.
    #[must_use]
    pub fn standings(&self, at: Timestamp) -> Vec<Standing> {
        let mut all = Vec::new();
        for limit in &self.limits {
            let window = limit.period.window(at);
            let own = |key: &&Key| key.limit == limit.id && key.window == window;
            let keys: BTreeSet<Key> =
                self.counts.keys().filter(own).chain(self.held.keys().filter(own)).copied().collect();
            let mut standings: Vec<Standing> =
                keys.into_iter().map(|key| self.standing(limit, key, at)).collect();
            if standings.is_empty() {
                let person = None;
                standings.push(self.standing(limit, Key { limit: limit.id, person, window }, at));
            }
            standings.sort_by_key(|standing| std::cmp::Reverse(standing.count.used + standing.held));
            all.extend(standings);
        }
        all
    }

    fn count(&self, key: &Key) -> Count {
        self.counts.get(key).copied().unwrap_or_default()
    }

    fn standing(&self, limit: &Limit, key: Key, at: Timestamp) -> Standing {
        Standing {
            limit: limit.clone(),
            person: key.person.filter(|_| limit.whose == Whose::Each),
            count: self.count(&key),
            held: self.held.get(&key).copied().unwrap_or_default(),
            resets: limit.period.ends(at),
        }
    }
}
