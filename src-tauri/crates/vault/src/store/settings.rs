//! Settings of the console itself, by name. Knows no setting's meaning; none is a secret.

use rusqlite::{OptionalExtension as _, params};

use super::Store;
use crate::failure::StoreError;

impl Store {
    pub(crate) fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let mut read = self.connection.prepare_cached("SELECT value FROM settings WHERE name = ?1")?;
        Ok(read.query_row([name], |row| row.get(0)).optional()?)
    }

    /// `None` takes the setting away.
    pub(crate) fn set_setting(&self, name: &str, value: Option<&str>) -> Result<(), StoreError> {
        match value {
            Some(value) => self.connection.execute(
                "INSERT INTO settings (name, value) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                params![name, value],
            )?,
            None => self.connection.execute("DELETE FROM settings WHERE name = ?1", [name])?,
        };
        Ok(())
    }
}
