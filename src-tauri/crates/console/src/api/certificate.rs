//! The certificate for HTTPS on this machine, as faces see it.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateState {
    /// There is none: HTTPS is off.
    None,
    /// In force.
    Good,
    /// In force for 30 days more at most: to be made anew.
    Renew,
    /// Past its end: browsers refuse it.
    Expired,
}

/// Whose trust store it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Browser {
    /// Chromium, Chrome, Edge.
    Chromium,
    /// Firefox; one store a profile.
    Firefox,
}

/// A browser's trust store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrustView {
    /// Whose.
    pub browser: Browser,
    /// Its directory.
    pub path: String,
    /// Whether this CA is trusted there.
    pub trusted: bool,
}

/// The certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateView {
    /// How it stands.
    pub state: CertificateState,
    /// When it ends.
    pub expires: Option<Timestamp>,
    /// SHA-256 of the CA.
    pub fingerprint: Option<String>,
    /// The CA's name in trust stores.
    pub name: Option<String>,
    /// The CA's certificate, for stores this program cannot reach.
    pub ca_file: Option<String>,
    /// Where the proxy speaks HTTPS now.
    pub url: Option<String>,
    /// The stores found for this user.
    pub stores: Vec<TrustView>,
    /// Whether `certutil`, which changes them, is installed.
    pub tool: bool,
}
