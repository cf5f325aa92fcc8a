//! Faults as faces see them.

use domain::{ApplicationId, Fault, FaultGroup, ProviderId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which faults to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct FaultList {
    /// Those of one provider type; all when absent.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<String>,
}

/// A failure that can be provoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FaultView {
    /// Its id.
    pub id: Fault,
    /// Its name.
    pub title: String,
    /// What it does.
    pub about: String,
    /// What kind of failure it is.
    pub group: FaultGroup,
    /// Whether it shows in streams only.
    pub streams_only: bool,
    /// The provider types that can fail so.
    pub kinds: Vec<String>,
}

/// A fault to be switched on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FaultSet {
    /// At which provider.
    pub provider: ProviderId,
    /// Its id.
    pub fault: String,
    /// For so many calls, 1 to 1,000; absent: until it is cleared.
    #[serde(default)]
    #[ts(optional)]
    pub times: Option<u32>,
}

/// Whether an application's sessions may ask for faults by header.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ApplicationTesting {
    /// Which.
    pub application: ApplicationId,
    /// They may, or not.
    pub testing: bool,
}
