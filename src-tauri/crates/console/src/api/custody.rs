//! The vault as faces see it: its state, what keeps its key, acts on it. No type here can hold a secret.

use domain::{ProviderId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use vault::{CustodyKind, CustodyState};

/// Names a staged secret: a passphrase or a recovery code, handed over as raw bytes (`secret_stage`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct StagedSecretId(pub Uuid);

/// A secret in back-end memory, for 10 minutes or one use.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct StagedSecret {
    /// Its name from now on.
    pub id: StagedSecretId,
}

/// A provider whose sealed key does not open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DamagedRecord {
    /// Which.
    pub provider: ProviderId,
    /// Its name.
    pub name: String,
}

/// When the vault locks by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct LockPolicy {
    /// After so many minutes without an act and without a call: 1 to 1,440; 0 never.
    pub idle_minutes: u32,
    /// When the machine goes to sleep.
    pub on_suspend: bool,
}

/// How the vault stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VaultView {
    /// One of six states, never confused.
    pub state: CustodyState,
    /// What keeps the vault key; while there is none yet, what would keep it.
    pub custody: CustodyKind,
    /// The keyring was asked and has not answered yet.
    pub waiting: bool,
    /// Version of the vault key; each rotation adds one. `null` while there is none.
    pub key_version: Option<u32>,
    /// An old vault key still stands in its slot; it is removed at the next chance.
    pub unfinished: bool,
    /// When the recovery kit in force was made.
    pub kit_made: Option<Timestamp>,
    /// Sealed keys that do not open; nothing of them is touched.
    pub damaged: Vec<DamagedRecord>,
    /// When it locks by itself.
    pub lock_policy: LockPolicy,
}

/// How to open the vault.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
pub struct VaultUnlock {
    /// The passphrase, if that is what keeps the vault key.
    #[ts(optional)]
    pub passphrase: Option<StagedSecretId>,
}

/// Where the vault key shall be kept from now on: the keyring, or a passphrase.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct VaultMove {
    /// The new passphrase; absent: the keyring.
    #[ts(optional)]
    pub passphrase: Option<StagedSecretId>,
}

/// How to get the vault key back.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct VaultRecover {
    /// The recovery kit's code.
    pub code: StagedSecretId,
    /// Keep the vault key under this passphrase from now on; absent: where this console keeps it.
    #[ts(optional)]
    pub passphrase: Option<StagedSecretId>,
}

/// The vault to be destroyed, with everything in it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VaultDestroy {
    /// The data directory, written out, so that nobody destroys another one by mistake.
    pub data_dir: String,
}

/// Where to write the recovery kit.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct KitMake {
    /// A folder; absent: the downloads folder.
    #[ts(optional)]
    pub folder: Option<String>,
}

/// The recovery kit's files. They hold the code: print, put away, delete.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KitFiles {
    /// A page to print.
    pub page: String,
    /// The same as text.
    pub text: String,
}

/// A staged secret to try.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct StagedSecretRef {
    /// Which.
    pub secret: StagedSecretId,
}
