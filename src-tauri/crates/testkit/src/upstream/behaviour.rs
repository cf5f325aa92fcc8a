//! How an upstream may behave. As JSON: `"ok"`, `{"server-error": 503}`, `{"rate-limited": {"retry_after": 2}}`.

use serde::{Deserialize, Serialize};

/// How to answer. Deltas are pieces of text in a stream; a whole answer counts as cut or stalled in its middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Behaviour {
    /// As the provider does on a good day.
    Ok,
    /// 401, whatever the key. `OpenAI`'s body echoes part of it, as the real one does.
    Unauthorized,
    /// The key is real but restricted.
    PermissionDenied,
    /// 429, with `Retry-After` if given.
    RateLimited {
        /// Seconds.
        retry_after: Option<u32>,
    },
    /// No credit left.
    QuotaExhausted,
    /// This status (500, 503, 529) with the provider's error body.
    ServerError(u16),
    /// The model is unknown.
    ModelNotFound,
    /// 200, and the model declines in mid-answer.
    ContentFiltered,
    /// 307 to another host.
    Redirect,
    /// 200 with JSON that is broken off, in a stream after the first delta.
    BrokenJson,
    /// 200 with a web page, as a captive portal answers.
    WrongContentType,
    /// 200 with no text at all.
    EmptyAnswer,
    /// The head comes after so many milliseconds.
    SlowFirstByte(u64),
    /// Nothing more comes after so many deltas, and the connection stays open.
    Stall(usize),
    /// The connection breaks after so many deltas.
    CutStream(usize),
    /// The body ends, in good order, after so many deltas: no terminator comes.
    EndEarly(usize),
    /// The provider's own error event after so many deltas.
    FailStream(usize),
    /// Every byte of the body is a write of its own.
    SplitUtf8,
    /// The answer has this many bytes, all in one delta.
    Huge(usize),
}
