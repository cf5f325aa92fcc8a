//! Why a provider's server refused, from its status and the enumerated words of its error body.
//!
//! A body may hold parts of the key (OpenAI's 401 echoes it): its text is compared with known words here and
//! never returned, stored or formatted.

use domain::Cause;
use serde::Deserialize;
use serde_json::Value;

/// A provider's own word for an error, and what it means.
pub(crate) type Words = &'static [(&'static str, Cause)];

/// What a provider says of an error: `{"error": {"type", "code", "message", …}}`, `{"error": "text"}`, or DeepL's
/// and Stability's bodies without an `error`.
#[derive(Default)]
pub(crate) struct Complaint {
    // Values, not strings: OpenAI-compatible servers send numbers as `code`.
    code: Value,
    kind: Value,
    inner: Value,
    message: String,
}

// By hand: `error` may be an object or a string.
impl<'de> Deserialize<'de> for Complaint {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self::of(&Value::deserialize(from)?))
    }
}

impl Complaint {
    fn of(error: &Value) -> Self {
        let Some(fields) = error.as_object() else {
            return Self { message: error.as_str().unwrap_or_default().to_owned(), ..Self::default() };
        };
        let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
        let texts = ["message", "detail", "errors"].into_iter().map(|name| match field(name) {
            Value::String(text) => text,
            Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
            _ => String::new(),
        });
        Self {
            code: field("code"),
            kind: match field("type") {
                Value::Null => field("name"),
                kind => kind,
            },
            inner: error
                .pointer("/innererror/code")
                .or(error.pointer("/details/error_code"))
                .cloned()
                .unwrap_or_default(),
            message: texts.collect::<Vec<_>>().join(" "),
        }
    }

    /// The complaint in an error body; `None` if the body is none.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let fields = body.as_object()?;
        if let Some(error) = fields.get("error").filter(|error| error.is_object() || error.is_string()) {
            return Some(Self::of(error));
        }
        ["message", "detail", "errors", "name"]
            .iter()
            .any(|name| fields.contains_key(*name))
            .then(|| Self::of(&body))
    }

    /// What its inner code, its `code`, or else its `type` means.
    pub(crate) fn by_word(&self, words: Words) -> Option<Cause> {
        [&self.inner, &self.code, &self.kind].into_iter().find_map(|value| {
            let word = value.as_str()?;
            words.iter().find(|(known, _)| *known == word).map(|(_, cause)| *cause)
        })
    }

    /// Whether its message holds one of `phrases` in any case, for the few errors that have no word of their own.
    pub(crate) fn says(&self, phrases: &[&str]) -> bool {
        let message = self.message.to_lowercase();
        phrases.iter().any(|phrase| message.contains(&phrase.to_lowercase()))
    }

    /// What its message means, by the first phrase it holds.
    pub(crate) fn by_phrase(&self, phrases: Words) -> Option<Cause> {
        phrases.iter().find(|(phrase, _)| self.says(&[phrase])).map(|(_, cause)| *cause)
    }

    /// Whether it says no more than the status: a router's words for an address it does not have (FastAPI's,
    /// llama.cpp's, Anthropic's), never an API's for a model.
    pub(crate) fn is_bare(&self) -> bool {
        const BARE: [&str; 3] = ["not found", "file not found", "method not allowed"];
        BARE.contains(&self.message.trim().to_lowercase().as_str())
    }

    /// What a numeric `code` means; some servers repeat the HTTP status there when they fail in mid-stream, Azure
    /// as a string.
    pub(crate) fn by_number(&self) -> Option<Cause> {
        let number = match &self.code {
            Value::String(digits) => digits.parse().ok()?,
            code => code.as_u64().and_then(|code| u16::try_from(code).ok())?,
        };
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
        408 => Cause::UpstreamTimeout,
        429 => Cause::RateLimited,
        // 456: DeepL's "quota exceeded", not a registered status.
        456 => Cause::QuotaExhausted,
        // 529: Anthropic's "overloaded", not a registered status.
        503 | 529 => Cause::UpstreamOverloaded,
        // With 413: a limit on the body's bytes (Anthropic's 32 MB are its network's), most often met by a picture.
        // It is not the model's, so neither a shorter text nor another model is the advice to give.
        400..=499 => Cause::UpstreamRejected,
        500..=599 => Cause::UpstreamError,
        _ => Cause::ReplyInvalid,
    }
}

/// What an error body without any known word means.
pub(crate) fn with_complaint(status: u16, complaint: &Complaint) -> Cause {
    if complaint.is_bare() { without_complaint(status) } else { by_status(status) }
}

/// What a status means when the body is not one of the provider's error bodies.
pub(crate) fn without_complaint(status: u16) -> Cause {
    match status {
        // The provider's own 404 names what is missing; a bare one comes from a wrong path or another server.
        404 | 405 => Cause::EndpointUnknown,
        _ => by_status(status),
    }
}
