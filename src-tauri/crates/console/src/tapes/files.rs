//! A set of tapes as a file under a passphrase, out and in. A file from elsewhere is read whole and checked before anything
//! is stored, and is stored whole or not at all.

use std::path::Path;

use ::transfer::{TAPES_FILE_MAX, TransferError};
use domain::TapeName;

use super::SETS;
use crate::api::{ApiError, Code, Exported, TapeExport, TapeImport, TapeSetView};
use crate::exporting::{checked_passphrase, file_passphrase, refused};
use crate::{Console, system, transfer_files};

impl Console {
    pub(crate) async fn tape_export(&self, to: TapeExport) -> Result<Exported, ApiError> {
        let passphrase = checked_passphrase(self.secrets.take(to.passphrase)?)?;
        let view = self.tape_view(to.set).await?;
        self.change(&[], move |vault| {
            let path = transfer_files::target(to.path, "addon-console-tapes", "aoctapes")?;
            transfer_files::free(&path, to.replace)?;
            let exchanges = vault.tape_exchanges(to.set)?;
            let file = ::transfer::seal_tapes(&view.name, &exchanges, &passphrase).map_err(refused)?;
            // Written down first: an export that cannot be written down does not happen.
            vault.note_tapes_exported(to.set)?;
            transfer_files::write(&path, &file, to.replace)?;
            let count = u32::try_from(exchanges.len()).unwrap_or(u32::MAX);
            Ok::<_, ApiError>(Exported { path: path.display().to_string(), count })
        })
        .await
    }

    pub(crate) async fn tape_import(&self, from: TapeImport) -> Result<TapeSetView, ApiError> {
        let passphrase = file_passphrase(self.secrets.take(from.passphrase)?)?;
        let name = from.name.map(TapeName::try_from).transpose()?;
        let file = system::blocking(move || {
            let bytes = transfer_files::read_up_to(Path::new(&from.path), TAPES_FILE_MAX)?;
            ::transfer::open_tapes(&bytes, &passphrase).map_err(no_tapes)
        })
        .await??;
        let name = name.unwrap_or(file.name);
        let id = self.change(SETS, move |vault| vault.import_tape_set(&name, &file.exchanges)).await?;
        self.tape_view(id).await
    }
}

fn no_tapes(error: TransferError) -> ApiError {
    match error {
        TransferError::UnknownFormat => ApiError::new(
            Code::InvalidInput,
            "The file holds no tapes of a version that is known. Nothing was changed.",
            "Tapes come from `addonctl tape export`, or Export under Tapes.",
        ),
        other => refused(other),
    }
}
