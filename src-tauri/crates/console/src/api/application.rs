//! Applications as faces see them.

use domain::{ApplicationId, ApplicationKind, ClientId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names an application.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ApplicationRef {
    /// Which.
    pub application: ApplicationId,
}

/// A new application.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ApplicationAdd {
    /// 1 to 80 characters, unique.
    pub name: String,
    /// What it builds.
    pub kind: ApplicationKind,
    /// Origins whose pages may call, such as `https://app.example`.
    pub origins: Vec<String>,
}

/// An application as it shall be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ApplicationUpdate {
    /// Which.
    pub application: ApplicationId,
    /// 1 to 80 characters, unique.
    pub name: String,
    /// What it builds.
    pub kind: ApplicationKind,
    /// All allowed origins.
    pub origins: Vec<String>,
}

/// Whether an application may be used.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ApplicationEnable {
    /// Which.
    pub application: ApplicationId,
    /// Off: logins and calls are refused with Beefree's 5003.
    pub enabled: bool,
}

/// Who may use an application beside its allowed pages with a token from `/loginV2`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ApplicationAccess {
    /// Which.
    pub application: ApplicationId,
    /// Its pages may log end users in without the client secret, at `/proxy/bee-auth`.
    pub bee_auth: bool,
    /// Clients that are no browser (an SDK, curl) may use its tokens.
    pub programs: bool,
}

/// An application.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ApplicationView {
    /// Identity.
    pub id: ApplicationId,
    /// Public half of its credentials.
    pub client_id: ClientId,
    /// Its name.
    pub name: String,
    /// What it builds.
    pub kind: ApplicationKind,
    /// Allowed origins.
    pub origins: Vec<String>,
    /// When it was added.
    pub created: Timestamp,
    /// Whether it may be used.
    pub enabled: bool,
    /// Whether its sessions may ask for faults by header.
    pub testing: bool,
    /// Whether its pages may log end users in without the client secret.
    pub bee_auth: bool,
    /// Whether clients that are no browser may use its tokens.
    pub programs: bool,
}

/// An application with its client secret, this once.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ApplicationCreated {
    /// The application.
    #[serde(flatten)]
    pub application: ApplicationView,
    /// Shown now and never again.
    pub client_secret: String,
}
