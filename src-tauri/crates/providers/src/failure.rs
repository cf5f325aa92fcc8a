//! Why a provider's server refused, from its status and the enumerated words of its error body.
//!
//! A body may hold parts of the key (OpenAI's 401 echoes it): its text is compared with known words here and
//! never returned, stored or formatted.

use domain::Cause;
use serde::Deserialize;
use serde_json::Value;

/// A provider's own word for an error, and what it means.
pub(crate) type Words = &'static [(&'static str, Cause)];

/// The part of an error both OpenAI's and Anthropic's bodies have: `{"error": {"type", "code"?, "message"}}`.
#[derive(Default, Deserialize)]
pub(crate) struct Complaint {
    // Values, not strings: OpenAI-compatible servers send numbers as `code`.
    #[serde(default)]
    code: Value,
    #[serde(default, rename = "type")]
    kind: Value,
    #[serde(default)]
    message: Value,
}

#[derive(Deserialize)]
struct Envelope {
    error: Complaint,
}

impl Complaint {
    /// The complaint in an error body; `None` if the body is none.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Envelope>(body).ok().map(|envelope| envelope.error)
    }

    /// What its `code`, or else its `type`, means.
    pub(crate) fn by_word(&self, words: Words) -> Option<Cause> {
        [&self.code, &self.kind].into_iter().find_map(|value| {
            let word = value.as_str()?;
            words.iter().find(|(known, _)| *known == word).map(|(_, cause)| *cause)
        })
    }

    /// Whether its message holds one of `phrases`, for the few errors that have no word of their own.
    pub(crate) fn says(&self, phrases: &[&str]) -> bool {
        self.message.as_str().is_some_and(|message| phrases.iter().any(|phrase| message.contains(phrase)))
    }

    /// What a numeric `code` means; some servers repeat the HTTP status there when they fail in mid-stream.
    pub(crate) fn by_number(&self) -> Option<Cause> {
        let number = self.code.as_u64().and_then(|code| u16::try_from(code).ok())?;
        (400..600).contains(&number).then(|| by_status(number))
    }
}

/// What a status means where the body says nothing better.
pub(crate) fn by_status(status: u16) -> Cause {
    match status {
        300..=399 => Cause::UpstreamRedirect,
        401 => Cause::KeyRejected,
        402 => Cause::QuotaExhausted,
        403 => Cause::PermissionDenied,
        404 => Cause::ModelUnknown,
        429 => Cause::RateLimited,
        // 529: Anthropic's "overloaded", not a registered status.
        503 | 529 => Cause::UpstreamOverloaded,
        400..=499 => Cause::UpstreamRejected,
        500..=599 => Cause::UpstreamError,
        _ => Cause::ReplyInvalid,
    }
}

/// What a status means when the body is not one of the provider's error bodies.
pub(crate) fn without_complaint(status: u16) -> Cause {
    match status {
        // The provider's own 404 names what is missing; a bare one comes from a server that is not the provider.
        404 => Cause::ReplyInvalid,
        _ => by_status(status),
    }
}
