//! What the back end tells its faces unasked, whoever caused it: window, command line or a proxied call.

use domain::{Activity, CallSignal};
use serde::Serialize;
use ts_rs::TS;

use super::{ProxyStatus, VaultView};

/// What changed, so that a face reads only that again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Applications and their origins.
    Applications,
    /// Installed AddOns.
    Addons,
    /// Providers and their tests.
    Providers,
    /// CA file and corporate proxy.
    Network,
    /// The audit chain.
    Audit,
    /// The pinned port.
    Port,
    /// Who is logged in.
    Sessions,
    /// The certificate for HTTPS, and who trusts it.
    Certificate,
    /// What is kept of calls, and whether metrics are on.
    Activity,
    /// Limits and the price list.
    Limits,
    /// Sets of tapes, and who uses them.
    Tapes,
}

impl Topic {
    /// Every one there is.
    pub const ALL: [Self; 11] = [
        Self::Applications,
        Self::Addons,
        Self::Providers,
        Self::Network,
        Self::Audit,
        Self::Port,
        Self::Sessions,
        Self::Certificate,
        Self::Activity,
        Self::Limits,
        Self::Tapes,
    ];
}

/// One event.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Event {
    /// Stored things changed.
    Changed {
        /// Which.
        topic: Topic,
    },
    /// The proxy started, stopped or failed.
    Proxy {
        /// How it stands now.
        status: ProxyStatus,
    },
    /// The vault's state changed.
    Vault {
        /// How it stands now.
        vault: VaultView,
    },
    /// A call came a step further.
    Signal {
        /// Which call, how far.
        signal: CallSignal,
    },
    /// A call ended.
    Call {
        /// Its row.
        activity: Box<Activity>,
    },
}
