//! The vault's identity, which vault key is active, and the custody slots that keep it.

use domain::{NoRandom, Random};
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::Store;
use crate::failure::StoreError;
use crate::safe::{VaultKey, Wrapped};

/// The active vault key, as far as the store knows it.
pub(crate) struct Active {
    pub(crate) version: u32,
    pub(crate) check_value: Vec<u8>,
}

/// What a new vault key brings with it.
pub(crate) enum Slot {
    Keyring,
    Passphrase(Wrapped),
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

    /// The passphrase slot of a version.
    pub(crate) fn wrapped(&self, version: u32) -> Result<Option<Wrapped>, StoreError> {
        let read = "SELECT cost, salt, wrapped FROM custody_slots WHERE kind = 'passphrase' AND version = ?1";
        let row: Option<(String, Vec<u8>, Vec<u8>)> = self
            .connection
            .query_row(read, [version], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        row.map(|(cost, salt, blob)| {
            let cost = serde_json::from_str(&cost).map_err(|_| StoreError::Damaged)?;
            Ok(Wrapped { cost, salt, blob })
        })
        .transpose()
    }

    /// Whether the keyring is said to hold a version.
    pub(crate) fn in_keyring(&self, version: u32) -> Result<bool, StoreError> {
        let read = "SELECT EXISTS (SELECT 1 FROM custody_slots WHERE kind = 'keyring' AND version = ?1)";
        Ok(self.connection.query_row(read, [version], |row| row.get(0))?)
    }
}

/// Makes `key`, already kept in its slot, the active one. Part of the transaction that first seals under it.
pub(super) fn activate(transaction: &Transaction<'_>, key: &VaultKey, slot: &Slot) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE meta SET active_version = ?1, check_value = ?2",
        params![key.version(), key.check_value()],
    )?;
    let insert = "INSERT INTO custody_slots (kind, version, cost, salt, wrapped) VALUES (?1, ?2, ?3, ?4, ?5)";
    match slot {
        Slot::Keyring => transaction.execute(
            insert,
            params!["keyring", key.version(), None::<String>, None::<Vec<u8>>, None::<Vec<u8>>],
        )?,
        Slot::Passphrase(wrapped) => {
            let cost = serde_json::to_string(&wrapped.cost).map_err(|_| StoreError::Damaged)?;
            transaction
                .execute(insert, params!["passphrase", key.version(), cost, wrapped.salt, wrapped.blob])?
        }
    };
    Ok(())
}
