//! Staged keys: a key that is in back-end memory and not stored yet. Only its id and last characters travel.
//!
//! The key itself comes in as raw bytes beside the command table (`key_stage`), from the window's key field, from
//! the clipboard, or from the command line's standard input. It is forgotten on use, on discard, or after 10 minutes.

use domain::KeyTail;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Names a staged key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct StagedKeyId(pub Uuid);

/// Names a staged key.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct StagedKeyRef {
    /// Which.
    pub key: StagedKeyId,
}

/// A staged key.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StagedKey {
    /// Its name from now on.
    pub id: StagedKeyId,
    /// What may be shown of it.
    pub tail: KeyTail,
}
