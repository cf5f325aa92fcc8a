//! Settings of the console itself, by name. Knows no setting's meaning; none is a secret.

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::Store;
use crate::failure::StoreError;

impl Store {
    pub(crate) fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let mut read = self.connection.prepare_cached("SELECT value FROM settings WHERE name = ?1")?;
        Ok(read.query_row([name], |row| row.get(0)).optional()?)
    }
}

/// `None` takes the setting away. Says whether anything changed.
pub(crate) fn set_setting(
    transaction: &Transaction<'_>,
    name: &str,
    value: Option<&str>,
) -> Result<bool, StoreError> {
    let changed = match value {
        Some(value) => transaction.execute(
            "INSERT INTO settings (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value",
            params![name, value],
        )?,
        None => transaction.execute("DELETE FROM settings WHERE name = ?1", [name])?,
    };
    Ok(changed > 0)
}
