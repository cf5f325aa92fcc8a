//! Where generated images are kept between the answer that names them and the `<img>` that shows them.
//!
//! A trait, because this crate writes no disk. Files are named by unguessable ids only: no folder, prompt or uid.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;

/// 128 random bits, as 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileId(String);

impl FileId {
    /// An id of these bits.
    #[must_use]
    pub fn of(bits: [u8; 16]) -> Self {
        Self(bits.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// An id as it stands in a path; `None` if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let valid =
            text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        valid.then(|| Self(text.to_owned()))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The file could not be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file could not be kept")]
pub struct NoShelf;

/// What a shelf's methods return.
pub type Shelving<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Keeps generated images.
pub trait Shelf: Send + Sync {
    /// Keeps a file under a new id.
    fn put(&self, file: Bytes) -> Shelving<'_, Result<FileId, NoShelf>>;
    /// The file, if it is still there.
    fn get(&self, id: FileId) -> Shelving<'_, Option<Bytes>>;
}
