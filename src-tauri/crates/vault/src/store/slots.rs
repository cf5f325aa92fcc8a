//! Custody slots as the store knows them: where which version of the vault key is kept, and what is on its way.

use std::path::PathBuf;

use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::Store;
use crate::custody::CustodyKind;
use crate::failure::StoreError;
use crate::safe::{Kit, Wrapped};

const KIT: &str = "recovery";

/// How far a slot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Announced before anything is written to the slot itself.
    Coming,
    /// The vault key is in it.
    Kept,
    /// To be removed from the slot.
    Leaving,
}

/// A slot outside the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlotRow {
    pub(crate) kind: CustodyKind,
    pub(crate) version: u32,
    pub(crate) stage: Stage,
    pub(crate) path: Option<PathBuf>,
}

impl Store {
    /// Every slot but the recovery kit's.
    pub(crate) fn slots(&self) -> Result<Vec<SlotRow>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT kind, version, stage, path FROM custody_slots WHERE kind <> ?1 ORDER BY version",
        )?;
        let mut rows = read.query([KIT])?;
        let mut slots = Vec::new();
        while let Some(row) = rows.next()? {
            let kind = CustodyKind::of_word(&row.get::<_, String>(0)?).ok_or(StoreError::Damaged)?;
            let stage = match row.get::<_, String>(2)?.as_str() {
                "coming" => Stage::Coming,
                "kept" => Stage::Kept,
                _ => Stage::Leaving,
            };
            let path = row.get::<_, Option<String>>(3)?.map(PathBuf::from);
            slots.push(SlotRow { kind, version: row.get(1)?, stage, path });
        }
        Ok(slots)
    }

    /// What the passphrase opens.
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

    /// The recovery kit in force.
    pub(crate) fn kit(&self, version: u32) -> Result<Option<Kit>, StoreError> {
        read_kit(&self.connection, version)
    }
}

/// The recovery kit of a version.
pub(crate) fn read_kit(connection: &Connection, version: u32) -> Result<Option<Kit>, StoreError> {
    let read = "SELECT cost, salt, recipient, seal, wrapped, made FROM custody_slots
        WHERE kind = ?1 AND version = ?2";
    let row = connection.query_row(read, params![KIT, version], |row| {
        let cost: String = row.get(0)?;
        let rest = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
        Ok((cost, rest))
    });
    let Some((cost, (salt, recipient, seal, wrapped, made))) = row.optional()? else { return Ok(None) };
    let cost = serde_json::from_str(&cost).map_err(|_| StoreError::Damaged)?;
    Ok(Some(Kit { cost, salt, recipient, seal, wrapped, made: Timestamp(made) }))
}

/// Says where a version is, or will be, or was.
pub(crate) fn note_slot(transaction: &Transaction<'_>, slot: &SlotRow) -> Result<(), StoreError> {
    let stage = match slot.stage {
        Stage::Coming => "coming",
        Stage::Kept => "kept",
        Stage::Leaving => "leaving",
    };
    transaction.execute(
        "INSERT INTO custody_slots (kind, version, stage, path) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (kind, version) DO UPDATE SET stage = excluded.stage, path = excluded.path",
        params![slot.kind.word(), slot.version, stage, slot.path.as_ref().and_then(|path| path.to_str())],
    )?;
    Ok(())
}

/// Forgets a slot.
pub(crate) fn drop_slot(
    transaction: &Transaction<'_>,
    kind: CustodyKind,
    version: u32,
) -> Result<(), StoreError> {
    transaction.execute(
        "DELETE FROM custody_slots WHERE kind = ?1 AND version = ?2",
        params![kind.word(), version],
    )?;
    Ok(())
}

/// Keeps the vault key under a passphrase; there is one such slot at most.
pub(crate) fn keep_wrapped(
    transaction: &Transaction<'_>,
    version: u32,
    wrapped: &Wrapped,
) -> Result<(), StoreError> {
    let cost = serde_json::to_string(&wrapped.cost).map_err(|_| StoreError::Damaged)?;
    transaction.execute("DELETE FROM custody_slots WHERE kind = 'passphrase'", [])?;
    transaction.execute(
        "INSERT INTO custody_slots (kind, version, stage, cost, salt, wrapped)
         VALUES ('passphrase', ?1, 'kept', ?2, ?3, ?4)",
        params![version, cost, wrapped.salt, wrapped.blob],
    )?;
    Ok(())
}

/// Keeps a recovery kit in place of the one before; `None` drops it.
pub(crate) fn keep_kit(
    transaction: &Transaction<'_>,
    version: u32,
    kit: Option<&Kit>,
) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM custody_slots WHERE kind = ?1", [KIT])?;
    let Some(kit) = kit else { return Ok(()) };
    let cost = serde_json::to_string(&kit.cost).map_err(|_| StoreError::Damaged)?;
    transaction.execute(
        "INSERT INTO custody_slots (kind, version, stage, cost, salt, recipient, seal, wrapped, made)
         VALUES (?1, ?2, 'kept', ?3, ?4, ?5, ?6, ?7, ?8)",
        params![KIT, version, cost, kit.salt, kit.recipient, kit.seal, kit.wrapped, kit.made.0],
    )?;
    Ok(())
}
