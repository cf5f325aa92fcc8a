//! One call's record: it follows the call, tells the observer how far it came, and is handed in exactly once.
//!
//! Handing in happens on drop too, so a caller that goes away in the middle leaves a row like everyone else.

use std::sync::Arc;
use std::time::Instant;

use domain::limits::Order;
use domain::{Activity, CallId, CallPhase, CallSignal, Cause, Fault, ProviderId, Timings, TokenUsage, Uid};

use providers::Used;

use crate::Shared;
use crate::limits::{self, Ask, Holding, Wanted};
use crate::refusal::Refusal;
use crate::snapshot::{ApplicationEntry, ProviderEntry};

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
    /// What it holds of limits, if any concerns it.
    holding: Option<Holding>,
    /// The failure its request asks for.
    asks_fault: Option<Fault>,
    /// Which failure each provider it came to has for it, for all its tries there.
    meets: Vec<(ProviderId, Option<Fault>)>,
    /// Whose call it is.
    uid: Option<Uid>,
    handed_in: bool,
}

impl Call {
    /// Opens the record. `row` says all that is known so far.
    pub(crate) fn open(shared: Arc<Shared>, arrival: Arrival, row: Activity) -> Self {
        let (holding, asks_fault, meets, uid) = (None, None, Vec::new(), None);
        Self { shared, arrival, row, holding, asks_fault, meets, uid, handed_in: false }
    }

    /// The same, with the failure its request asks for.
    pub(crate) fn asking_for(mut self, fault: Option<Fault>) -> Self {
        self.asks_fault = fault;
        self
    }

    /// The fault it meets at a provider: what its request asks for, else what `active` says when it first comes there.
    pub(crate) fn fault_of(
        &mut self,
        provider: ProviderId,
        active: impl FnOnce() -> Option<Fault>,
    ) -> Option<Fault> {
        let known = self.meets.iter().find(|(id, _)| *id == provider).map(|(_, fault)| *fault);
        known.unwrap_or_else(|| {
            let fault = self.asks_fault.or_else(active);
            self.meets.push((provider, fault));
            fault
        })
    }

    /// The provider that will be asked.
    pub(crate) fn asks(&mut self, entry: &ProviderEntry) {
        self.row.provider = Some(entry.provider.id);
        self.row.provider_kind = Some(entry.provider.kind.clone());
        self.row.fault = entry.plays.or(self.row.fault);
        self.row.model = entry.provider.model.clone().or_else(|| {
            entry.adapter.descriptor().default_model.and_then(|model| model.to_owned().try_into().ok())
        });
        self.held(|holding| holding.asks(entry.provider.id));
    }

    /// The model, where the request itself names one.
    pub(crate) fn of_model(&mut self, model: Option<&str>) {
        self.row.model = model.and_then(|id| id.to_owned().try_into().ok()).or(self.row.model.take());
    }

    /// Holds what the call may use at most, if a limit concerns it. What is refused here goes to no provider.
    pub(crate) async fn reserve(
        &mut self,
        application: &ApplicationEntry,
        uid: &Uid,
        wanted: impl FnOnce() -> Wanted,
    ) -> Result<(), Refusal> {
        self.uid = Some(uid.clone());
        let (id, addon) = (application.application.id, self.row.addon);
        if !application.limits.iter().any(|limit| limit.concerns(id, addon)) {
            return Ok(());
        }
        let wanted = wanted();
        let (order, at) = (wanted.order(), self.shared.clock.now());
        let ask = Ask { application: id, addon, uid: uid.clone(), at, order };
        let one = Ask { order: Order { rates: order.rates, ..wanted.each }, ..ask.clone() };
        let rates = wanted.rates.into_iter().filter_map(|(id, rates)| Some((id, rates?))).collect();
        // Before it is granted: a caller that leaves meanwhile leaves nothing held.
        self.holding = Some(Holding::new(one, wanted.times, rates));
        let granted = self.shared.limits.reserve(self.arrival.id, ask).await;
        let granted = granted.map_err(|denied| limits::refused(denied, at))?;
        self.held(|holding| holding.granted(granted / wanted.times.max(1)));
        if let Some(provider) = self.row.provider {
            self.held(|holding| holding.asks(provider));
        }
        Ok(())
    }

    /// The longest answer a limit allows, in tokens.
    pub(crate) fn output_max(&self) -> Option<u32> {
        self.holding.as_ref().map(Holding::output_max)
    }

    /// A question is about to be sent: it is paid for, also if one before was answered in vain.
    pub(crate) async fn sends(&mut self) -> Result<(), Refusal> {
        let Some(holding) = &mut self.holding else { return Ok(()) };
        if let Some(ask) = holding.short() {
            let at = self.shared.clock.now();
            let more = self.shared.limits.reserve(self.arrival.id, Ask { at, ..ask }).await;
            more.map_err(|denied| limits::refused(denied, at))?;
            holding.extended();
        }
        holding.sends();
        Ok(())
    }

    /// The question did not arrive, or upstream refused it.
    pub(crate) fn unanswered(&mut self) {
        self.held(Holding::refused);
    }

    /// The next question is a further part of the last one.
    pub(crate) fn goes_on(&mut self) {
        self.held(Holding::goes_on);
    }

    /// So many bytes of an answer were seen.
    pub(crate) fn got(&mut self, bytes: usize) {
        self.held(|holding| holding.got(bytes));
    }

    fn held(&mut self, what: impl FnOnce(&mut Holding)) {
        if let Some(holding) = &mut self.holding {
            what(holding);
        }
    }

    /// A tape answers in the provider's place.
    pub(crate) fn plays_tape(&mut self) {
        self.row.from_tape = true;
    }

    /// Whose call it is, once it was admitted.
    pub(crate) fn uid(&self) -> Option<&Uid> {
        self.uid.as_ref()
    }

    /// What every request shares.
    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
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

    /// What the call's answer used; of one that was cut, as far as was said.
    pub(crate) fn used(&mut self, usage: Option<TokenUsage>, complete: bool) {
        self.row.usage = usage.or(self.row.usage);
        if let Some(usage) = usage {
            self.held(|holding| holding.tokens(usage, complete));
        }
    }

    /// What one of the call's several questions used.
    pub(crate) fn used_more(&mut self, usage: TokenUsage) {
        let before = self.row.usage.unwrap_or_default();
        let sum = |a: u64, b: u64| a.saturating_add(b);
        self.row.usage = Some(TokenUsage::of(
            sum(before.prompt_tokens, usage.prompt_tokens),
            sum(before.completion_tokens, usage.completion_tokens),
        ));
        self.held(|holding| holding.tokens(usage, true));
    }

    /// The answer is passed on piece by piece.
    pub(crate) fn is_streamed(&mut self) {
        self.row.streamed = true;
    }

    /// One more image was made or described.
    pub(crate) fn made_image(&mut self) {
        self.held(|holding| holding.images(1));
    }

    /// Images the call made or described, in all.
    pub(crate) fn used_images(&mut self, images: u64) {
        self.row.images = Some(images);
    }

    /// More characters were translated.
    pub(crate) fn translated(&mut self, characters: u64) {
        self.held(|holding| holding.characters(characters));
    }

    /// Characters the call translated, in all.
    pub(crate) fn used_characters(&mut self, characters: u64) {
        self.row.characters = Some(characters);
    }

    /// What the meter read.
    pub(crate) fn metered(&mut self, used: Used, complete: bool) {
        self.used(used.tokens, complete);
        if let Some(images) = used.images {
            self.held(|holding| holding.images(images));
        }
        if let Some(characters) = used.characters {
            self.translated(characters);
        }
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
        if let Some(mut holding) = self.holding.take() {
            self.shared.limits.settle(self.arrival.id, holding.total());
        }
        self.row.timings = Timings { total_us: self.arrival.after_us(), ..self.row.timings };
        self.shared.metrics.ended(&self.row);
        self.shared.observer.ended(Arc::new(self.row.clone()));
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
