//! Limits: how much of what a call may use up, for whom, in which span of time. Rules only: no clock, no store.
//!
//! Days and months are calendar ones, in UTC. Counts belong to a window's number, so a clock that is set back finds the
//! counts of the day it returns to, and never a fresh day twice.

mod ledger;
mod order;

use std::fmt;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{ApplicationId, Handle, Timestamp};

pub use ledger::{Changes, Count, Denied, Hold, Kept, Key, Ledger, Standing};
pub use order::{Amounts, Order, Rates};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
        pub enum $name { $($(#[$each])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every one there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable word.
            #[must_use]
            pub fn word(self) -> &'static str { match self { $(Self::$variant => $word),* } }

            /// The one of this word.
            #[must_use]
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// What a limit counts.
    Unit {
        /// Tokens, in and out.
        Tokens = "tokens",
        /// Images made or described.
        Images = "images",
        /// Characters translated.
        Characters = "characters",
        /// Millionths of a US dollar, by the price list.
        Money = "money",
    }
}

words! {
    /// After which time a count begins anew.
    Period {
        /// The calendar day, UTC.
        Day = "day",
        /// The calendar month, UTC.
        Month = "month",
        /// Never.
        Total = "total",
    }
}

impl Period {
    /// The number of the window that holds `at`.
    #[must_use]
    pub fn window(self, at: Timestamp) -> i64 {
        let date = civil(at);
        match self {
            Self::Day => at.0.div_euclid(DAY_MS),
            Self::Month => i64::from(date.year()) * 12 + i64::from(date.month()) - 1,
            Self::Total => 0,
        }
    }

    /// When that window ends; `None`: never.
    #[must_use]
    pub fn ends(self, at: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Day => Some(Timestamp((at.0.div_euclid(DAY_MS) + 1).saturating_mul(DAY_MS))),
            Self::Month => {
                let first = civil(at).date().last_of_month().tomorrow().ok()?;
                Some(Timestamp(Offset::UTC.to_timestamp(first.at(0, 0, 0, 0)).ok()?.as_millisecond()))
            }
            Self::Total => None,
        }
    }
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn civil(at: Timestamp) -> DateTime {
    // A wall clock beyond the year 9999 counts as the end of it.
    let end = if at.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    Offset::UTC.to_datetime(jiff::Timestamp::from_millisecond(at.0).unwrap_or(end))
}

/// An end user as limits know one: a keyed hash of application and uid. The uid cannot be read from it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Person(pub [u8; 16]);

impl fmt::Display for Person {
    /// Enough to tell two apart.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("u-")?;
        self.0.iter().take(4).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Whose calls a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Whose {
    /// Everyone's, together.
    Everyone,
    /// Each end user's own.
    Each,
    /// One end user's.
    One(Person),
}

/// Names a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct LimitId(pub Uuid);

/// A limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Identity.
    pub id: LimitId,
    /// Of which application.
    pub application: ApplicationId,
    /// Of which AddOn; `None`: of every call, those by a provider's own API included.
    pub addon: Option<Handle>,
    /// Whose calls count.
    pub whose: Whose,
    /// After which time the count begins anew.
    pub period: Period,
    /// What is counted.
    pub unit: Unit,
    /// How much of it there is.
    pub amount: u64,
}

/// Who asks, and with what.
#[derive(Debug, Clone, Copy)]
pub struct Asker {
    /// For which application.
    pub application: ApplicationId,
    /// With which AddOn, if with one.
    pub addon: Option<Handle>,
    /// Which end user.
    pub person: Person,
}

impl Limit {
    /// Whether it may count calls of this application with this AddOn, whoever makes them.
    #[must_use]
    pub fn concerns(&self, application: ApplicationId, addon: Option<Handle>) -> bool {
        self.application == application && (self.addon.is_none() || self.addon == addon)
    }

    /// Whether it counts calls of this asker.
    #[must_use]
    pub fn counts(&self, asker: &Asker) -> bool {
        let whose = match self.whose {
            Whose::Everyone | Whose::Each => true,
            Whose::One(person) => person == asker.person,
        };
        whose && self.concerns(asker.application, asker.addon)
    }

    /// Where it counts calls of this asker at that time.
    #[must_use]
    pub fn key(&self, asker: &Asker, at: Timestamp) -> Key {
        let person = (self.whose == Whose::Each).then_some(asker.person);
        Key { limit: self.id, person, window: self.period.window(at) }
    }
}

#[cfg(test)]
mod tests;
