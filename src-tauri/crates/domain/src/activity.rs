//! Activity: what is kept of one proxied call. Closed and typed: no prompt, answer, uid, address or header fits in.

use serde::{Deserialize, Serialize};

use crate::{
    ApplicationId, CallId, Cause, Fault, Handle, InvalidValue, Model, ProviderId, ProviderKind, Timestamp,
};

macro_rules! routes {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        /// Which route a call took.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
        pub enum Route { $($(#[$doc])* #[serde(rename = $word)] $name,)* }

        impl Route {
            /// Every route, for tables and tests.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The word kept in the store.
            #[must_use]
            pub fn as_str(self) -> &'static str { match self { $(Self::$name => $word,)* } }
        }
    };
}

routes! {
    /// `POST /v1/ai/text`.
    Text = "text";
    /// `POST /v1/ai/metadata`.
    Metadata = "metadata";
    /// `POST /v1/ai/alt-text`.
    AltText = "alt-text";
    /// `POST /v1/ai/images`.
    Images = "images";
    /// `POST /v1/ai/translate`.
    Translate = "translate";
    /// `POST /v1/ai/summary`.
    Summary = "summary";
    /// `POST /v1/ai/sms`.
    Sms = "sms";
    /// `POST /v1/agent/chat`.
    Agent = "agent";
    /// `POST /v1/chat/completions`.
    ChatCompletions = "chat-completions";
    /// `ANY /providers/{name}/…`.
    PassThrough = "pass-through";
}

impl Route {
    /// The route a stored word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|route| route.as_str() == word)
    }
}

/// Tokens as OpenAI names them, whatever the provider calls them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct TokenUsage {
    /// Tokens of what was sent, cached ones included.
    #[ts(type = "number")]
    pub prompt_tokens: u64,
    /// Tokens of the answer, reasoning included.
    #[ts(type = "number")]
    pub completion_tokens: u64,
    /// Their sum.
    #[ts(type = "number")]
    pub total_tokens: u64,
}

impl TokenUsage {
    /// Usage of `prompt` and `completion` tokens.
    #[must_use]
    pub fn of(prompt: u64, completion: u64) -> Self {
        Self {
            prompt_tokens: prompt,
            completion_tokens: completion,
            total_tokens: prompt.saturating_add(completion),
        }
    }
}

/// Where the time went, in microseconds since the request was read. Absent: that point was not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct Timings {
    /// The gate let the call through and the upstream request was built.
    #[ts(type = "number | null")]
    pub admitted_us: Option<u64>,
    /// How long the plain key was in our hands: from unsealing until it was part of the request. The client then
    /// holds it until it has written it.
    #[ts(type = "number | null")]
    pub key_open_us: Option<u64>,
    /// The upstream request began.
    #[ts(type = "number | null")]
    pub sent_us: Option<u64>,
    /// The first byte of upstream's body was there.
    #[ts(type = "number | null")]
    pub first_byte_us: Option<u64>,
    /// The reply was handed over whole, or the call ended otherwise.
    #[ts(type = "number")]
    pub total_us: u64,
}

/// One call's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Activity {
    /// Identity; also the reply's `X-Request-Id`.
    pub id: CallId,
    /// When it was received.
    pub at: Timestamp,
    /// For which application.
    pub application: ApplicationId,
    /// Through which route.
    pub route: Route,
    /// With which AddOn; `None` where a provider was called by its own API.
    pub addon: Option<Handle>,
    /// The provider that was asked, if the call came so far.
    pub provider: Option<ProviderId>,
    /// Its type.
    pub provider_kind: Option<ProviderKind>,
    /// The model that was asked for.
    pub model: Option<Model>,
    /// Whether the answer was streamed to the caller.
    pub streamed: bool,
    /// HTTP status of the reply.
    pub status: u16,
    /// Why it failed, if it did. A stream can fail after a 200.
    pub cause: Option<Cause>,
    /// What the provider's server answered.
    pub upstream_status: Option<u16>,
    /// The fault it met on purpose; then no provider was asked.
    pub fault: Option<Fault>,
    /// A tape answered in the provider's place; nobody was asked.
    pub from_tape: bool,
    /// Tokens used, if the provider said so.
    pub usage: Option<TokenUsage>,
    /// Images made or described.
    #[ts(type = "number | null")]
    pub images: Option<u64>,
    /// Characters translated, as the provider bills them.
    #[ts(type = "number | null")]
    pub characters: Option<u64>,
    /// How often the providers were asked: 1, or more after retries and fallback; 0 if none was.
    pub attempts: u32,
    /// Where the time went.
    pub timings: Timings,
}

impl Activity {
    /// The row of a call that has just been let in: nobody was asked, and nothing is known of its end.
    #[must_use]
    pub fn begun(
        id: CallId,
        at: Timestamp,
        application: ApplicationId,
        route: Route,
        addon: Option<Handle>,
    ) -> Self {
        Self {
            id,
            at,
            application,
            route,
            addon,
            provider: None,
            provider_kind: None,
            model: None,
            streamed: false,
            status: 0,
            cause: None,
            upstream_status: None,
            fault: None,
            from_tape: false,
            usage: None,
            images: None,
            characters: None,
            attempts: 0,
            timings: Timings::default(),
        }
    }
}

/// How far a call has come; what lights the data flow in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum CallPhase {
    /// The HA AddOn's request passed the gate.
    Admitted,
    /// The sealed key was opened.
    KeyOpened,
    /// Prompt and key are on their way to the provider; the plain key is gone from our hands.
    Sent,
    /// The provider began to answer.
    FirstByte,
}

/// A call reached a phase. Not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct CallSignal {
    /// Which call.
    pub id: CallId,
    /// Of which application.
    pub application: ApplicationId,
    /// How far.
    pub phase: CallPhase,
    /// Microseconds since the request was read.
    #[ts(type = "number")]
    pub after_us: u64,
}

/// How much activity is kept. Whatever is beyond any of the three goes, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Retention {
    /// At most so many rows, 1,000 to 1,000,000.
    pub rows: u32,
    /// None older than so many days, 1 to 3,650.
    pub days: u32,
    /// None that would make the database larger than so many megabytes, 8 to 1,024.
    pub megabytes: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { rows: 100_000, days: 90, megabytes: 64 }
    }
}

impl Retention {
    /// The first rule it breaks.
    pub fn check(&self) -> Result<(), InvalidValue> {
        let bad = |what, rule| Err(InvalidValue { what, rule });
        match self {
            kept if !(1_000..=1_000_000).contains(&kept.rows) => bad("rows", "must be 1,000 to 1,000,000"),
            kept if !(1..=3_650).contains(&kept.days) => bad("days", "must be 1 to 3,650"),
            kept if !(8..=1_024).contains(&kept.megabytes) => bad("megabytes", "must be 8 to 1,024"),
            _ => Ok(()),
        }
    }
}
