//! The SQLite store. One connection, opened in one place with one set of rules; tables by theme in the files beside.
//!
//! Sealed keys are opaque bytes here; a plain key is never bound to a statement.

mod activity;
pub(crate) mod addons;
pub(crate) mod applications;
pub(crate) mod chain;
pub(crate) mod faults;
pub(crate) mod limits;
pub(crate) mod meta;
mod open;
pub(crate) mod providers;
pub(crate) mod settings;
pub(crate) mod slots;
pub(crate) mod tapes;
mod usage;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use uuid::Uuid;

use crate::failure::StoreError;

pub use activity::Kept;
pub use applications::SecretHash;
pub(crate) use chain::Noted;
pub(crate) use meta::Active;
pub(crate) use open::{make_private_dir, remove_files};
pub use providers::{PreviousKey, StoredProvider};
pub use tapes::StoredTapes;
pub use usage::Usage;

/// The open database.
pub(crate) struct Store {
    connection: Connection,
}

impl Store {
    /// Does `work` in one transaction: all of it is there afterwards, or nothing. No other process writes meanwhile.
    pub(crate) fn whole<R, E>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<R, E>) -> Result<R, E>
    where
        E: From<StoreError>,
    {
        let begun = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(StoreError::from)?;
        let done = work(&transaction)?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(done)
    }

    /// Overwrites every row there is.
    pub(crate) fn wipe(&mut self) -> Result<(), StoreError> {
        self.connection.execute_batch(
            "BEGIN IMMEDIATE; DELETE FROM applications; DELETE FROM custody_slots; DELETE FROM audit;
             DELETE FROM activity; DELETE FROM tapes; DELETE FROM tape_sets; DELETE FROM usage; DELETE FROM pseudonyms; DELETE FROM settings; DELETE FROM meta; COMMIT;",
        )?;
        self.must_clear_log()
    }

    /// Empties the log after an act that is committed. The act stands whatever becomes of this: a log that cannot be
    /// emptied now, on a full disk say, is emptied by the next act or start that can.
    pub(crate) fn clear_log(&self) {
        let _: Result<(), StoreError> = self.must_clear_log();
    }

    /// Moves everything out of the write-ahead log and empties it, so that nothing deleted stays there.
    pub(crate) fn must_clear_log(&self) -> Result<(), StoreError> {
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
