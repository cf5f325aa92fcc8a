//! One writer process per data directory: an exclusive lock on a file that names its owner.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use crate::failure::VaultError;

/// Held as long as the vault is open; the operating system lets go of it however the process ends.
pub(crate) struct LockFile(#[expect(dead_code, reason = "held for its lock")] File);

impl LockFile {
    pub(crate) fn take(dir: &Path) -> Result<Self, VaultError> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(dir.join("vault.lock")).map_err(|_| VaultError::NotWritable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                let _ = file.read_to_string(&mut text);
                return Err(VaultError::InUse { pid: text.trim().parse().ok() });
            }
            Err(TryLockError::Error(_)) => return Err(VaultError::NotWritable),
        }
        let named = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| write!(file, "{}", std::process::id()));
        named.map_err(|_| VaultError::NotWritable)?;
        Ok(Self(file))
    }
}
