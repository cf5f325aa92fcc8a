//! The files of exports and imports: written whole or not at all and for their owner alone; read within bounds.

use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::api::{ApiError, Code};
use crate::system;

/// The file to write: the one named, or a new one in the downloads folder.
pub(crate) fn target(path: Option<String>, name: &str, ending: &str) -> Result<PathBuf, ApiError> {
    if let Some(path) =
        path.map(|path| PathBuf::from(path.trim())).filter(|path| !path.as_os_str().is_empty())
    {
        return if path.is_absolute() { Ok(path) } else { Err(not_whole()) };
    }
    let folder = system::downloads().ok_or_else(|| {
        ApiError::new(Code::InvalidInput, "This account has no downloads folder.", "Name a file.")
    })?;
    let numbered = |number: u32| match number {
        1 => folder.join(format!("{name}.{ending}")),
        _ => folder.join(format!("{name}-{number}.{ending}")),
    };
    (1..1000).map(numbered).find(|path| path.symlink_metadata().is_err()).ok_or_else(not_written)
}

/// Whether a file may be made here. With `replace` it may take the place of an earlier export, and of nothing else.
pub(crate) fn free(path: &Path, replace: bool) -> Result<(), ApiError> {
    let Ok(there) = path.symlink_metadata() else { return Ok(()) };
    if !replace {
        return Err(taken(path));
    }
    if there.is_file() && transfer::is_export(&read(path)?) {
        return Ok(());
    }
    let message = format!("{} is no earlier export. It was left as it is.", path.display());
    Err(ApiError::new(Code::NameTaken, message, "Name another file."))
}

/// Writes a new file beside, under a name that nobody can know before, brings it to the disk, and puts it in place.
pub(crate) fn write(path: &Path, bytes: &[u8], replace: bool) -> Result<(), ApiError> {
    free(path, replace)?;
    let folder = path.parent().ok_or_else(not_written)?;
    let written = (|| {
        // Made for its owner alone.
        let mut file = tempfile::Builder::new().prefix(".addon-console-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        let placed = if replace { file.persist(path) } else { file.persist_noclobber(path) };
        placed.map_err(|error| error.error)?;
        File::open(folder)?.sync_all()
    })();
    written
        .map_err(|error| if error.kind() == ErrorKind::AlreadyExists { taken(path) } else { not_written() })
}

fn taken(path: &Path) -> ApiError {
    let message = format!("There is a file {} already.", path.display());
    ApiError::new(Code::NameTaken, message, "Name another, or agree to replace it.")
}

fn not_whole() -> ApiError {
    ApiError::new(
        Code::InvalidInput,
        "The path does not say where the file is.",
        "Begin it at the root: /home/…",
    )
}

/// The bytes of a file, which may hold keys.
pub(crate) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    read_up_to(path, transfer::FILE_MAX)
}

/// The bytes of a file, at most one more than `most`.
pub(crate) fn read_up_to(path: &Path, most: usize) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    let unreadable = |error: std::io::Error| {
        let code = if error.kind() == ErrorKind::NotFound { Code::NotFound } else { Code::InvalidInput };
        let message = format!("{} cannot be read.", path.display());
        ApiError::new(code, message, "Check the path and its permissions.")
    };
    if !path.is_absolute() {
        return Err(not_whole());
    }
    // Looked at before it is opened: opening a pipe waits for a writer, and a device never ends.
    if !path.metadata().map_err(unreadable)?.is_file() {
        let message = format!("{} is no file.", path.display());
        return Err(ApiError::new(Code::InvalidInput, message, "Name a file."));
    }
    let file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let limit = most as u64;
    // Room for all of it at once: growing would leave copies behind. One byte more than allowed tells a file that is larger.
    let room = usize::try_from(length.min(limit)).unwrap_or(0) + 2;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    file.take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn not_written() -> ApiError {
    ApiError::new(
        Code::NotWritable,
        "The file cannot be written. Nothing was changed.",
        "Name a folder that is yours and has room.",
    )
}
