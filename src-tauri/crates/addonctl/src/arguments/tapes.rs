//! The forms of `addonctl tape`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::FilePassphrase;

#[derive(Subcommand)]
pub(crate) enum Tape {
    /// List sets of tapes, and who records or plays them
    List,
    /// Record what a provider answers, until `tape stop`; the set is made if it is not there
    Record(Use),
    /// Let a set answer in a provider's place, without key and network
    Play {
        #[command(flatten)]
        at: Use,
        /// At once; without it: in the time it took when it was recorded
        #[arg(long)]
        fast: bool,
    },
    /// End recording or playing at a provider
    Stop {
        /// The provider's name or id
        provider: String,
        /// Needed where several applications have a provider of this name
        #[arg(long)]
        app: Option<String>,
    },
    /// Rename a set
    Rename {
        /// Its name
        set: String,
        /// Its new name
        to: String,
    },
    /// Delete a set; what was recorded is gone for good
    Delete {
        /// Its name
        set: String,
    },
    /// Write a set to a file under a passphrase
    Export {
        /// Its name
        set: String,
        /// The file, such as demo.aoctapes
        file: PathBuf,
        /// Write over an earlier export
        #[arg(long)]
        replace: bool,
        #[command(flatten)]
        passphrase: FilePassphrase,
    },
    /// Take a set from a file
    Import {
        /// The file
        file: PathBuf,
        /// Call the set so, not as the file does
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        passphrase: FilePassphrase,
    },
}

/// A set at a provider.
#[derive(Args)]
pub(crate) struct Use {
    /// The provider's name or id
    pub(crate) provider: String,
    /// Needed where several applications have a provider of this name
    #[arg(long)]
    pub(crate) app: Option<String>,
    /// The set's name
    #[arg(long)]
    pub(crate) set: String,
}
