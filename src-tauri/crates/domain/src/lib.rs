//! The rules of AddOn Console: what an application, an AddOn, a provider, a call and an error are.
//!
//! Nothing here reads a clock, a file, the environment or the network; time is passed in. Values are checked
//! when they are made, so a value that exists is valid everywhere else.

pub mod activity;
pub mod addons;
pub mod application;
pub mod base_url;
pub mod cause;
pub mod fault;
pub mod ids;
pub mod limits;
pub mod origin;
pub mod provider;
pub mod tape;
pub mod template;
pub mod time;
pub mod writing;

pub use activity::{Activity, CallPhase, CallSignal, Retention, Route, Timings, TokenUsage};
pub use addons::{AddOn, Handle};
pub use application::{Application, ApplicationKind, ApplicationName, Uid};
pub use base_url::BaseUrl;
pub use cause::{Cause, Party};
pub use fault::{ActiveFault, Fault, FaultGroup, FaultTimes};
pub use ids::{ApplicationId, CallId, ClientId, PromptId, ProviderId};
pub use origin::Origin;
pub use provider::{KeyTail, Model, Provider, ProviderKind, ProviderName, ProviderOptions};
pub use tape::{ActiveTape, Asked, Exchange, ExchangeHead, NoExchange, TapeName, TapeSetId, TapeUse};
pub use time::{Clock, NoRandom, Random, Timestamp};

/// Why a value typed by a person was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{what} {rule}")]
pub struct InvalidValue {
    /// What was being read, in the product's words ("provider name").
    pub what: &'static str,
    /// The rule it breaks, as the end of a sentence ("needs at least 3 characters").
    pub rule: &'static str,
}
