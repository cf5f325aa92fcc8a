//! Asking a call's providers: retries at one provider, then the next one. Only before the first byte of an answer, and
//! only for causes that pass by themselves.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::{CallPhase, Cause};
use providers::UpstreamRequest;

use crate::Shared;
use crate::call::Call;
use crate::faults;
use crate::refusal::Refusal;
use crate::snapshot::{ProviderEntry, Snapshot};
use crate::tapes;
use crate::upstream::{Bounds, Failure, Reply, open_key, refused_by};

/// Longer waits are the caller's to decide on: it is told `Retry-After`.
pub(crate) const WAIT_MAX: Duration = Duration::from_secs(5);

/// Whether the next try, or the next provider, may do better at once.
fn passes(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::UpstreamUnreachable
            | Cause::ConnectionRefused
            | Cause::NameUnknown
            | Cause::CorporateProxyFailed
            | Cause::UpstreamTimeout
            | Cause::RateLimited
            | Cause::UpstreamOverloaded
            | Cause::UpstreamError
    )
}

/// Whether the same request is sent again: a connection that did not come about, 429, 502, 503, 529, as upstream's own
/// word allows.
fn again(failure: &Failure) -> bool {
    let safe = match failure.status {
        429 => failure.cause == Cause::RateLimited,
        502 | 503 | 529 => true,
        _ => false,
    };
    failure.should_retry.unwrap_or(safe) && safe
}

/// The providers of a call, first choice first; those that keep failing stand back while another can answer.
pub(crate) struct Candidates {
    shared: Arc<Shared>,
    left: std::vec::IntoIter<Arc<ProviderEntry>>,
    last: Refusal,
}

impl Candidates {
    /// `entries` in the AddOn's order.
    pub(crate) fn of(shared: &Arc<Shared>, entries: &[Arc<ProviderEntry>]) -> Self {
        // What failed on the network says nothing of tapes, and the other way round.
        let stands_back = |entry: &Arc<ProviderEntry>| {
            tapes::playing(entry).is_none() && shared.breakers.stands_back(entry.provider.id)
        };
        let (open, closed): (Vec<_>, Vec<_>) = entries.iter().cloned().partition(stands_back);
        // Last, not never: with nobody else to ask, a person who presses the button gets an answer or a reason.
        let left = closed.into_iter().chain(open).collect::<Vec<_>>().into_iter();
        Self { shared: Arc::clone(shared), left, last: Cause::NoProvider.into() }
    }

    /// The next one to ask, named in the call's record; or, with nobody left, why the last one did not answer.
    pub(crate) fn next(&mut self, call: &mut Call) -> Result<Arc<ProviderEntry>, Refusal> {
        let Some(entry) = self.left.next() else { return Err(self.last.clone()) };
        let entry = faults::met(&self.shared, call, entry);
        call.asks(&entry);
        Ok(entry)
    }

    /// What counts of `entry`'s answer; `None`: the next one is asked.
    pub(crate) fn counts<T>(
        &mut self,
        entry: &ProviderEntry,
        answer: Result<T, Refusal>,
    ) -> Option<Result<T, Refusal>> {
        let passing = answer.as_ref().is_err_and(|refusal| passes(refusal.cause));
        if tapes::playing(entry).is_none() {
            self.shared.breakers.note(entry.provider.id, !passing);
        }
        match answer {
            Err(refusal) if passing => {
                self.last = refusal;
                None
            }
            answer => Some(answer),
        }
    }
}

/// What asking needs besides the provider.
pub(crate) struct Asking<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) bounds: Bounds,
}

impl Asking<'_> {
    /// Opens the key into `request`, sends it, and waits for a success; again if that is safe.
    pub(crate) async fn ask(
        &self,
        entry: &ProviderEntry,
        call: &mut Call,
        request: &UpstreamRequest,
    ) -> Result<Reply, Refusal> {
        let retrying = self.shared.upstream.retrying;
        let mut tried = 0;
        loop {
            let (refusal, wait) = match self.once(entry, call, request).await? {
                Ok(reply) => return Ok(reply),
                Err(Missed::Unsent(cause)) => {
                    let safe = matches!(cause, Cause::ConnectionRefused | Cause::UpstreamUnreachable);
                    (refused_by(entry, cause), safe.then_some(None))
                }
                Err(Missed::Refused(failure)) => {
                    let wait = again(&failure).then_some(failure.wait);
                    (failure.into_refusal(entry), wait)
                }
            };
            if refusal.cause == Cause::KeyRejected
                && tapes::playing(entry).is_none()
                && let Some(previous) = &entry.previous
            {
                self.shared.observer.new_key_rejected(entry.provider.id);
                return Box::pin(self.ask(previous, call, request)).await;
            }
            let backoff = retrying.wait.saturating_mul(1 << tried.min(4)).mul_f64(call.jitter());
            let Some(pause) = wait.map(|asked| asked.unwrap_or(backoff)) else { return Err(refusal) };
            if tried >= retrying.times || pause > WAIT_MAX {
                return Err(refusal);
            }
            tried += 1;
            tokio::time::sleep(pause).await;
        }
    }

    /// One try. The outer error is our own: no key, no such destination.
    async fn once(
        &self,
        entry: &ProviderEntry,
        call: &mut Call,
        request: &UpstreamRequest,
    ) -> Result<Result<Reply, Missed>, Refusal> {
        // A request is a value: each try sends a copy, whose body is shared.
        let reply = match self.exchange(entry, call, request.clone()).await? {
            Ok(reply) => reply,
            Err(cause) => return Ok(Err(Missed::Unsent(cause))),
        };
        if (200..300).contains(&reply.status()) {
            return Ok(Ok(reply));
        }
        let now = self.shared.clock.now();
        let mut failure = reply.into_failure(entry.adapter, now).await;
        failure.cause = crate::retirement::judged(failure.cause, entry, now);
        Ok(Err(Missed::Refused(failure)))
    }

    /// The one place where a key is opened and a request leaves: waits for the head of the reply, whatever it says.
    /// The outer error is our own; the inner one is why no reply came.
    pub(crate) async fn exchange(
        &self,
        entry: &ProviderEntry,
        call: &mut Call,
        request: UpstreamRequest,
    ) -> Result<Result<Reply, Cause>, Refusal> {
        call.sends().await?;
        if let Some(fault) = entry.plays {
            let time = (self.bounds, self.shared.upstream.retrying.haste);
            return faults::played(fault, entry, call, &request, time).await;
        }
        if let Some(active) = tapes::playing(entry) {
            return tapes::played(active, entry, call, &request, self.bounds).await;
        }
        let recording = tapes::recording(entry, call, &request, self.snapshot).await;
        let opened = Instant::now();
        let key = open_key(entry, &request.auth, self.snapshot).inspect_err(|_| call.unanswered())?;
        call.reached(CallPhase::KeyOpened);
        let (key, outline) = key.unzip();
        // The plain key is ours from here until the client has taken it; `send` takes it at once.
        let sending = self.shared.upstream.send(&entry.provider, request, key, self.bounds);
        call.key_was_open(opened);
        call.tried();
        call.reached(CallPhase::Sent);
        match sending.await {
            Ok(mut reply) => {
                reply.outline = outline.map(Box::new);
                call.upstream_said(reply.status());
                if !(200..300).contains(&reply.status()) {
                    call.unanswered();
                }
                Ok(Ok(reply.recorded(recording)))
            }
            // It may be answered yet, to nobody.
            Err(Cause::UpstreamTimeout) => Ok(Err(Cause::UpstreamTimeout)),
            Err(cause) => {
                call.unanswered();
                if cause == Cause::DestinationRefused { Err(cause.into()) } else { Ok(Err(cause)) }
            }
        }
    }
}

enum Missed {
    /// No reply came.
    Unsent(Cause),
    /// A reply came that is no success.
    Refused(Failure),
}
