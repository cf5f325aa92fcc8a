//! Which headers pass, by name. Everything else stays: cookies, banners, organisation ids, the caller's own machine.

use http::header::{HeaderMap, HeaderName, HeaderValue};
use vault::ProviderKey;

use crate::redaction::holds_key;
use crate::upstream::Reply;

/// Sent on to the provider. `Accept-Encoding` is not among them: what comes back is passed on as it is.
const UP: &[&str] = &[
    "accept",
    "content-type",
    "anthropic-beta",
    "anthropic-version",
    "idempotency-key",
    "openai-beta",
    "openai-organization",
    "openai-project",
    "stability-client-id",
    "stability-client-version",
    "x-ms-client-request-id",
];

const DOWN: &[&str] = &[
    "content-type",
    "content-length",
    "content-encoding",
    "retry-after",
    "retry-after-ms",
    "x-should-retry",
    "request-id",
    "x-request-id",
    "apim-request-id",
    "x-ms-error-code",
    "x-ms-region",
    "x-trace-id",
    "openai-processing-ms",
    "openai-version",
    "finish-reason",
    "seed",
];

const DOWN_PREFIXES: &[&str] = &["x-ratelimit-", "anthropic-ratelimit-"];

/// Whether a page's script may send this header to a provider's own API; SDKs send some that stop here.
pub(crate) fn passes_up(name: &str) -> bool {
    UP.contains(&name) || name.starts_with("x-stainless-")
}

/// Whether a header of a provider's reply goes down to its caller.
pub(crate) fn passes_down(name: &str) -> bool {
    DOWN.contains(&name) || DOWN_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// The caller's headers that go up, and the provider's own where the caller sent none.
pub(super) fn up(from: &HeaderMap, own: Vec<(HeaderName, HeaderValue)>) -> Vec<(HeaderName, HeaderValue)> {
    let passing = from.iter().filter(|(name, _)| UP.contains(&name.as_str()));
    let missing = own.into_iter().filter(|(name, _)| !from.contains_key(name));
    passing.map(|(name, value)| (name.clone(), value.clone())).chain(missing).collect()
}

/// Upstream's headers that come down, but for any that repeats `key`.
pub(super) fn down(from: &HeaderMap, key: Option<&ProviderKey>) -> HeaderMap {
    let clean = |value: &HeaderValue| key.is_none_or(|key| !holds_key(value.as_bytes(), key));
    let passing = from.iter().filter(|(name, value)| passes_down(name.as_str()) && clean(value));
    // Room for what every reply is given besides.
    let mut down = HeaderMap::with_capacity(from.len() + 8);
    for (name, value) in passing {
        down.append(name, value.clone());
    }
    down
}

/// Whether one of them looks as if it held the key.
pub(super) fn may_repeat(reply: &Reply) -> bool {
    let mut passing = reply.headers().iter().filter(|(name, _)| passes_down(name.as_str()));
    let outline = reply.outline.as_ref();
    passing.any(|(_, value)| outline.is_some_and(|outline| outline.may_be_in(value.as_bytes())))
}
