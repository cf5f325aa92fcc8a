//! The doctor's questions and findings.

use domain::ApplicationId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What to look at.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct DoctorRequest {
    /// Only this application.
    #[ts(optional)]
    pub application: Option<ApplicationId>,
    /// Whether pages of this origin may call.
    #[ts(optional)]
    pub origin: Option<String>,
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Fine.
    Ok,
    /// Works, but look at it.
    Warning,
    /// Nothing can work before this is mended.
    Problem,
}

/// One finding.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Finding {
    /// Stable word of the check (`vault`, `proxy`, `origin`, `addon`, `key`).
    pub check: String,
    /// How it went.
    pub verdict: Verdict,
    /// What was found.
    pub message: String,
    /// What to do; empty when nothing.
    pub hint: String,
}

/// All findings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DoctorReport {
    /// No finding is a problem.
    pub ok: bool,
    /// In the order a call meets them.
    pub items: Vec<Finding>,
}
