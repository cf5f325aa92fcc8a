//! One call's record: it follows the call, tells the observer how far it came, and is handed in exactly once.
//!
//! Handing in happens on drop too, so a caller that goes away in the middle leaves a row like everyone else.

use std::sync::Arc;
use std::time::Instant;

use domain::{Activity, CallId, CallPhase, CallSignal, Cause, Timings, TokenUsage};

use crate::Shared;
use crate::refusal::Refusal;
use crate::snapshot::ProviderEntry;

/// When a request was read, and what it is called.
#[derive(Clone, Copy)]
pub(crate) struct Arrival {
    pub(crate) id: CallId,
    pub(crate) started: Instant,
}

impl Arrival {
    pub(crate) fn after_us(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

/// The record of a call that passed the gate.
pub(crate) struct Call {
    shared: Arc<Shared>,
    arrival: Arrival,
    row: Activity,
    handed_in: bool,
}

impl Call {
    /// Opens the record. `row` says all that is known so far.
    pub(crate) fn open(shared: Arc<Shared>, arrival: Arrival, row: Activity) -> Self {
        Self { shared, arrival, row, handed_in: false }
    }

    /// The provider that will be asked.
    pub(crate) fn asks(&mut self, entry: &ProviderEntry) {
        self.row.provider = Some(entry.provider.id);
        self.row.provider_kind = Some(entry.provider.kind.clone());
        self.row.model = entry.provider.model.clone().or_else(|| {
            entry.adapter.descriptor().default_model.and_then(|model| model.to_owned().try_into().ok())
        });
    }

    /// The call came a step further.
    pub(crate) fn reached(&mut self, phase: CallPhase) {
        let after_us = self.arrival.after_us();
        match phase {
            CallPhase::Admitted => self.row.timings.admitted_us = Some(after_us),
            CallPhase::KeyOpened => {}
            CallPhase::Sent => self.row.timings.sent_us = Some(after_us),
            CallPhase::FirstByte => self.row.timings.first_byte_us = Some(after_us),
        }
        self.shared.observer.signal(CallSignal {
            id: self.arrival.id,
            application: self.row.application,
            phase,
            after_us,
        });
    }

    /// How long the plain key was held.
    pub(crate) fn key_was_open(&mut self, since: Instant) {
        self.row.timings.key_open_us = u64::try_from(since.elapsed().as_micros()).ok();
    }

    /// What upstream's server answered.
    pub(crate) fn upstream_said(&mut self, status: u16) {
        self.row.upstream_status = Some(status);
    }

    /// What the call used so far.
    pub(crate) fn used(&mut self, usage: TokenUsage) {
        self.row.usage = Some(usage);
    }

    /// The reply was handed over whole.
    pub(crate) fn succeeded(mut self) {
        self.row.status = 200;
        self.hand_in();
    }

    /// The call failed. `begun` says that a 200 was already on its way.
    pub(crate) fn failed(mut self, refusal: &Refusal, begun: bool) {
        self.row.status = if begun { 200 } else { refusal.cause.status() };
        self.row.cause = Some(refusal.cause);
        self.hand_in();
    }

    fn hand_in(&mut self) {
        self.handed_in = true;
        self.row.timings = Timings { total_us: self.arrival.after_us(), ..self.row.timings };
        self.shared.observer.ended(self.row.clone());
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if !self.handed_in {
            self.row.status = Cause::ClientGone.status();
            self.row.cause = Some(Cause::ClientGone);
            self.hand_in();
        }
    }
}
