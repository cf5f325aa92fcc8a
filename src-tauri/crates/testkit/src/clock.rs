//! A clock that moves when told, and never by itself.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use domain::{Clock, Timestamp};

/// Wall time at the start: a day in September 2026, in milliseconds.
const START: i64 = 1_790_000_000_000;

/// Both its times move by as much. Holds milliseconds.
#[derive(Default)]
pub struct HandClock(AtomicI64);

impl HandClock {
    /// Moves it on.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp(START + self.0.load(Ordering::SeqCst))
    }

    fn elapsed(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.load(Ordering::SeqCst)).unwrap())
    }
}
