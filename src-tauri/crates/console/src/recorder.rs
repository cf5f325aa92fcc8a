//! Takes calls from the proxy: tells the faces at once, writes rows in batches, remembers which keys were refused.
//!
//! The queue is bounded: under a flood rows are dropped and counted, calls are never slowed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ::proxy::Observer;
use domain::{Activity, CallSignal, Cause, ProviderId, Timestamp};
use tokio::sync::{broadcast, mpsc, oneshot};
use vault::Vault;

use crate::api::{Event, TestReport, Topic};
use crate::housekeeping::{Chore, LastUse};
use crate::system;
use crate::watching::Keeping;

const QUEUE: usize = 8192;
/// How long rows gather before they are written: one write to disk for all of them, not one each. A crash costs
/// these rows; whoever reads asks for what is there first.
const GATHER: Duration = Duration::from_millis(100);

/// The last word on each provider's key since the console started.
#[derive(Default)]
pub(crate) struct Health(Mutex<HashMap<ProviderId, TestReport>>);

impl Health {
    pub(crate) fn of(&self, provider: ProviderId) -> Option<TestReport> {
        self.map().get(&provider).cloned()
    }

    pub(crate) fn set(&self, provider: ProviderId, report: TestReport) {
        self.map().insert(provider, report);
    }

    pub(crate) fn forget(&self, provider: ProviderId) {
        self.map().remove(&provider);
    }

    fn map(&self) -> std::sync::MutexGuard<'_, HashMap<ProviderId, TestReport>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Flush = oneshot::Sender<()>;

/// The proxy's side.
pub(crate) struct Recorder {
    rows: mpsc::Sender<Arc<Activity>>,
    events: broadcast::Sender<Event>,
    calls: broadcast::Sender<Arc<Activity>>,
    health: Arc<Health>,
    keeping: Arc<Keeping>,
    last_use: Arc<LastUse>,
    housekeeping: mpsc::Sender<Chore>,
}

/// The store's side.
pub(crate) struct Writer(mpsc::Sender<Flush>);

impl Writer {
    /// Returns when everything handed in before is written.
    pub(crate) async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.0.send(done).await.is_ok() {
            let _ = written.await;
        }
    }
}

/// Who hears of calls, besides the store.
pub(crate) struct Told {
    pub(crate) events: broadcast::Sender<Event>,
    pub(crate) calls: broadcast::Sender<Arc<Activity>>,
    pub(crate) health: Arc<Health>,
    pub(crate) keeping: Arc<Keeping>,
    pub(crate) last_use: Arc<LastUse>,
    pub(crate) housekeeping: mpsc::Sender<Chore>,
}

impl Recorder {
    pub(crate) fn start(vault: Arc<Vault>, with: Told) -> (Self, Writer) {
        let (rows, queue) = mpsc::channel(QUEUE);
        let (flush, flushes) = mpsc::channel(16);
        tokio::spawn(write(queue, flushes, vault, Arc::clone(&with.keeping), with.events.clone()));
        let Told { events, calls, health, keeping, last_use, housekeeping } = with;
        let recorder = Self { rows, events, calls, health, keeping, last_use, housekeeping };
        (recorder, Writer(flush))
    }

    fn judge_key(&self, activity: &Activity) {
        // A failure on purpose says nothing of the key, nor does a tape.
        let Some(provider) = activity.provider.filter(|_| activity.fault.is_none() && !activity.from_tape)
        else {
            return;
        };
        let rejected = activity.cause == Some(Cause::KeyRejected);
        let was_ok = self.health.of(provider).is_none_or(|report| report.ok);
        let accepted = activity.cause.is_none();
        if (rejected && !was_ok) || (accepted && was_ok) || (!rejected && !accepted) {
            return;
        }
        let report = TestReport {
            ok: accepted,
            stages: Vec::new(),
            cause: activity.cause,
            message: activity.cause.map_or("A call with this key succeeded.", Cause::message).to_owned(),
            took_ms: activity.timings.total_us / 1000,
            first_byte_ms: None,
            left: None,
            through: None,
            retires_on: None,
            at: activity.at,
        };
        self.health.set(provider, report);
        for topic in [Topic::Providers, Topic::Addons] {
            let _ = self.events.send(Event::Changed { topic });
        }
    }
}

impl Observer for Recorder {
    fn signal(&self, signal: CallSignal) {
        // Four a call: nobody there to see them is the headless proxy's ordinary case.
        if self.events.receiver_count() > 0 {
            let _ = self.events.send(Event::Signal { signal });
        }
    }

    fn ended(&self, activity: Arc<Activity>) {
        self.judge_key(&activity);
        self.last_use.now();
        if self.calls.receiver_count() > 0 {
            let _ = self.calls.send(Arc::clone(&activity));
        }
        if self.events.receiver_count() > 0 {
            let _ = self.events.send(Event::Call { activity: Box::new((*activity).clone()) });
        }
        if self.rows.try_send(activity).is_err() {
            self.keeping.lost(1);
        }
    }

    fn new_key_rejected(&self, provider: ProviderId) {
        // A full queue costs nothing: the next call will meet the same rejection.
        let _ = self.housekeeping.try_send(Chore::ReturnKey(provider));
    }

    fn dropped(&self) -> u64 {
        self.keeping.dropped()
    }

    fn fault_met(&self, provider: ProviderId, since: Timestamp, left: u32) {
        // What is lost of a full queue is made good by the next one.
        let _ = self.housekeeping.try_send(Chore::CountFault(provider, since, left));
    }

    fn sessions_changed(&self) {
        let _ = self.events.send(Event::Changed { topic: Topic::Sessions });
    }
}

async fn write(
    mut queue: mpsc::Receiver<Arc<Activity>>,
    mut flushes: mpsc::Receiver<Flush>,
    vault: Arc<Vault>,
    keeping: Arc<Keeping>,
    events: broadcast::Sender<Event>,
) {
    let mut told = 0;
    let mut over = false;
    while !over {
        let (mut rows, mut waiting) = (Vec::new(), None);
        // Woken by a row, or by somebody who wants to read what was handed in before.
        tokio::select! {
            row = queue.recv() => rows.extend(row),
            flush = flushes.recv() => waiting = flush,
        }
        if waiting.is_none() {
            tokio::select! {
                flush = flushes.recv() => waiting = flush,
                () = tokio::time::sleep(GATHER) => {}
            }
        }
        // What is still there when the console has gone is written all the same.
        over = queue.is_closed() || flushes.is_closed();
        while let Ok(row) = queue.try_recv() {
            rows.push(row);
        }
        if !rows.is_empty() {
            let (vault, keep, count) = (Arc::clone(&vault), keeping.retention(), rows.len());
            // A full disk costs rows of activity, never a call.
            let written = system::blocking(move || vault.append_activity(&rows, &keep)).await;
            if !matches!(written, Ok(Ok(()))) {
                keeping.lost(count as u64);
            }
        }
        if keeping.dropped() > told {
            told = keeping.dropped();
            let _ = events.send(Event::Changed { topic: Topic::Activity });
        }
        if let Some(done) = waiting {
            let _ = done.send(());
        }
    }
}

#[cfg(test)]
mod tests;
