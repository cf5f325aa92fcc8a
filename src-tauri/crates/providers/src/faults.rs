//! Faults on the wire: what each looks like at each provider, as status, headers, bytes and their timing. Sends nothing and
//! waits for nothing; what is played is read by the same adapters that read the provider.
//!
//! Refusals are the adapters' own tables (`faults/refusals.rs` and beside), faults of an answer are a right answer, made in
//! `faults/good.rs` for whatever was asked, and spoiled in `faults/spoil.rs`.

mod good;
mod refusals;
mod spoil;
mod stand_in;

use std::time::Duration;

use bytes::Bytes;
use domain::addons::Capability;
use domain::{Cause, Fault, FaultGroup};
use http::{HeaderName, HeaderValue};

use crate::adapter::Adapter;
use crate::request::UpstreamRequest;

pub(crate) use refusals::{ANTHROPIC, AZURE_OPENAI, AZURE_VISION, COMPATIBLE, DEEPL, OPENAI, STABILITY};
pub use refusals::{Refusals, Refused};
pub use stand_in::stand_in;

/// What a fault makes of one request.
pub enum Played {
    /// The console's own refusal: nobody would have been asked.
    Own(Cause),
    /// No reply: why the way failed.
    Unsent(Cause),
    /// No reply, and no end of the wait for one.
    Silence,
    /// A reply.
    Reply(PlayedReply),
}

/// A reply as it comes. Its body is nobody's: made here, from no prompt.
pub struct PlayedReply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// How long nothing comes at all.
    pub after: Duration,
    /// Each piece of the body, and how long after the one before it comes.
    pub pieces: Vec<(Duration, Bytes)>,
    /// What comes after the last piece.
    pub end: End,
}

/// How a body ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// In order.
    Whole,
    /// The connection ends.
    Cut,
    /// Nothing more, for ever.
    Stall,
}

/// What `fault` makes of `request` at a provider; `None` where that provider cannot fail so.
#[must_use]
pub fn play(fault: Fault, adapter: &dyn Adapter, request: &UpstreamRequest) -> Option<Played> {
    if !applies(fault, adapter) {
        return None;
    }
    Some(match fault.group() {
        FaultGroup::Console => Played::Own(own(fault)),
        FaultGroup::Transport => transport(fault),
        FaultGroup::Refusal => Played::Reply(refusals::find(fault, adapter)?.reply()),
        FaultGroup::Timing | FaultGroup::Answer => Played::Reply(spoil::played(fault, adapter, request)),
    })
}

/// The faults a provider can have, in the order shown to people.
#[must_use]
pub fn offered(adapter: &dyn Adapter) -> Vec<Fault> {
    Fault::ALL.iter().copied().filter(|fault| applies(*fault, adapter)).collect()
}

/// Whether a provider can fail so.
#[must_use]
pub fn applies(fault: Fault, adapter: &dyn Adapter) -> bool {
    let known = adapter.descriptor();
    let can = |capability| known.capabilities.contains(&capability);
    match fault {
        _ if fault.group() == FaultGroup::Refusal => refusals::find(fault, adapter).is_some(),
        Fault::SplitUtf8 | Fault::InvalidUtf8 => {
            can(Capability::Writing) || can(Capability::Captioning) || can(Capability::Translating)
        }
        Fault::UsageMissing => can(Capability::Writing) || can(Capability::Translating),
        Fault::ContentFilteredAnswer | Fault::UnknownFinishReason | Fault::AnswerTooLong => {
            can(Capability::Writing)
        }
        _ => !fault.needs_stream() || can(Capability::Writing),
    }
}

fn own(fault: Fault) -> Cause {
    match fault {
        Fault::TokenExpired => Cause::TokenExpired,
        Fault::SessionOver => Cause::SessionOver,
        Fault::VaultLocked => Cause::VaultLocked,
        Fault::KeyMissing => Cause::KeyMissing,
        _ => Cause::Busy,
    }
}

/// As `proxy::upstream` sorts these failures of its HTTP client.
fn transport(fault: Fault) -> Played {
    Played::Unsent(match fault {
        Fault::DnsFailure => Cause::NameUnknown,
        Fault::ConnectionRefused => Cause::ConnectionRefused,
        Fault::CertificateExpired => Cause::TlsExpired,
        Fault::CertificateWrongHost => Cause::TlsWrongHost,
        Fault::CertificateUnknownCa => Cause::TlsUnknownCa,
        Fault::TlsFailed => Cause::UpstreamTls,
        Fault::CorporateProxyFailed => Cause::CorporateProxyFailed,
        Fault::NoAnswer => return Played::Silence,
        // Offline, or a connection that ends before any reply.
        _ => Cause::UpstreamUnreachable,
    })
}

#[cfg(test)]
mod tests;
