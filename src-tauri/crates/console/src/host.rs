//! What only a face can do.

use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::api::{ApiError, Code, FilePurpose};

/// A face's own abilities. Calls may block; they are made away from the async workers.
pub trait Host: Send + Sync {
    /// The text on the clipboard.
    fn clipboard(&self) -> Result<Zeroizing<Vec<u8>>, ApiError>;
    /// Opens a link in the system's browser.
    fn open_link(&self, url: &str) -> Result<(), ApiError>;
    /// A file that a person chooses; `None` when they change their mind.
    fn choose_file(&self, purpose: FilePurpose) -> Result<Option<PathBuf>, ApiError>;
}

/// A face without clipboard or browser: the command line, a server.
pub struct Headless;

impl Host for Headless {
    fn clipboard(&self) -> Result<Zeroizing<Vec<u8>>, ApiError> {
        Err(ApiError::new(
            Code::Unsupported,
            "There is no clipboard here.",
            "Give the key on standard input.",
        ))
    }

    fn open_link(&self, _: &str) -> Result<(), ApiError> {
        Err(ApiError::new(Code::Unsupported, "There is no browser here.", "Open the printed link yourself."))
    }

    fn choose_file(&self, _: FilePurpose) -> Result<Option<PathBuf>, ApiError> {
        Err(ApiError::new(
            Code::Unsupported,
            "There is nobody to choose a file here.",
            "Name it by its path.",
        ))
    }
}
