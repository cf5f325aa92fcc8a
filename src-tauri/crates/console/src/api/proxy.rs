//! Proxy, overview, preview and tokens as faces see them.

use domain::{Activity, ApplicationId, CallId, Retention};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::VaultView;

/// Where to listen.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
pub struct ProxyStart {
    /// 0: any free port; absent: the pinned one, else 23366 or the next that is free.
    #[ts(optional)]
    pub port: Option<u16>,
}

/// How the proxy stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ProxyStatus {
    /// Not running.
    Stopped,
    /// Running.
    Running {
        /// `http://127.0.0.1:PORT`.
        url: String,
        /// The port.
        port: u16,
        /// Why it is not the usual port.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[ts(optional)]
        moved: Option<Moved>,
    },
    /// It should run and cannot.
    Failed {
        /// The port it wanted.
        port: u16,
        /// Why, and what to do.
        message: String,
    },
}

/// The usual port was taken, so the next free one is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Moved {
    /// The port that was taken.
    pub from: u16,
    /// By whom, where that can be known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub owner: Option<String>,
}

/// The port as it shall be.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct PortPin {
    /// The one port to use; absent: 23366, or the next that is free.
    #[ts(optional)]
    pub port: Option<u16>,
}

/// The port as it is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PortView {
    /// The pinned port.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub pinned: Option<u16>,
    /// How the proxy stands.
    pub proxy: ProxyStatus,
}

/// What the Overview shows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Overview {
    /// The vault.
    pub vault: VaultView,
    /// The proxy.
    pub proxy: ProxyStatus,
    /// Newest calls of all applications, newest first, at most 20.
    pub recent: Vec<Activity>,
    /// The product's version.
    pub version: String,
}

/// A link to the demo page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewLink {
    /// Holds a one-time code, good for one browser.
    pub url: String,
}

/// For whom a token is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TokenIssue {
    /// Which application.
    pub application: ApplicationId,
    /// Which end user.
    pub uid: String,
    /// From which origin it will be used; must be allowed for the application.
    pub origin: String,
}

/// A session token.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct IssuedToken {
    /// The bearer token.
    pub access_token: String,
    /// Seconds until it must be refreshed.
    #[ts(type = "number")]
    pub expires_in: u64,
}

/// Whether `GET /metrics` answers.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct MetricsSet {
    /// Whether it does.
    pub on: bool,
}

/// Metrics as they are.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MetricsView {
    /// Whether `GET /metrics` answers.
    pub on: bool,
    /// Where it does, while the proxy runs.
    pub url: Option<String>,
}

/// What is kept of calls.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityState {
    /// How much is kept.
    pub retention: Retention,
    /// Rows there are.
    #[ts(type = "number")]
    pub rows: u64,
    /// Bytes of the whole database.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Calls since the start that left no row, because too many ended at once or the disk was full.
    #[ts(type = "number")]
    pub dropped: u64,
}

/// How many rows.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ActivityList {
    /// 1 to 1,000.
    pub limit: u32,
    /// Only calls that ended before this one; absent: from the newest on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub before: Option<CallId>,
}
