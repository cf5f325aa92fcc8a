//! The forms of `addonctl vault` and `addonctl audit`. Secrets come from files, descriptors or standard input only.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Where a recovery code comes from.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct CodeSource {
    /// Read the code from standard input
    #[arg(long)]
    pub(crate) code_stdin: bool,
    /// Read the code from this file
    #[arg(long)]
    pub(crate) code_file: Option<PathBuf>,
}

/// A passphrase to be set.
#[derive(Args)]
pub(crate) struct NewPassphrase {
    /// Read the new passphrase from this file (first line)
    #[arg(long)]
    pub(crate) new_passphrase_file: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum To {
    /// The operating system's keyring
    Keyring,
    /// The passphrase of --new-passphrase-file
    Passphrase,
}

#[derive(Subcommand)]
pub(crate) enum Vault {
    /// Say whether the vault is open, and why not; the exit code tells the states apart
    Status,
    /// Make a running console forget the vault key
    Lock,
    /// Open a running console's vault, with the passphrase where it has one
    Unlock,
    /// Set when the vault locks by itself
    LockPolicy {
        /// After so many minutes without use, 1 to 1440; 0 never
        #[arg(long, value_name = "MINUTES")]
        idle: Option<u32>,
        /// When the machine goes to sleep
        #[arg(long, value_name = "YES|NO")]
        on_suspend: Option<String>,
    },
    /// Make a new vault key and seal every key under it
    Rotate,
    /// Keep the vault key elsewhere from now on
    Move {
        #[arg(long, value_enum)]
        to: To,
        #[command(flatten)]
        passphrase: NewPassphrase,
    },
    /// Make a recovery kit: a page to print and a text file
    Kit {
        /// Where to; the downloads folder
        #[arg(long)]
        folder: Option<PathBuf>,
    },
    /// Say whether a code is the one of the kit in force
    KitCheck {
        #[command(flatten)]
        code: CodeSource,
    },
    /// Get the vault key back with the recovery kit's code
    Recover {
        #[command(flatten)]
        code: CodeSource,
        /// Keep the vault key under a passphrase from now on
        #[command(flatten)]
        passphrase: NewPassphrase,
    },
    /// Destroy the vault key in every slot, then everything that is stored
    Destroy {
        /// The data directory once more, written out
        #[arg(long, value_name = "DATA_DIR")]
        yes_destroy: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum Audit {
    /// The newest entries
    List {
        /// 1 to 1,000
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Only entries before this number
        #[arg(long)]
        before: Option<i64>,
    },
    /// Find the first entry that was changed, removed or cut
    Verify,
}
