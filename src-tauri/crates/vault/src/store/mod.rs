//! The SQLite store. One connection, opened in one place with one set of rules; tables by theme in the files beside.
//!
//! Sealed keys are opaque bytes here; a plain key is never bound to a statement.

mod activity;
mod addons;
mod applications;
mod meta;
mod open;
mod providers;
mod settings;

use rusqlite::Connection;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use uuid::Uuid;

use crate::failure::StoreError;

pub use applications::SecretHash;
pub(crate) use meta::{Active, Slot};
pub(crate) use open::make_private_dir;

/// The open database.
pub(crate) struct Store {
    connection: Connection,
}

impl Store {
    /// Moves everything out of the write-ahead log and empties it, so that nothing deleted stays there.
    fn clear_log(&self) -> Result<(), StoreError> {
        let busy: i64 = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        // We are the only connection; a busy log means another program has the file open.
        if busy == 0 { Ok(()) } else { Err(StoreError::NotWritable) }
    }
}

/// A `Uuid` from sixteen bytes.
struct Id(Uuid);

impl FromSql for Id {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Uuid::from_slice(value.as_blob()?).map(Self).map_err(FromSqlError::other)
    }
}

/// A value of the domain from its text; what does not read as one is damage, not a default.
struct Word<T>(T);

impl<T: TryFrom<String>> FromSql for Word<T>
where
    T::Error: std::error::Error + Send + Sync + 'static,
{
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        T::try_from(value.as_str()?.to_owned()).map(Self).map_err(FromSqlError::other)
    }
}
