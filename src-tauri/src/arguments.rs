//! What the program is started with.

use std::path::PathBuf;

use clap::Parser;
use console::api::{ApiError, Code};

/// Developer console, encrypted key store and local proxy for AI AddOns.
#[derive(Parser)]
#[command(name = "addon-console", version)]
pub(crate) struct Arguments {
    /// Where everything is stored
    #[arg(long, env = "ADDON_CONSOLE_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// The proxy's port; 0 takes any free one
    #[arg(long)]
    pub(crate) port: Option<u16>,
}

impl Arguments {
    pub(crate) fn read() -> Self {
        Self::parse()
    }

    pub(crate) fn data_dir(&self) -> Result<PathBuf, ApiError> {
        self.data_dir.clone().or_else(console::default_data_dir).ok_or_else(|| {
            ApiError::new(
                Code::NotWritable,
                "This account has no home directory.",
                "Name a directory with --data-dir.",
            )
        })
    }
}
