//! The files of exports and imports: written whole or not at all and for their owner alone; read within bounds.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::api::{ApiError, Code};
use crate::system;

/// The file to write: the one named, or a new one in the downloads folder.
pub(crate) fn target(path: Option<String>, name: &str, ending: &str) -> Result<PathBuf, ApiError> {
    if let Some(path) = path.filter(|path| !path.trim().is_empty()) {
        return Ok(PathBuf::from(path));
    }
    let folder = system::downloads().ok_or_else(|| {
        ApiError::new(Code::InvalidInput, "This account has no downloads folder.", "Name a file.")
    })?;
    let numbered = |number: u32| match number {
        1 => folder.join(format!("{name}.{ending}")),
        _ => folder.join(format!("{name}-{number}.{ending}")),
    };
    (1..1000).map(numbered).find(|path| !path.exists()).ok_or_else(not_written)
}

/// Writes a new file beside, brings it to the disk, and puts it in place.
pub(crate) fn write(path: &Path, bytes: &[u8], replace: bool) -> Result<(), ApiError> {
    if !replace && path.exists() {
        let message = format!("There is a file {} already.", path.display());
        return Err(ApiError::new(Code::NameTaken, message, "Name another, or agree to replace it."));
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let written = (|| {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    })();
    written.map_err(|_| {
        let _ = std::fs::remove_file(&beside);
        not_written()
    })
}

/// The bytes of a file, which may hold keys.
pub(crate) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    let unreadable = |error: std::io::Error| {
        let code = if error.kind() == ErrorKind::NotFound { Code::NotFound } else { Code::InvalidInput };
        let message = format!("{} cannot be read.", path.display());
        ApiError::new(code, message, "Check the path and its permissions.")
    };
    let file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let limit = transfer::FILE_MAX as u64;
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
