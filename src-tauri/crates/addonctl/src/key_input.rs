//! Where a provider key comes from: standard input or a file. Never an argument, which every process list shows.

use std::io::Read as _;
use std::path::Path;

use zeroize::Zeroizing;

use crate::arguments::KeySource;
use crate::failure::Failure;

/// More than any key.
const KEY_MAX: u64 = 8 * 1024;

/// The key, if a source is named.
pub(crate) fn read(source: &KeySource) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    if source.key_stdin {
        return from_stdin().map(Some);
    }
    source.key_file.as_deref().map(from_file).transpose()
}

pub(crate) fn from_stdin() -> Result<Zeroizing<Vec<u8>>, Failure> {
    bounded(std::io::stdin().lock(), "standard input")
}

pub(crate) fn from_file(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let shown = path.display().to_string();
    let file = std::fs::File::open(path).map_err(|_| {
        Failure::input(format!("{shown} cannot be read."), "Check the path and its permissions.")
    })?;
    bounded(file, &shown)
}

fn bounded(source: impl std::io::Read, name: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    // Room for all of it at once: growing would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(KEY_MAX as usize + 1));
    source
        .take(KEY_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| Failure::input(format!("{name} cannot be read."), ""))?;
    if bytes.len() as u64 > KEY_MAX {
        return Err(Failure::input(format!("{name} holds more than a key."), "Give the key alone."));
    }
    Ok(bytes)
}
