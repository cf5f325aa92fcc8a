//! From a file to what it asks for. Reads what was named and nothing else; judges nothing yet.

use std::path::Path;

use ::transfer::Document;
use zeroize::Zeroizing;

use super::{Asked, Import, foreign};
use crate::api::{ApiError, Code, ImportFile, ImportFormat};
use crate::exporting::refused;
use crate::transfer_files;

pub(super) fn read(
    file: &ImportFile,
    passphrase: Option<Zeroizing<String>>,
) -> Result<(ImportFormat, Import), ApiError> {
    let path = Path::new(&file.path);
    let bytes = transfer_files::read(path)?;
    let format = file.format.unwrap_or_else(|| seen(path, &bytes));
    let import = match format {
        ImportFormat::Settings => {
            let document = Document::read(&bytes).map_err(refused)?;
            Import { settings: Asked::Document(document), keys: Vec::new(), ignored: Vec::new() }
        }
        ImportFormat::Keys => {
            let passphrase = passphrase.ok_or_else(|| {
                ApiError::new(
                    Code::InvalidInput,
                    "A file of keys needs its passphrase.",
                    "Give the passphrase.",
                )
            })?;
            let keys = ::transfer::open_keys(&bytes, &passphrase).map_err(refused)?;
            Import { settings: Asked::Nothing, keys, ignored: Vec::new() }
        }
        ImportFormat::Env => {
            let proposals = ::transfer::read_env(&bytes).map_err(refused)?;
            foreign::import(application(file)?, proposals)
        }
        ImportFormat::Litellm => {
            let env = file.env.as_deref().map(|env| transfer_files::read(Path::new(env))).transpose()?;
            let env = env.as_ref().map(|env| env.as_slice());
            let proposals = ::transfer::read_litellm(&bytes, env).map_err(refused)?;
            foreign::import(application(file)?, proposals)
        }
    };
    Ok((format, import))
}

fn application(file: &ImportFile) -> Result<String, ApiError> {
    file.application.clone().ok_or_else(|| {
        ApiError::new(Code::InvalidInput, "The file does not say for which application it is.", "Name one.")
    })
}

fn seen(path: &Path, bytes: &[u8]) -> ImportFormat {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if ::transfer::is_keys_file(bytes) {
        ImportFormat::Keys
    } else if matches!(ending, "yaml" | "yml") {
        ImportFormat::Litellm
    } else if Document::looks_like(bytes) {
        ImportFormat::Settings
    } else {
        ImportFormat::Env
    }
}
