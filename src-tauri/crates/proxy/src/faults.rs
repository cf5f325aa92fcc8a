//! Faults on the request path: which one a call meets, and that it is played in place of an exchange. Opens no key, asks
//! nobody, and knows no provider's dialect (`providers::faults`). Everything behind the exchange is as always.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::{ActiveFault, CallPhase, Cause, Fault, FaultTimes, ProviderId, Timestamp};
use http::{HeaderMap, HeaderName};
use providers::UpstreamRequest;
use providers::faults::{Played, play, stand_in};

use crate::Shared;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::snapshot::{ApplicationEntry, ProviderEntry};
use crate::upstream::{Bounds, Reply};

/// Names a fault, for sessions of an application that is marked as testing.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-addon-console-fault");

/// The fault a request asks for by header.
pub(crate) fn asked(headers: &HeaderMap, application: &ApplicationEntry) -> Result<Option<Fault>, Cause> {
    let mut values = headers.get_all(HEADER).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if !application.testing {
        return Err(Cause::FaultNotAllowed);
    }
    let fault = value.to_str().ok().and_then(|word| Fault::from_word(word.trim()));
    match (fault, values.next()) {
        (Some(fault), None) => Ok(Some(fault)),
        _ => Err(Cause::FaultUnknown),
    }
}

/// How many calls a fault that is on for some only has left. Kept apart from the snapshot: whoever makes that hears of a
/// call later than the next call comes.
#[derive(Default)]
pub(crate) struct Tally(Mutex<HashMap<ProviderId, (Timestamp, u32)>>);

impl Tally {
    /// Whether one more call meets `active`, and how many do after it.
    fn take(&self, provider: ProviderId, active: &ActiveFault) -> Option<Option<u32>> {
        let Some(left) = active.left.map(FaultTimes::get) else { return Some(None) };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.entry(provider).or_insert((active.since, left));
        if known.0 != active.since {
            *known = (active.since, left);
        }
        known.1 = known.1.checked_sub(1)?;
        Some(Some(known.1))
    }
}

/// The provider as this call meets it: unchanged, or with a fault in its way, and then without any key.
pub(crate) fn met(shared: &Shared, call: &mut Call, entry: Arc<ProviderEntry>) -> Arc<ProviderEntry> {
    let id = entry.provider.id;
    let fault = call.fault_of(id, || {
        let active = entry.fault.as_ref()?;
        let left = shared.faults.take(id, active)?;
        if let Some(left) = left {
            shared.observer.fault_met(id, active.since, left);
        }
        Some(active.fault)
    });
    let Some(fault) = fault else { return entry };
    Arc::new(ProviderEntry {
        provider: entry.provider.clone(),
        sealed: None,
        // A key that is rejected on purpose must not cost the new one its place.
        previous: None,
        adapter: stand_in(entry.adapter),
        fault: None,
        plays: Some(fault),
        // What nobody was asked is not recorded.
        tape: None,
    })
}

/// What stands in for an exchange. `haste` says how many times faster than written its time passes.
pub(crate) async fn played(
    fault: Fault,
    entry: &ProviderEntry,
    call: &mut Call,
    request: &UpstreamRequest,
    (bounds, haste): (Bounds, u32),
) -> Result<Result<Reply, Cause>, Refusal> {
    let Some(played) = play(fault, entry.adapter, request) else {
        call.unanswered();
        return Err(Cause::FaultUnknown.into());
    };
    if let Played::Own(cause) = played {
        call.unanswered();
        return Err(cause.into());
    }
    call.tried();
    call.reached(CallPhase::Sent);
    match played {
        Played::Reply(reply) if reply.after <= bounds.first_byte => {
            wait(reply.after, haste).await;
            let reply = Reply::played(reply, bounds, haste);
            call.upstream_said(reply.status());
            if !(200..300).contains(&reply.status()) {
                call.unanswered();
            }
            Ok(Ok(reply))
        }
        Played::Reply(_) | Played::Silence => {
            wait(bounds.first_byte, haste).await;
            Ok(Err(Cause::UpstreamTimeout))
        }
        Played::Unsent(cause) | Played::Own(cause) => {
            call.unanswered();
            Ok(Err(cause))
        }
    }
}

/// Lets a fault's time pass.
pub(crate) async fn wait(time: Duration, haste: u32) {
    if !time.is_zero() {
        tokio::time::sleep(time / haste.max(1)).await;
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_fault_for_some_calls_is_met_by_so_many_whatever_the_snapshot_says() {
        let (tally, id) = (Tally::default(), ProviderId(Uuid::nil()));
        let fault = |left: Option<u32>, since| ActiveFault {
            fault: Fault::Overloaded,
            left: left.map(|left| left.try_into().unwrap()),
            since: Timestamp(since),
        };
        // The snapshot is late: it says 2 all the time.
        let two = fault(Some(2), 1);
        let met: Vec<_> = (0..4).map(|_| tally.take(id, &two)).collect();
        assert_eq!(met, [Some(Some(1)), Some(Some(0)), None, None]);
        assert_eq!(tally.take(id, &fault(Some(2), 2)), Some(Some(1)), "chosen again");
        for _ in 0..5 {
            assert_eq!(tally.take(id, &fault(None, 3)), Some(None));
        }
    }
}
