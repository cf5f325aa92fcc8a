//! The vault's identity, and which vault key is active.

use domain::{NoRandom, Random};
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::Store;
use crate::failure::StoreError;

/// The active vault key, as far as the store knows it.
pub(crate) struct Active {
    pub(crate) version: u32,
    pub(crate) check_value: Vec<u8>,
}

impl Store {
    /// A random identity, made once; it keeps two data directories from sharing a keyring entry.
    pub(super) fn ensure_identity(&self, random: &dyn Random) -> Result<(), StoreError> {
        let known: i64 = self.connection.query_row("SELECT count(*) FROM meta", [], |row| row.get(0))?;
        if known == 0 {
            let mut id = [0_u8; 16];
            random.fill(&mut id).map_err(|NoRandom| StoreError::NoRandom(NoRandom))?;
            self.connection.execute("INSERT INTO meta (id, vault_id) VALUES (1, ?1)", [id])?;
        }
        let salted: i64 =
            self.connection.query_row("SELECT count(*) FROM pseudonyms", [], |row| row.get(0))?;
        if salted == 0 {
            let mut salt = [0_u8; 32];
            random.fill(&mut salt).map_err(|NoRandom| StoreError::NoRandom(NoRandom))?;
            self.connection.execute("INSERT INTO pseudonyms (id, salt) VALUES (1, ?1)", [salt])?;
        }
        Ok(())
    }

    pub(crate) fn vault_id(&self) -> Result<[u8; 16], StoreError> {
        Ok(self.connection.query_row("SELECT vault_id FROM meta", [], |row| row.get(0))?)
    }

    /// The active vault key; `None` while none was ever needed.
    pub(crate) fn active(&self) -> Result<Option<Active>, StoreError> {
        let read = "SELECT active_version, check_value FROM meta WHERE active_version IS NOT NULL";
        let active = self
            .connection
            .query_row(read, [], |row| Ok(Active { version: row.get(0)?, check_value: row.get(1)? }))
            .optional()?;
        Ok(active)
    }

    /// Whether sealed keys are stored.
    pub(crate) fn has_sealed_keys(&self) -> Result<bool, StoreError> {
        Ok(self.connection.query_row("SELECT EXISTS (SELECT 1 FROM sealed_keys)", [], |row| row.get(0))?)
    }
}

/// Makes `version` the active one.
pub(crate) fn activate(
    transaction: &Transaction<'_>,
    version: u32,
    check_value: &[u8],
) -> Result<(), StoreError> {
    transaction
        .execute("UPDATE meta SET active_version = ?1, check_value = ?2", params![version, check_value])?;
    Ok(())
}
