//! What the console does by itself: returns a rejected key, lets old keys go in time, locks an idle vault. Its own acts are
//! written down as such.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use domain::{Clock, ProviderId, Timestamp};
use tokio::sync::mpsc;
use vault::{StoreError, Who};

use crate::Console;
use crate::actor::acting_as;
use crate::api::Topic;
use crate::process::give_back_memory;
use crate::system::blocking;

/// Often enough for a lock after a minute.
const PACE: Duration = Duration::from_secs(5);
/// After so long without use, memory that nothing holds is given back.
const REST: Duration = Duration::from_secs(10);
/// Each chore is small, and one that is lost comes again.
const QUEUE: usize = 256;

/// Something to do, told from where nothing may wait.
pub(crate) enum Chore {
    /// A provider's new key was rejected.
    ReturnKey(ProviderId),
    /// A call met the fault that is on at a provider since then; so many more do.
    CountFault(ProviderId, Timestamp, u32),
}

/// When the console was last used: by a face, or by a call.
pub(crate) struct LastUse {
    clock: Arc<dyn Clock>,
    at: AtomicU64,
    /// The use that the last rest came after.
    rested: AtomicU64,
}

impl LastUse {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        let last = Self { clock, at: AtomicU64::new(0), rested: AtomicU64::new(u64::MAX) };
        last.now();
        last
    }

    pub(crate) fn now(&self) {
        self.at.store(millis(self.clock.elapsed()), Ordering::Relaxed);
    }

    fn idle(&self) -> Duration {
        let now = millis(self.clock.elapsed());
        Duration::from_millis(now.saturating_sub(self.at.load(Ordering::Relaxed)))
    }

    /// Whether a rest has begun since this was last asked.
    fn rests(&self) -> bool {
        let at = self.at.load(Ordering::Relaxed);
        self.idle() >= REST && self.rested.swap(at, Ordering::Relaxed) != at
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

pub(crate) fn queue() -> (mpsc::Sender<Chore>, mpsc::Receiver<Chore>) {
    mpsc::channel(QUEUE)
}

/// Works until the console is gone.
pub(crate) fn start(console: &Arc<Console>, mut chores: mpsc::Receiver<Chore>) {
    let console: Weak<Console> = Arc::downgrade(console);
    tokio::spawn(acting_as(Who::Console, async move {
        let mut pace = tokio::time::interval(PACE);
        loop {
            let chore = tokio::select! {
                chore = chores.recv() => match chore {
                    Some(chore) => Some(chore),
                    None => return,
                },
                _ = pace.tick() => None,
            };
            let Some(console) = console.upgrade() else { return };
            match chore {
                Some(Chore::ReturnKey(provider)) => console.return_rejected(provider).await,
                Some(Chore::CountFault(provider, since, left)) => {
                    console.count_fault(provider, since, left).await;
                }
                None => console.tidy().await,
            }
        }
    }));
}

impl Console {
    /// Looks whether anything's time has come. Called every few seconds; tests call it themselves.
    pub async fn tidy(&self) {
        self.imports.expire();
        if self.last_use.rests() {
            let _ = blocking(give_back_memory).await;
        }
        let policy = self.lock_policy().await.unwrap_or_default();
        let after = Duration::from_secs(60 * u64::from(policy.idle_minutes));
        if policy.idle_minutes > 0 && self.last_use.idle() >= after {
            let _ = self.lock_now().await;
        }
        let now = self.clock.now();
        self.trim_activity(now).await;
        let over = self.store(move |vault| {
            let all = vault.providers()?;
            Ok::<_, StoreError>(
                all.iter().filter_map(|each| each.previous.as_ref()).any(|previous| previous.until <= now),
            )
        });
        if over.await.unwrap_or(false) {
            // What cannot be written now is tried again.
            let _ = self.change(&[Topic::Providers], |vault| vault.expire_previous_keys()).await;
        }
    }

    /// The new key of a provider was rejected: the one before takes its place again.
    async fn return_rejected(&self, provider: ProviderId) {
        let kept = self.store(move |vault| vault.providers()).await.is_ok_and(|all| {
            all.iter().any(|stored| stored.provider.id == provider && stored.previous.is_some())
        });
        if kept
            && self
                .change(&[Topic::Providers, Topic::Addons], move |vault| vault.return_key(provider))
                .await
                .is_ok()
        {
            self.health.forget(provider);
            self.models.forget(provider);
        }
    }
}

#[cfg(test)]
mod tests {
    use testkit::clock::HandClock;

    use super::*;

    #[test]
    fn a_rest_begins_once_after_each_use() {
        let clock = Arc::new(HandClock::default());
        let last = LastUse::new(Arc::<HandClock>::clone(&clock));
        let after = |seconds| clock.advance(Duration::from_secs(seconds));
        assert!(!last.rests());
        after(9);
        assert!(!last.rests());
        after(1);
        assert!(last.rests() && !last.rests());
        after(90);
        assert!(!last.rests());
        last.now();
        after(9);
        assert!(!last.rests());
        after(2);
        assert!(last.rests() && !last.rests());
    }
}
