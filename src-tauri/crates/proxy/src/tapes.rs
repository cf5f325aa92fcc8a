//! Tapes on the request path: a provider that plays them is not asked, one that is recorded is asked as always. Opens no
//! key to play one, and keeps nothing itself: whoever does is a [`Tapes`]. Everything behind the exchange is as always.

mod asked;
mod cut;
mod recording;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use domain::{ActiveTape, Asked, CallPhase, Cause, Exchange, ProviderId, TapeSetId, TapeUse};
use http::{HeaderName, HeaderValue};
use providers::UpstreamRequest;
use providers::faults::{End, PlayedReply};
use serde_json::json;

use crate::call::Call;
use crate::refusal::Refusal;
use crate::routes::passes_down;
use crate::snapshot::{ProviderEntry, Snapshot};
use crate::upstream::{Bounds, Reply};

pub(crate) use recording::Recording;

/// What [`Tapes::play`] returns.
pub type Looking<'a> = Pin<Box<dyn Future<Output = Result<Option<Exchange>, Cause>> + Send + 'a>>;

/// Why an exchange was not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Unrecorded {
    /// Its answer is larger than one exchange may be, or came in too many pieces.
    TooLarge,
    /// Its answer came compressed, though that was not asked for: it cannot be searched for the key.
    Compressed,
    /// The set is full.
    SetFull,
    /// The vault is not open, so nothing can be sealed.
    VaultLocked,
    /// It could not be written.
    NotWritten,
}

/// Keeps tapes.
pub trait Tapes: Send + Sync {
    /// The next exchange that answers what is asked, at a provider that plays a set; `None`: there is none.
    fn play(&self, provider: ProviderId, active: &ActiveTape, asked: Asked) -> Looking<'_>;
    /// An exchange to be kept in a set, or why there is none. Called from a thread that may wait.
    fn record(&self, set: TapeSetId, exchange: Result<Exchange, Unrecorded>);
}

/// The set that answers in a provider's place.
pub(crate) fn playing(entry: &ProviderEntry) -> Option<&ActiveTape> {
    entry.tape.as_ref().filter(|active| active.does.plays())
}

/// What a set plays in place of an exchange. A miss is said aloud: nobody else is asked.
pub(crate) async fn played(
    active: &ActiveTape,
    entry: &ProviderEntry,
    call: &mut Call,
    request: &UpstreamRequest,
    bounds: Bounds,
) -> Result<Result<Reply, Cause>, Refusal> {
    call.plays_tape();
    let asked = asked::of(&entry.provider, request).await;
    let found = call.shared().tapes.play(entry.provider.id, active, asked).await;
    let exchange = match found {
        Ok(Some(exchange)) => exchange,
        Ok(None) => {
            call.unanswered();
            let detail = json!({ "tapes": active.name, "provider": entry.provider.name });
            return Err(Refusal::with_detail(Cause::TapeMiss, detail));
        }
        Err(cause) => {
            call.unanswered();
            return Err(cause.into());
        }
    };
    call.tried();
    call.reached(CallPhase::Sent);
    let reply = reply(exchange, active.does);
    // It came within its bounds when it was recorded; a file from elsewhere may say anything.
    let after = reply.after.min(bounds.first_byte);
    if !after.is_zero() {
        tokio::time::sleep(after).await;
    }
    let reply = Reply::played(reply, bounds, 1);
    call.upstream_said(reply.status());
    if !(200..300).contains(&reply.status()) {
        call.unanswered();
    }
    Ok(Ok(reply))
}

fn reply(exchange: Exchange, does: TapeUse) -> PlayedReply {
    let Exchange { head, body } = exchange;
    let time = |us: u64| if does == TapeUse::Play { Duration::from_micros(us) } else { Duration::ZERO };
    let mut body = Bytes::from(body);
    let pieces = head.chunks.iter().map(|(gap, length)| {
        let length = usize::try_from(*length).unwrap_or(usize::MAX).min(body.len());
        (time(*gap), body.split_to(length))
    });
    let pieces = pieces.collect();
    let header = |(name, value): &(String, String)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok().filter(|name| passes_down(name.as_str()))?;
        Some((name, HeaderValue::from_str(value).ok()?))
    };
    PlayedReply {
        status: head.status,
        headers: head.headers.iter().filter_map(header).collect(),
        after: time(head.after_us),
        pieces,
        end: End::Whole,
    }
}

/// The recording of an exchange that is about to begin, if its provider is recorded.
pub(crate) async fn recording(
    entry: &ProviderEntry,
    call: &Call,
    request: &UpstreamRequest,
    snapshot: &Snapshot,
) -> Option<Recording> {
    let active = entry.tape.as_ref().filter(|active| active.does == TapeUse::Record)?;
    // Without a uid nothing could be cut out of the answer; every call that asks a provider has one.
    let uid = call.uid()?.clone();
    let asked = asked::of(&entry.provider, request).await;
    let cut = cut::Cut::new(entry, snapshot, uid);
    Some(Recording::begin(call.shared(), active.set, entry.provider.kind.clone(), asked, cut))
}
