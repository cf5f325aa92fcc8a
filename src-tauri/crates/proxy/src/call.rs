//! One call's record: it follows the call, tells the observer how far it came, and is handed in exactly once.
//!
//! Handing in happens on drop too, so a caller that goes away in the middle leaves a row like everyone else.

use std::sync::Arc;
use std::time::Instant;

use domain::{Activity, CallId, CallPhase, CallSignal, Cause, Timings, TokenUsage};

use providers::Used;

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

    /// A provider is being asked, once more.
    pub(crate) fn tried(&mut self) {
        self.shared.metrics.asked(self.row.provider_kind.as_ref());
        self.row.attempts = self.row.attempts.saturating_add(1);
    }

    /// A factor of 0.75 to 1.25 for waits, so that calls that failed together do not come back together.
    pub(crate) fn jitter(&self) -> f64 {
        // The last byte of a call's id is random.
        let byte = self.arrival.id.0.as_bytes().last().copied().unwrap_or_default();
        0.75 + f64::from(byte) / 510.0
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

    /// What one of the call's several questions used.
    pub(crate) fn used_more(&mut self, usage: TokenUsage) {
        let before = self.row.usage.unwrap_or_default();
        let sum = |a: u64, b: u64| a.saturating_add(b);
        self.row.usage = Some(TokenUsage::of(
            sum(before.prompt_tokens, usage.prompt_tokens),
            sum(before.completion_tokens, usage.completion_tokens),
        ));
    }

    /// The answer is passed on piece by piece.
    pub(crate) fn is_streamed(&mut self) {
        self.row.streamed = true;
    }

    /// Images the call made or described.
    pub(crate) fn used_images(&mut self, images: u64) {
        self.row.images = Some(images);
    }

    /// Characters the call translated.
    pub(crate) fn used_characters(&mut self, characters: u64) {
        self.row.characters = Some(characters);
    }

    /// What the meter read.
    pub(crate) fn metered(&mut self, used: Used) {
        self.row.usage = used.tokens.or(self.row.usage);
        self.row.images = used.images.or(self.row.images);
        self.row.characters = used.characters.or(self.row.characters);
    }

    /// The reply was handed over whole.
    pub(crate) fn succeeded(self) {
        self.ended_with(200, None);
    }

    /// Upstream's own reply was handed over whole, whatever it says.
    pub(crate) fn ended_with(mut self, status: u16, cause: Option<Cause>) {
        self.row.status = status;
        self.row.cause = cause;
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
        self.shared.metrics.ended(&self.row);
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
