//! Which providers keep failing: after five failures in a row one stands back for 30 s, then gets one call to prove
//! itself. Knows no HTTP; time is passed in by the clock it is given.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{Clock, ProviderId};

const FAILURES: u32 = 5;
pub(crate) const REST: Duration = Duration::from_secs(30);

#[derive(Default)]
struct State {
    failures: u32,
    /// Until when others go first.
    until: Duration,
}

/// The breakers of all providers.
pub(crate) struct Breakers {
    clock: Arc<dyn Clock>,
    states: Mutex<HashMap<ProviderId, State>>,
}

impl Breakers {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, states: Mutex::default() }
    }

    /// Whether others go first. Once the rest is over, exactly one caller is told no.
    pub(crate) fn stands_back(&self, provider: ProviderId) -> bool {
        let now = self.clock.elapsed();
        let mut states = self.states();
        let Some(state) = states.get_mut(&provider).filter(|state| state.failures >= FAILURES) else {
            return false;
        };
        if now < state.until {
            return true;
        }
        state.until = now.saturating_add(REST);
        false
    }

    /// A call ended: `good` unless it failed for a cause that passes.
    pub(crate) fn note(&self, provider: ProviderId, good: bool) {
        let now = self.clock.elapsed();
        let mut states = self.states();
        if good {
            states.remove(&provider);
            return;
        }
        let state = states.entry(provider).or_default();
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES {
            state.until = now.saturating_add(REST);
        }
    }

    fn states(&self) -> MutexGuard<'_, HashMap<ProviderId, State>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use testkit::clock::HandClock;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn five_failures_rest_a_provider_and_one_call_tries_it_again() {
        let clock = Arc::new(HandClock::default());
        let breakers = Breakers::new(Arc::clone(&clock) as Arc<dyn Clock>);
        let id = ProviderId(Uuid::nil());
        for _ in 0..4 {
            breakers.note(id, false);
        }
        assert!(!breakers.stands_back(id));
        breakers.note(id, false);
        assert!(breakers.stands_back(id));
        clock.advance(Duration::from_secs(30));
        assert!(!breakers.stands_back(id), "one trial");
        assert!(breakers.stands_back(id), "only one");
        breakers.note(id, true);
        assert!(!breakers.stands_back(id));
    }

    #[test]
    fn a_success_between_failures_counts_from_the_start() {
        let breakers = Breakers::new(Arc::new(HandClock::default()));
        let id = ProviderId(Uuid::nil());
        for _ in 0..3 {
            for _ in 0..4 {
                breakers.note(id, false);
            }
            breakers.note(id, true);
        }
        assert!(!breakers.stands_back(id));
    }
}
