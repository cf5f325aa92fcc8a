//! What the audit chain says: which act, on which record, by whom, when. Closed words only: no secret, no personal
//! data, no free text can stand in an entry.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
        pub enum $name { $($(#[$each])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every one there is.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable word, as it is stored and sealed.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The one of this word.
            #[must_use]
            pub fn of_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// An act on a key or a setting.
    Act {
        /// An application was added.
        ApplicationAdded = "application-added",
        /// Its name, type or origins were changed, or how it may be used.
        ApplicationChanged = "application-changed",
        /// It was removed, with everything it owned.
        ApplicationRemoved = "application-removed",
        /// A new client secret was made.
        SecretMade = "secret-made",
        /// An AddOn was installed.
        AddonInstalled = "addon-installed",
        /// An AddOn's settings, switch or providers were changed.
        AddonChanged = "addon-changed",
        /// An AddOn was removed.
        AddonRemoved = "addon-removed",
        /// A provider was added, with its key.
        ProviderAdded = "provider-added",
        /// A provider's name, model or options were changed.
        ProviderChanged = "provider-changed",
        /// A provider was switched on.
        ProviderOn = "provider-on",
        /// A provider was switched off.
        ProviderOff = "provider-off",
        /// A provider and its key were removed.
        ProviderRemoved = "provider-removed",
        /// A provider got a new key.
        KeyReplaced = "key-replaced",
        /// A provider went back to the key before.
        KeyReturned = "key-returned",
        /// The key before was removed at the end of its time.
        KeyExpired = "key-expired",
        /// The vault key was made.
        VaultMade = "vault-made",
        /// A new vault key took the old one's place.
        VaultRotated = "vault-rotated",
        /// The vault key is kept elsewhere.
        VaultMoved = "vault-moved",
        /// The vault key was got back with the recovery kit.
        VaultRecovered = "vault-recovered",
        /// A recovery kit was made.
        KitMade = "kit-made",
        /// Keys were exported under a passphrase.
        KeysExported = "keys-exported",
        /// A limit was set, or its amount changed.
        LimitSet = "limit-set",
        /// A limit was removed, with its counts.
        LimitRemoved = "limit-removed",
        /// A failure was switched on at a provider, on purpose.
        FaultSet = "fault-set",
        /// It was switched off, or its number of calls was over.
        FaultCleared = "fault-cleared",
        /// An application was marked as testing.
        TestingOn = "testing-on",
        /// That mark was taken away.
        TestingOff = "testing-off",
        /// A set of tapes was made.
        TapesMade = "tapes-made",
        /// A set of tapes was renamed.
        TapesRenamed = "tapes-renamed",
        /// A set of tapes was removed, with its key.
        TapesRemoved = "tapes-removed",
        /// A set of tapes was exported under a passphrase.
        TapesExported = "tapes-exported",
        /// A set of tapes was imported.
        TapesImported = "tapes-imported",
        /// What a provider answers is recorded.
        RecordingOn = "recording-on",
        /// It is recorded no more.
        RecordingOff = "recording-off",
        /// Tapes answer in a provider's place.
        TapesPlayed = "tapes-played",
        /// The provider answers itself again.
        TapesStopped = "tapes-stopped",
        /// A setting of the console was changed.
        SettingChanged = "setting-changed",
    }
}

words! {
    /// Through what an act was done.
    Who {
        /// The window.
        Window = "window",
        /// `addonctl`.
        CommandLine = "command-line",
        /// The console by itself: an old key's time was over, a refused key was returned.
        Console = "console",
    }
}

/// Whether an entry is sealed into the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Seal {
    /// Sealed under the vault key, and the seal fits.
    Sealed,
    /// Written while no vault key was at hand; sealed when it is next.
    Pending,
    /// The seal does not fit: the entry, or one before it, was changed.
    Broken,
    /// It cannot be said while the vault is not open.
    Unknown,
}

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number, from 1, without gaps.
    pub seq: i64,
    /// When, by the wall clock.
    pub at: Timestamp,
    /// What was done.
    pub act: Act,
    /// Through what.
    pub by: Who,
    /// On which record, where it was on one.
    pub record: Option<Uuid>,
    /// Whether it is sealed into the chain.
    pub seal: Seal,
}

/// How the chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Broken {
    /// The entry, or the link to the one before, was changed.
    Changed,
    /// An entry is missing here.
    Removed,
    /// Entries at the end are missing, or the seal of the end is.
    Cut,
}

/// What a verification found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ChainReport {
    /// How many entries there are.
    #[ts(type = "number")]
    pub entries: i64,
    /// How many of them are sealed.
    #[ts(type = "number")]
    pub sealed: i64,
    /// Where it is broken first.
    pub broken: Option<Break>,
}

/// A broken place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Break {
    /// The number of the entry.
    #[ts(type = "number")]
    pub seq: i64,
    /// How.
    pub how: Broken,
}
