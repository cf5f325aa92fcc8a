//! Export and import as faces see them. Files are named by path and read by the back end: their keys pass no face.

use serde::{Deserialize, Serialize};
use transfer::{Change, Ignored};
use ts_rs::TS;
use uuid::Uuid;

use super::custody::StagedSecretId;

/// Where to write an export.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportTo {
    /// The file; absent: a new one in the downloads folder.
    #[ts(optional)]
    pub path: Option<String>,
    /// Write over a file that is there.
    #[serde(default)]
    pub replace: bool,
}

/// Where to write an export of keys.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KeysExportTo {
    /// The file; absent: a new one in the downloads folder.
    #[ts(optional)]
    pub path: Option<String>,
    /// Write over a file that is there.
    #[serde(default)]
    pub replace: bool,
    /// The passphrase of the file.
    pub passphrase: StagedSecretId,
}

/// A file that was written, readable by its owner only.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Exported {
    /// Where.
    pub path: String,
    /// How many applications, or keys.
    pub count: u32,
}

/// What kind of file is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ImportFormat {
    /// This console's settings.
    Settings,
    /// This console's keys, in an age file.
    Keys,
    /// A `.env` file.
    Env,
    /// LiteLLM's `config.yaml`.
    Litellm,
}

/// A file to look at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportFile {
    /// The file.
    pub path: String,
    /// Absent: seen from the file.
    #[ts(optional)]
    pub format: Option<ImportFormat>,
    /// Into which application, by name; for `.env` and LiteLLM.
    #[ts(optional)]
    pub application: Option<String>,
    /// A `.env` file, for the names of variables in LiteLLM's file.
    #[serde(default)]
    #[ts(optional)]
    pub env: Option<String>,
    /// The passphrase of a file of keys.
    #[ts(optional)]
    pub passphrase: Option<StagedSecretId>,
}

/// What a file is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FilePurpose {
    /// To be imported: one that is there.
    Import,
    /// To export settings to.
    Settings,
    /// To export tapes to.
    Tapes,
}

/// A person is to choose a file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct FileChoose {
    /// What for.
    pub purpose: FilePurpose,
}

/// What was chosen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FileChosen {
    /// Its path; absent: none was.
    pub path: Option<String>,
}

/// Names a previewed import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct ImportId(pub Uuid);

/// A previewed import.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ImportRef {
    /// Which.
    pub import: ImportId,
}

/// Something in a file that is left aside.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IgnoredItem {
    /// Its name in the file; never a value.
    pub name: String,
    /// Why.
    pub why: Ignored,
}

/// What an import would change. It is held for 10 minutes: what was seen is what is applied.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportPreview {
    /// Names it for `import_apply`.
    pub id: ImportId,
    /// What the file is.
    pub format: ImportFormat,
    /// What would change; nothing that is not named here.
    pub changes: Vec<Change>,
    /// What is left aside.
    pub ignored: Vec<IgnoredItem>,
}
