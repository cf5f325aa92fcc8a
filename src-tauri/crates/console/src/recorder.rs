//! Takes calls from the proxy: tells the faces at once, writes rows in batches, remembers which keys were refused.
//!
//! The queue is bounded: under a flood rows are dropped and counted, calls are never slowed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ::proxy::Observer;
use domain::{Activity, CallSignal, Cause, ProviderId};
use tokio::sync::{broadcast, mpsc, oneshot};
use vault::Vault;

use crate::api::{Event, TestReport, Topic};
use crate::housekeeping::Chore;
use crate::system;
use crate::watching::Keeping;

const QUEUE: usize = 4096;
const BATCH: usize = 256;

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

enum Entry {
    Row(Box<Activity>),
    Flush(oneshot::Sender<()>),
}

/// The proxy's side.
pub(crate) struct Recorder {
    rows: mpsc::Sender<Entry>,
    events: broadcast::Sender<Event>,
    health: Arc<Health>,
    keeping: Arc<Keeping>,
    housekeeping: mpsc::Sender<Chore>,
}

/// The store's side.
pub(crate) struct Writer(mpsc::Sender<Entry>);

impl Writer {
    /// Returns when everything handed in before is written.
    pub(crate) async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.0.send(Entry::Flush(done)).await.is_ok() {
            let _ = written.await;
        }
    }
}

impl Recorder {
    pub(crate) fn start(
        vault: Arc<Vault>,
        events: broadcast::Sender<Event>,
        health: Arc<Health>,
        housekeeping: mpsc::Sender<Chore>,
        keeping: Arc<Keeping>,
    ) -> (Self, Writer) {
        let (rows, queue) = mpsc::channel(QUEUE);
        tokio::spawn(write(queue, vault, Arc::clone(&keeping), events.clone()));
        let writer = Writer(rows.clone());
        (Self { rows, events, health, keeping, housekeeping }, writer)
    }

    fn judge_key(&self, activity: &Activity) {
        let Some(provider) = activity.provider else { return };
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
        let _ = self.events.send(Event::Signal { signal });
    }

    fn ended(&self, activity: Activity) {
        self.judge_key(&activity);
        let _ = self.housekeeping.try_send(Chore::Used);
        if self.rows.try_send(Entry::Row(Box::new(activity.clone()))).is_err() {
            self.keeping.lost(1);
        }
        let _ = self.events.send(Event::Call { activity: Box::new(activity) });
    }

    fn new_key_rejected(&self, provider: ProviderId) {
        // A full queue costs nothing: the next call will meet the same rejection.
        let _ = self.housekeeping.try_send(Chore::ReturnKey(provider));
    }

    fn dropped(&self) -> u64 {
        self.keeping.dropped()
    }

    fn sessions_changed(&self) {
        let _ = self.events.send(Event::Changed { topic: Topic::Sessions });
    }
}

async fn write(
    mut queue: mpsc::Receiver<Entry>,
    vault: Arc<Vault>,
    keeping: Arc<Keeping>,
    events: broadcast::Sender<Event>,
) {
    let mut told = 0;
    let mut entries = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut entries, BATCH).await > 0 {
        let (mut rows, mut waiting) = (Vec::new(), Vec::new());
        for entry in entries.drain(..) {
            match entry {
                Entry::Row(row) => rows.push(*row),
                Entry::Flush(done) => waiting.push(done),
            }
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
        for done in waiting {
            let _ = done.send(());
        }
    }
}

#[cfg(test)]
mod tests;
