//! The audit chain as faces see it: who did what to which record, when. No secret, no personal data.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vault::{Act, ChainReport, Seal, Who};

/// Which entries.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct AuditList {
    /// 1 to 1,000.
    pub limit: u32,
    /// Only entries before this number.
    #[ts(optional, type = "number")]
    pub before: Option<i64>,
}

/// One act on a key or a setting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AuditEntryView {
    /// Its number, from 1.
    #[ts(type = "number")]
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub act: Act,
    /// Through what.
    pub by: Who,
    /// The record's id, where the act was on one.
    pub record: Option<String>,
    /// The record's name, while it is still there.
    pub name: Option<String>,
    /// Whether it is sealed into the chain.
    pub seal: Seal,
}

/// Whether the chain is whole.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AuditReport {
    /// Nothing is changed, removed or cut.
    pub ok: bool,
    /// What was found.
    #[serde(flatten)]
    #[ts(flatten)]
    pub chain: ChainReport,
}
