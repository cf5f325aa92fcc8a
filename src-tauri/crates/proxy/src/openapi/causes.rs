//! Which causes a route can refuse with, in the groups they come in. Tests find a cause that stands nowhere.

use domain::{Cause, Party};

/// Before any route.
pub(super) const GATE: &[Cause] = &[
    Cause::RequestMalformed,
    Cause::HeadTooLarge,
    Cause::HostNotAllowed,
    Cause::OriginNotAllowed,
    Cause::Internal,
];

/// Wherever a token is needed.
pub(super) const TOKEN: &[Cause] = &[
    Cause::BearerMissing,
    Cause::BearerMalformed,
    Cause::TokenExpired,
    Cause::SessionOver,
    Cause::SessionReset,
    Cause::ApplicationDisabled,
    Cause::ProgramsNotAllowed,
    Cause::FaultNotAllowed,
    Cause::FaultUnknown,
];

/// Wherever JSON is taken.
pub(super) const BODY: &[Cause] =
    &[Cause::ContentType, Cause::BodyInvalid, Cause::BodyTooLarge, Cause::BodyTimeout];

/// Before an AddOn's providers are asked.
pub(super) const ADDON: &[Cause] = &[Cause::AddOnUnknown, Cause::AddOnDisabled, Cause::NoProvider];

/// Before a call that a limit concerns.
pub(super) const LIMITS: &[Cause] = &[Cause::LimitReached, Cause::LimitNotKept, Cause::PriceUnknown];

/// When a key is opened and its provider called, or a tape played in its place.
pub(super) const KEY: &[Cause] = &[
    Cause::VaultLocked,
    Cause::KeyMissing,
    Cause::KeyDamaged,
    Cause::DestinationRefused,
    Cause::TapeMiss,
    Cause::TapeDamaged,
];

/// A provider that cannot be reached.
pub(super) const UNREACHED: &[Cause] = &[
    Cause::UpstreamUnreachable,
    Cause::NameUnknown,
    Cause::ConnectionRefused,
    Cause::CorporateProxyFailed,
    Cause::TlsExpired,
    Cause::TlsWrongHost,
    Cause::TlsUnknownCa,
    Cause::UpstreamTls,
    Cause::UpstreamTimeout,
];

/// Whatever a provider, or the way to it, can do wrong.
pub(super) fn upstream() -> impl Iterator<Item = Cause> {
    Cause::ALL.iter().copied().filter(|cause| cause.party() == Party::Upstream)
}
