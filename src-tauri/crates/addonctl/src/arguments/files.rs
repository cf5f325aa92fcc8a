//! What `addonctl export` and `addonctl import` take besides a file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// The passphrase of a file of keys or tapes; not the vault's.
#[derive(Args)]
#[group(multiple = false)]
pub(crate) struct FilePassphrase {
    /// Read the passphrase of the exported file from this file (first line)
    #[arg(long)]
    pub(crate) export_passphrase_file: Option<PathBuf>,
    /// Read the passphrase of the exported file from this open file descriptor
    #[arg(long)]
    pub(crate) export_passphrase_fd: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// This console's settings
    Settings,
    /// This console's keys
    Keys,
    /// A .env file
    Env,
    /// LiteLLM's config.yaml
    Litellm,
}
