//! The settings document: everything but keys and secrets, as JSON that people read and compare. Names instead of ids, one
//! stable order, one value a line. How a document is read: see [`crate::Document`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(crate) const FORMAT: &str = "addon-console/settings/v1";

/// All settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub(crate) format: String,
    /// Of the console itself.
    #[serde(default)]
    pub console: ConsoleSettings,
    /// By name.
    #[serde(default)]
    pub applications: BTreeMap<String, ApplicationSettings>,
}

/// Settings of the console.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsoleSettings {
    /// A PEM file to trust beside the system's roots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<String>,
    /// The corporate proxy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corporate_proxy: Option<String>,
    /// Minutes without use until the vault locks; 0 never.
    #[serde(default)]
    pub lock_idle_minutes: u32,
    /// Whether the vault locks when the machine sleeps.
    #[serde(default)]
    pub lock_on_suspend: bool,
}

/// An application.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationSettings {
    /// `email`, `page` or `popup`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Allowed origins.
    #[serde(default)]
    pub origins: Vec<String>,
    /// By name.
    #[serde(default)]
    pub providers: BTreeMap<String, ProviderSettings>,
    /// By handle.
    #[serde(default)]
    pub addons: BTreeMap<String, AddOnSettings>,
}

/// A provider without its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// Its type's word.
    pub kind: String,
    /// Its server.
    pub base_url: String,
    /// Model or deployment; `null`: the type's own.
    #[serde(default)]
    pub model: Option<String>,
    /// What else its type takes, all of it.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// Consent to plain HTTP towards another machine.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub plain_http_allowed: bool,
    /// Whether anything may ask it.
    #[serde(default = "yes")]
    pub active: bool,
}

/// An installed AddOn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddOnSettings {
    /// Whether it is on.
    pub enabled: bool,
    /// Its providers by name, first choice first.
    #[serde(default)]
    pub providers: Vec<String>,
    /// Its settings in Beefree's names.
    #[serde(default)]
    pub settings: Map<String, Value>,
}

fn yes() -> bool {
    true
}

impl Default for Settings {
    fn default() -> Self {
        Self { format: FORMAT.to_owned(), console: ConsoleSettings::default(), applications: BTreeMap::new() }
    }
}

impl Settings {
    /// The document as it is written.
    #[must_use]
    pub fn write(&self) -> String {
        // Only maps with string keys: this cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
