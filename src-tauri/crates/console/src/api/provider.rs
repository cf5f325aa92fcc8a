//! Providers as faces see them: never a key, at most its last four characters.

use domain::{ApplicationId, Cause, Handle, KeyTail, ProviderId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::key::StagedKeyId;

/// Names a provider.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ProviderRef {
    /// Which.
    pub provider: ProviderId,
}

/// A provider type, with what a form needs to ask for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProviderKindView {
    /// The word for it (`openai`).
    pub kind: String,
    /// Its name.
    pub title: String,
    /// Whether it needs a key.
    pub needs_key: bool,
    /// Whether it answers without any server (sandbox).
    pub local: bool,
    /// Its server; empty for a local one.
    pub base_url: String,
    /// Models to offer.
    pub models: Vec<String>,
    /// The model asked when none is chosen.
    pub default_model: Option<String>,
    /// How its keys look.
    pub key_hint: String,
    /// Where to get a key.
    pub key_url: String,
    /// AddOns it can serve.
    pub addons: Vec<Handle>,
}

/// A new provider.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProviderAdd {
    /// For which application.
    pub application: ApplicationId,
    /// 3 to 80 characters, unique within the application.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// Its server; the type's own when absent.
    #[ts(optional)]
    pub base_url: Option<String>,
    /// The model to ask; the type's own when absent.
    #[ts(optional)]
    pub model: Option<String>,
    /// Consent to plain HTTP towards another machine.
    #[serde(default)]
    pub plain_http_allowed: bool,
    /// The staged key.
    #[ts(optional)]
    pub key: Option<StagedKeyId>,
}

/// A new key for a provider.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ProviderReplaceKey {
    /// Which provider.
    pub provider: ProviderId,
    /// The staged key.
    pub key: StagedKeyId,
}

/// What to test.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderTest {
    /// A stored provider with its stored key.
    Stored(ProviderId),
    /// A provider not saved yet, with its staged key.
    Draft(ProviderAdd),
    /// A stored provider with a staged key in place of the stored one.
    Replacement(ProviderReplaceKey),
}

/// A stage of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TestStage {
    /// Name, connection and TLS to the server.
    Connection,
    /// The key.
    Key,
}

/// How a test went.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TestReport {
    /// Whether the provider accepted the key.
    pub ok: bool,
    /// The stages that passed.
    pub passed: Vec<TestStage>,
    /// Why it failed.
    pub cause: Option<Cause>,
    /// What was asked and what came back, for people.
    pub message: String,
    /// How long it took, in milliseconds.
    #[ts(type = "number")]
    pub took_ms: u64,
    /// When.
    pub at: Timestamp,
}

/// A provider.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProviderView {
    /// Identity.
    pub id: ProviderId,
    /// Whose it is.
    pub application: ApplicationId,
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// Its type's name.
    pub kind_title: String,
    /// Its server; empty for a local one.
    pub base_url: String,
    /// The model it is asked for.
    pub model: Option<String>,
    /// The last characters of its key; `null` when it has none, empty when nothing may be shown.
    pub key_tail: Option<KeyTail>,
    /// AddOns it serves.
    pub used_by: Vec<Handle>,
    /// The last test since the console started.
    pub last_test: Option<TestReport>,
    /// When it was added.
    pub created: Timestamp,
}
