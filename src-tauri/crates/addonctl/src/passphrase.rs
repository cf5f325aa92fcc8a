//! Where the passphrase comes from. Never an argument.

use std::path::PathBuf;

use vault::{Custody, Passphrase};
use zeroize::Zeroizing;

use crate::arguments::{CustodyChoice, Global};
use crate::failure::Failure;
use crate::key_input;

/// The name systemd's `LoadCredential=` must give it.
const CREDENTIAL: &str = "addon-console.passphrase";

/// The custody slot these arguments ask for.
pub(crate) fn custody(global: &Global) -> Result<Custody, Failure> {
    if global.custody == CustodyChoice::Keyring {
        return Ok(Custody::Keyring);
    }
    let path = match (&global.passphrase_file, global.passphrase_fd) {
        (Some(path), _) => path.clone(),
        (None, Some(number)) => PathBuf::from(format!("/dev/fd/{number}")),
        (None, None) => match std::env::var_os("CREDENTIALS_DIRECTORY") {
            Some(dir) => PathBuf::from(dir).join(CREDENTIAL),
            None => {
                return Err(Failure::input(
                    "No passphrase was given.",
                    "Name it with --passphrase-file or --passphrase-fd, or set CREDENTIALS_DIRECTORY.",
                ));
            }
        },
    };
    let bytes = key_input::from_file(&path)?;
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let passphrase = Passphrase::from_bytes(Zeroizing::new(line.to_vec()))
        .map_err(|_| Failure::input("The passphrase is empty.", "Write it on the first line."))?;
    Ok(Custody::Passphrase(passphrase))
}
