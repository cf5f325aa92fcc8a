//! Tapes as faces see them: names, numbers and times. No type here can hold what was asked or answered.

use domain::{ApplicationId, ProviderId, TapeName, TapeSetId, TapeUse, Timestamp};
use proxy::Unrecorded;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::custody::StagedSecretId;

/// Names a set of tapes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct TapeRef {
    /// Which.
    pub set: TapeSetId,
}

/// A new set.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TapeCreate {
    /// 3 to 80 characters, unique.
    pub name: String,
}

/// A new name for a set.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TapeRename {
    /// Which set.
    pub set: TapeSetId,
    /// 3 to 80 characters, unique.
    pub name: String,
}

/// What a provider answers is to be recorded.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct TapeRecord {
    /// Which provider.
    pub provider: ProviderId,
    /// Into which set.
    pub set: TapeSetId,
}

/// A set is to answer in a provider's place.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct TapePlay {
    /// Which provider.
    pub provider: ProviderId,
    /// Which set.
    pub set: TapeSetId,
    /// At once; else in the time it took when it was recorded.
    #[serde(default)]
    pub fast: bool,
}

/// Where to write a set.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TapeExport {
    /// Which set.
    pub set: TapeSetId,
    /// The file; absent: a new one in the downloads folder.
    #[ts(optional)]
    pub path: Option<String>,
    /// Write over a file that is there.
    #[serde(default)]
    pub replace: bool,
    /// The passphrase of the file.
    pub passphrase: StagedSecretId,
}

/// A file of tapes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TapeImport {
    /// The file.
    pub path: String,
    /// Its passphrase.
    pub passphrase: StagedSecretId,
    /// What to call the set here; absent: as the file does.
    #[ts(optional)]
    pub name: Option<String>,
}

/// A provider that uses a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TapeUser {
    /// Which.
    pub provider: ProviderId,
    /// Its name.
    pub provider_name: String,
    /// Whose it is.
    pub application: ApplicationId,
    /// What it does with the set.
    pub does: TapeUse,
    /// Since when.
    pub since: Timestamp,
}

/// Exchanges that were not recorded since the console started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TapeLost {
    /// How many.
    pub count: u32,
    /// Why the last one was not.
    pub why: Unrecorded,
}

/// A set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TapeSetView {
    /// Identity.
    pub id: TapeSetId,
    /// Its name.
    pub name: TapeName,
    /// When it was made or imported.
    pub created: Timestamp,
    /// The types of the providers that answered.
    pub kinds: Vec<String>,
    /// How many exchanges it holds.
    #[ts(type = "number")]
    pub exchanges: u64,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// How many bytes it may hold.
    #[ts(type = "number")]
    pub bytes_max: u64,
    /// When the newest was recorded.
    pub recorded: Option<Timestamp>,
    /// Its key does not open: it can only be deleted.
    pub damaged: bool,
    /// Who uses it.
    pub users: Vec<TapeUser>,
    /// What was not recorded, if anything.
    pub lost: Option<TapeLost>,
}
