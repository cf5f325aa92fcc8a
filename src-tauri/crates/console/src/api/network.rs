//! What the network between this machine and the providers needs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The network's settings, whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NetworkSettings {
    /// Path of a PEM file with certificates to trust beside the operating system's.
    #[ts(optional)]
    pub ca_file: Option<String>,
    /// The corporate proxy, such as `http://proxy.example:3128`; absent: as the environment says.
    #[ts(optional)]
    pub proxy: Option<String>,
}

/// The network's settings, and what is in force.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NetworkView {
    /// The settings.
    pub settings: NetworkSettings,
    /// The corporate proxy in force, as `host:port`, from the settings or the environment.
    pub through: Option<String>,
    /// Why the settings are not in force, if they are not.
    pub problem: Option<String>,
}
