//! Providers as faces see them: never a key, at most its last four characters.

use std::collections::BTreeMap;

use domain::{ActiveFault, ActiveTape, ApplicationId, Cause, Handle, KeyTail, ProviderId, Timestamp};
use proxy::StageReport;
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
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProviderKindView {
    /// What is fixed about it.
    #[serde(flatten)]
    #[ts(flatten)]
    pub descriptor: providers::Descriptor,
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
    /// The model or deployment to ask; the type's own when absent.
    #[ts(optional)]
    pub model: Option<String>,
    /// What else the type asks for, by the field's name.
    #[serde(default)]
    #[ts(optional, as = "Option<BTreeMap<String, String>>")]
    pub options: BTreeMap<String, String>,
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
    /// Keep the old key so many hours, and return to it by itself if the new one is refused: 1 to 168; absent or 0:
    /// the old key goes at once.
    #[serde(default)]
    #[ts(optional)]
    pub overlap_hours: Option<u32>,
}

/// A provider to be switched on or off.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ProviderSwitch {
    /// Which.
    pub provider: ProviderId,
    /// Off: it is asked by nobody, and keeps its key.
    pub active: bool,
}

/// A provider to be removed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ProviderRemove {
    /// Which.
    pub provider: ProviderId,
    /// Rotate the vault key afterwards, so that old copies of the database cannot give the key back.
    #[serde(default)]
    pub shred: bool,
}

/// The key before this one, kept for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviousKey {
    /// Its last characters.
    pub tail: KeyTail,
    /// Until when.
    pub until: Timestamp,
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

/// Changes of a provider; what is absent stays. Its server and its key are bound together: see [`ProviderReplaceKey`].
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProviderUpdate {
    /// Which provider.
    pub provider: ProviderId,
    /// 3 to 80 characters, unique within the application.
    #[ts(optional)]
    pub name: Option<String>,
    /// The model or deployment to ask; empty for the type's own.
    #[ts(optional)]
    pub model: Option<String>,
    /// All the options.
    #[ts(optional)]
    pub options: Option<BTreeMap<String, String>>,
}

/// An address to be split.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PastedUrl {
    /// The provider's type.
    pub kind: String,
    /// What was pasted.
    pub url: String,
}

/// What a pasted address says.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SplitUrl {
    /// The base URL in it; what was pasted, if the type has nothing to split.
    pub base_url: String,
    /// The model or deployment it names.
    pub model: Option<String>,
    /// Options it names.
    pub options: BTreeMap<String, String>,
}

/// A model that can be chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ModelView {
    /// The provider's id.
    pub id: String,
    /// Why one would choose it.
    pub note: String,
    /// The last day, as `2027-01-14`, if there is one.
    pub retires_on: Option<String>,
}

/// The models of a provider.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ModelList {
    /// Those worth offering first, then the rest by name.
    pub items: Vec<ModelView>,
    /// Whether the provider was asked, now or in the last ten minutes; else these are the ones known beforehand.
    pub fetched: bool,
    /// Why it could not be asked.
    pub cause: Option<Cause>,
}

/// How a test went.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TestReport {
    /// Whether the provider can be used.
    pub ok: bool,
    /// The stages that were reached; only the last can have failed.
    pub stages: Vec<StageReport>,
    /// Why it failed.
    pub cause: Option<Cause>,
    /// What came of it and what to do, for people.
    pub message: String,
    /// How long it took, in milliseconds.
    #[ts(type = "number")]
    pub took_ms: u64,
    /// From the real call to its first byte, in milliseconds.
    #[ts(type = "number | null")]
    pub first_byte_ms: Option<u64>,
    /// Units left in the account, where the provider says.
    #[ts(type = "number | null")]
    pub left: Option<u64>,
    /// The corporate proxy it went through, as `host:port`.
    pub through: Option<String>,
    /// The last day of the chosen model, if it has one.
    pub retires_on: Option<String>,
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
    /// What else its type asks for.
    pub options: BTreeMap<String, String>,
    /// The last characters of its key; `null` when it has none, empty when nothing may be shown.
    pub key_tail: Option<KeyTail>,
    /// Whether anything may ask it.
    pub active: bool,
    /// The key before this one, while both are kept.
    pub previous_key: Option<PreviousKey>,
    /// Its sealed key does not open.
    pub damaged: bool,
    /// The failure that is on at it, on purpose.
    pub fault: Option<ActiveFault>,
    /// The tapes that are recorded or played at it.
    pub tape: Option<ActiveTape>,
    /// AddOns it serves.
    pub used_by: Vec<Handle>,
    /// The last test since the console started.
    pub last_test: Option<TestReport>,
    /// When it was added.
    pub created: Timestamp,
}
