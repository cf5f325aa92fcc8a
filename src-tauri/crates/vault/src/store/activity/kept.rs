//! How much activity is kept: by rows and bytes with each batch, by age when asked. Room of removed rows is used again by
//! the next ones, so the file stops growing where the limit is.

use domain::{Retention, Timestamp};
use rusqlite::{Connection, Transaction};

use crate::failure::StoreError;
use crate::store::Store;

/// Of the limit in bytes; the rest is for the batch to come.
const FULL: u64 = 95;
/// However large the other tables are, the newest calls can be looked at.
const LEAST: i64 = 100;
const DAY_MS: i64 = 86_400_000;

/// How much activity there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Rows.
    pub rows: u64,
    /// Bytes of the database, without tapes and without room that is free for use.
    pub bytes: u64,
}

impl Store {
    pub(crate) fn trim_activity(&mut self, keep: &Retention, now: Timestamp) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        let oldest = now.0.saturating_sub(i64::from(keep.days).saturating_mul(DAY_MS));
        transaction.execute("DELETE FROM activity WHERE at < ?1", [oldest])?;
        trim(&transaction, keep)?;
        Ok(transaction.commit()?)
    }

    pub(crate) fn shrink(&self) -> Result<(), StoreError> {
        let (all, free) =
            (pragma(&self.connection, "page_count")?, pragma(&self.connection, "freelist_count")?);
        if free.saturating_mul(2) < all {
            return Ok(());
        }
        // In memory: nothing of the database is ever outside its folder.
        self.connection.execute_batch("PRAGMA temp_store = MEMORY; VACUUM;")?;
        self.clear_log();
        Ok(())
    }

    pub(crate) fn kept(&self) -> Result<Kept, StoreError> {
        let rows: i64 = self.connection.query_row("SELECT count(*) FROM activity", [], |row| row.get(0))?;
        Ok(Kept { rows: rows.unsigned_abs(), bytes: used(&self.connection)? })
    }
}

/// Removes the oldest rows beyond the limits in rows and bytes.
pub(super) fn trim(transaction: &Transaction<'_>, keep: &Retention) -> Result<(), StoreError> {
    keep_newest(transaction, keep.rows)?;
    let limit = u64::from(keep.megabytes) * 1_000_000 / 100 * FULL;
    // A page is free once all its rows are gone; the oldest rows lie together.
    while used(transaction)? > limit {
        let rows: i64 = transaction.query_row("SELECT count(*) FROM activity", [], |row| row.get(0))?;
        if rows <= LEAST {
            break;
        }
        transaction
            .prepare_cached(
                "DELETE FROM activity WHERE seq IN (SELECT seq FROM activity ORDER BY seq LIMIT ?1)",
            )?
            .execute([(rows / 20 + 1).min(rows - LEAST)])?;
    }
    Ok(())
}

fn keep_newest(transaction: &Transaction<'_>, rows: u32) -> Result<(), StoreError> {
    transaction
        .prepare_cached("DELETE FROM activity WHERE seq <= (SELECT max(seq) FROM activity) - ?1")?
        .execute([rows])?;
    Ok(())
}

fn used(connection: &Connection) -> Result<u64, StoreError> {
    let pages = pragma(connection, "page_count")?.saturating_sub(pragma(connection, "freelist_count")?);
    let all = pages.saturating_mul(pragma(connection, "page_size")?);
    // Tapes have a limit of their own: they must not drive calls out.
    let tapes: i64 = connection
        .prepare_cached("SELECT coalesce(sum(bytes), 0) FROM tapes")?
        .query_row([], |row| row.get(0))?;
    Ok(all.saturating_sub(tapes.unsigned_abs()))
}

fn pragma(connection: &Connection, name: &str) -> Result<u64, StoreError> {
    let value: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
    Ok(value.unsigned_abs())
}
