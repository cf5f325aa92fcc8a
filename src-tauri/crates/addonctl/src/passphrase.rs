//! Where the vault key and passphrases come from. Never an argument.

use std::path::{Path, PathBuf};

use vault::{Custody, Passphrase};
use zeroize::Zeroizing;

use crate::arguments::{CustodyChoice, Global};
use crate::failure::Failure;
use crate::key_input;

/// The names systemd's `LoadCredential=` must give them.
const PASSPHRASE: &str = "addon-console.passphrase";
const MASTER: &str = "addon-console.master-v1";

/// The custody slot these arguments ask for; `None`: whatever the vault has.
pub(crate) fn custody(global: &Global) -> Result<Option<Custody>, Failure> {
    let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    let provided = || credentials.clone().filter(|dir| dir.join(MASTER).is_file());
    Ok(match (global.custody, &global.key_file) {
        (Some(CustodyChoice::Keyring), _) => Some(Custody::Keyring),
        (Some(CustodyChoice::Passphrase), _) => {
            let bytes = given(global)?.ok_or_else(|| {
                Failure::input(
                    "No passphrase was given.",
                    "Name it with --passphrase-file or --passphrase-fd, or set CREDENTIALS_DIRECTORY.",
                )
            })?;
            let passphrase = Passphrase::from_bytes(bytes)
                .map_err(|_| Failure::input("The passphrase is empty.", "Write it on the first line."))?;
            Some(Custody::Passphrase(Some(passphrase)))
        }
        (Some(CustodyChoice::KeyFile) | None, Some(path)) => {
            let path =
                std::path::absolute(path).map_err(|_| Failure::input("The key file has no path.", ""))?;
            Some(Custody::KeyFile(path))
        }
        (Some(CustodyChoice::KeyFile), None) => {
            return Err(Failure::input(
                "No key file was named.",
                "addonctl --custody key-file --key-file FILE …",
            ));
        }
        (Some(CustodyChoice::Credentials), _) => {
            Some(Custody::Credentials(credentials.ok_or_else(|| {
                Failure::input(
                    "There is no credentials folder.",
                    "Set CREDENTIALS_DIRECTORY, as systemd does.",
                )
            })?))
        }
        (None, None) => provided().map(Custody::Credentials),
    })
}

/// The passphrase these arguments give.
pub(crate) fn given(global: &Global) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    let path = match (&global.passphrase_file, global.passphrase_fd) {
        (Some(path), _) => path.clone(),
        (None, Some(number)) => PathBuf::from(format!("/dev/fd/{number}")),
        (None, None) => match std::env::var_os("CREDENTIALS_DIRECTORY") {
            Some(dir) if Path::new(&dir).join(PASSPHRASE).is_file() => PathBuf::from(dir).join(PASSPHRASE),
            _ => return Ok(None),
        },
    };
    first_line(&path).map(Some)
}

/// The first line of a file, without its end.
pub(crate) fn first_line(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let bytes = key_input::from_file(path)?;
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() {
        return Err(Failure::input("The passphrase is empty.", "Write it on the first line."));
    }
    Ok(Zeroizing::new(line.to_vec()))
}
