//! Time and chance, and where they come from. Only the edges own real ones; tests own false ones.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This moment plus `span`, never past the end of time.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }
}

/// Where time comes from. Two readings, because a wall clock jumps and a monotonic one stops in suspend.
pub trait Clock: Send + Sync {
    /// Wall time.
    fn now(&self) -> Timestamp;
    /// Time since some fixed moment; never goes back.
    fn elapsed(&self) -> Duration;
}

/// The operating system had no random bytes to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoRandom;

/// Where unguessable bytes come from.
pub trait Random: Send + Sync {
    /// Fills `bytes`, or leaves them unusable and says so.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandom>;
}
