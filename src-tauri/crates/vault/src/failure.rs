//! How the vault fails. No variant holds a secret or a text from outside.

use rusqlite::ErrorCode;

use crate::custody::{CustodyKind, CustodyState};

/// Why a data directory cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// Another process holds it.
    #[error("another process holds the data directory")]
    InUse {
        /// Its process id, where it could be read.
        pid: Option<u32>,
    },
    /// The database does not pass SQLite's own check; it is left as it is.
    #[error("the database is damaged")]
    Damaged,
    /// The database was written by a later version of this program.
    #[error("the database is of a newer version")]
    NewerVersion,
    /// The vault key is kept elsewhere than the caller says.
    #[error("the vault key is kept in another custody slot")]
    OtherCustody(CustodyKind),
    /// The directory or a file in it cannot be written.
    #[error("the data directory cannot be written")]
    NotWritable,
    /// SQLite failed otherwise.
    #[error("the database cannot be opened")]
    Database(#[source] rusqlite::Error),
}

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such row.
    #[error("there is no such entry")]
    NotFound,
    /// The name stands already.
    #[error("the name is taken")]
    NameTaken,
    /// Disk full, read-only, or an I/O error on writing.
    #[error("the store cannot be written")]
    NotWritable,
    /// A page or a value does not read.
    #[error("the database is damaged")]
    Damaged,
    /// The operating system gave no random bytes.
    #[error(transparent)]
    NoRandom(#[from] domain::NoRandom),
    /// SQLite failed otherwise.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error;
        if matches!(error, Error::QueryReturnedNoRows) {
            return Self::NotFound;
        }
        if matches!(error, Error::FromSqlConversionFailure(..) | Error::InvalidColumnType(..)) {
            return Self::Damaged;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => constraint(error),
            Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure) => Self::NotWritable,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            _ => Self::Database(error),
        }
    }
}

/// A missing parent is an entry that is gone; the only other constraints a caller can hit are unique names.
fn constraint(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error().map(|inner| inner.extended_code) {
        Some(rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => StoreError::NotFound,
        Some(rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE) => StoreError::NameTaken,
        _ => StoreError::Database(error),
    }
}

/// Why an act on a key was not done. Whatever it says, nothing stored before has changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyActError {
    /// The vault is not open, and why.
    #[error("the vault is not open")]
    Custody(CustodyState),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key stays with the server it was entered for; another server needs it entered again.
    #[error("a new server needs the key again")]
    NeedsKey,
    /// The passphrase or the recovery code is another.
    #[error("the passphrase or code does not open the vault")]
    WrongSecret,
    /// There is no recovery kit.
    #[error("there is no recovery kit")]
    NoKit,
    /// The vault key is kept under a passphrase, and none was given.
    #[error("a passphrase is needed")]
    NeedsPassphrase,
    /// Somebody else provides the vault keys, and has not provided the next one.
    #[error("the custody slot is only read")]
    ReadOnly,
    /// What was written did not read back as what was meant.
    #[error("the key was not confirmed")]
    NotConfirmed,
}

impl From<rusqlite::Error> for KeyActError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<domain::NoRandom> for KeyActError {
    fn from(error: domain::NoRandom) -> Self {
        Self::Store(error.into())
    }
}
