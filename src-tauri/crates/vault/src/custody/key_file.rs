//! A key file for machines without a keyring: one line a key, `name base64`. Only its owner may read it; each change
//! writes a new file beside it, brings it to the disk, and puts it in the old one's place.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{KeyStore, KeyStoreError};

/// Some versions of some vault keys; more is no key file.
const SIZE_MAX: u64 = 64 * 1024;

/// The file of this path.
pub(crate) struct KeyFile(pub(crate) PathBuf);

impl KeyFile {
    /// The file's text; empty when there is no file yet.
    fn read(&self) -> Result<Zeroizing<String>, KeyStoreError> {
        let mut file = match File::open(&self.0) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Zeroizing::default()),
            Err(_) => return Err(KeyStoreError::Failed),
        };
        private(&file)?;
        let length = file.metadata().map_err(|_| KeyStoreError::Failed)?.len();
        if length > SIZE_MAX {
            return Err(KeyStoreError::Failed);
        }
        // As long as it will be: a growing string leaves copies behind.
        let mut text = Zeroizing::new(String::with_capacity(usize::try_from(length).unwrap_or(0) + 1));
        file.read_to_string(&mut text).map_err(|_| KeyStoreError::Failed)?;
        Ok(text)
    }

    fn write(&self, text: &str) -> Result<(), KeyStoreError> {
        let failed = |_| KeyStoreError::Failed;
        let beside = self.0.with_extension("new");
        let _ = std::fs::remove_file(&beside);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside).map_err(failed)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
        std::fs::rename(&beside, &self.0).map_err(failed)?;
        // The name is durable only with its folder.
        let folder = self.0.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
    }

    /// The file without `name`, and with `line` at its end.
    fn change(&self, name: &str, line: Option<&str>) -> Result<(), KeyStoreError> {
        let text = self.read()?;
        let kept = text.lines().filter(|line| line.split(' ').next() != Some(name)).chain(line);
        let mut changed = Zeroizing::new(String::with_capacity(text.len() + line.map_or(0, str::len) + 2));
        for line in kept {
            changed.push_str(line);
            changed.push('\n');
        }
        self.write(&changed)
    }
}

impl KeyStore for KeyFile {
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        let text = self.read()?;
        let found = text.lines().filter_map(|line| line.split_once(' ')).find(|(known, _)| *known == name);
        found
            .map(|(_, secret)| Zeroizing::new(secret.trim().as_bytes().to_vec()))
            .ok_or(KeyStoreError::NoEntry)
    }

    fn put(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        let secret = std::str::from_utf8(secret).map_err(|_| KeyStoreError::Failed)?;
        let line = Zeroizing::new(format!("{name} {secret}"));
        self.change(name, Some(&line))
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.get(name)?;
        self.change(name, None)
    }
}

/// A file that others may read is no custody.
#[cfg(unix)]
fn private(file: &File) -> Result<(), KeyStoreError> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = file.metadata().map_err(|_| KeyStoreError::Failed)?.permissions().mode();
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyStoreError::Exposed) }
}

#[cfg(not(unix))]
fn private(_: &File) -> Result<(), KeyStoreError> {
    Ok(())
}
