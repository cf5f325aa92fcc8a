//! Sets of tapes, their sealed keys, their sealed exchanges, and which provider uses which set. Opens nothing.

use domain::{ActiveTape, ProviderId, ProviderKind, TapeName, TapeSetId, TapeUse, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use uuid::Uuid;

use super::{Id, Store, Word};
use crate::failure::StoreError;
use crate::safe::SealedTapeKey;

/// A set, without what is in it.
#[derive(Clone)]
pub struct StoredTapes {
    /// Identity.
    pub id: TapeSetId,
    /// Its name.
    pub name: TapeName,
    /// When it was made or imported.
    pub created: Timestamp,
    /// The types of the providers that answered.
    pub kinds: Vec<ProviderKind>,
    /// How many exchanges.
    pub exchanges: u64,
    /// Their bytes.
    pub bytes: u64,
    /// When the newest was recorded.
    pub recorded: Option<Timestamp>,
    pub(crate) key: SealedTapeKey,
}

/// An exchange as it lies in the store.
pub(crate) struct StoredTape {
    pub(crate) id: Uuid,
    pub(crate) sealed: Vec<u8>,
}

/// An exchange to be stored.
pub(crate) struct NewTape<'a> {
    pub(crate) id: Uuid,
    pub(crate) kind: &'a ProviderKind,
    pub(crate) recorded: Timestamp,
    pub(crate) place: [u8; 32],
    pub(crate) sealed: &'a [u8],
}

const READ: &str = "
    SELECT s.id, s.name, s.created, s.sealed_key, s.key_version, count(t.seq) AS exchanges,
        coalesce(sum(t.bytes), 0) AS bytes, max(t.recorded) AS recorded, group_concat(DISTINCT t.kind) AS kinds
    FROM tape_sets AS s LEFT JOIN tapes AS t ON t.tape_set = s.id";

impl Store {
    /// Every set, oldest first.
    pub(crate) fn tape_sets(&self) -> Result<Vec<StoredTapes>, StoreError> {
        all_sets(&self.connection)
    }

    /// One set, or `NotFound`.
    pub(crate) fn tape_set(&self, id: TapeSetId) -> Result<StoredTapes, StoreError> {
        one_set(&self.connection, id)
    }

    /// The `nth` exchange at this place, or the last one there is.
    pub(crate) fn tape(
        &self,
        set: TapeSetId,
        place: &[u8; 32],
        nth: u32,
    ) -> Result<Option<StoredTape>, StoreError> {
        let at = (set.0.as_bytes(), place);
        let count: u32 = self
            .connection
            .prepare_cached("SELECT count(*) FROM tapes WHERE tape_set = ?1 AND asked = ?2")?
            .query_row(at, |row| row.get(0))?;
        let Some(last) = count.checked_sub(1) else { return Ok(None) };
        let mut read = self.connection.prepare_cached(
            "SELECT id, sealed FROM tapes WHERE tape_set = ?1 AND asked = ?2
             ORDER BY recorded, seq LIMIT 1 OFFSET ?3",
        )?;
        Ok(read.query_row((at.0, at.1, nth.min(last)), tape).optional()?)
    }

    /// Every exchange of a set, in the order they were recorded.
    pub(crate) fn tapes(&self, set: TapeSetId) -> Result<Vec<StoredTape>, StoreError> {
        let mut read = self
            .connection
            .prepare_cached("SELECT id, sealed FROM tapes WHERE tape_set = ?1 ORDER BY recorded, seq")?;
        Ok(read.query_map([set.0.as_bytes()], tape)?.collect::<Result<Vec<_>, _>>()?)
    }

    /// Which set is in use at which provider.
    pub(crate) fn tape_uses(&self) -> Result<Vec<(ProviderId, ActiveTape)>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT u.provider, u.tape_set, u.does, u.since, s.name
             FROM tape_uses AS u JOIN tape_sets AS s ON s.id = u.tape_set ORDER BY u.since",
        )?;
        let rows = read.query_map([], |row| {
            let active = ActiveTape {
                set: TapeSetId(row.get::<_, Id>(1)?.0),
                name: row.get::<_, Word<TapeName>>(4)?.0,
                does: row.get::<_, Word<Does>>(2)?.0.0,
                since: Timestamp(row.get(3)?),
            };
            Ok((ProviderId(row.get::<_, Id>(0)?.0), active))
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }
}

/// A use from its word.
struct Does(TapeUse);

impl TryFrom<String> for Does {
    type Error = std::fmt::Error;
    fn try_from(word: String) -> Result<Self, Self::Error> {
        TapeUse::from_word(&word).map(Self).ok_or(std::fmt::Error)
    }
}

fn tape(row: &Row<'_>) -> rusqlite::Result<StoredTape> {
    Ok(StoredTape { id: row.get::<_, Id>(0)?.0, sealed: row.get(1)? })
}

fn set(row: &Row<'_>) -> rusqlite::Result<StoredTapes> {
    let kinds = row.get::<_, Option<String>>("kinds")?.unwrap_or_default();
    let kinds = kinds.split(',').filter_map(|word| ProviderKind::try_from(word.to_owned()).ok());
    let number = |column: &str| row.get::<_, i64>(column).map(i64::unsigned_abs);
    Ok(StoredTapes {
        id: TapeSetId(row.get::<_, Id>("id")?.0),
        name: row.get::<_, Word<TapeName>>("name")?.0,
        created: Timestamp(row.get("created")?),
        kinds: kinds.collect(),
        exchanges: number("exchanges")?,
        bytes: number("bytes")?,
        recorded: row.get::<_, Option<i64>>("recorded")?.map(Timestamp),
        key: SealedTapeKey { blob: row.get("sealed_key")?, version: row.get("key_version")? },
    })
}

pub(crate) fn all_sets(connection: &Connection) -> Result<Vec<StoredTapes>, StoreError> {
    let mut read = connection.prepare_cached(&format!("{READ} GROUP BY s.id ORDER BY s.created, s.id"))?;
    Ok(read.query_map([], set)?.collect::<Result<Vec<_>, _>>()?)
}

pub(crate) fn one_set(connection: &Connection, id: TapeSetId) -> Result<StoredTapes, StoreError> {
    let mut read = connection.prepare_cached(&format!("{READ} WHERE s.id = ?1 GROUP BY s.id"))?;
    Ok(read.query_row([id.0.as_bytes()], set)?)
}

pub(crate) fn add_set(
    transaction: &Transaction<'_>,
    id: TapeSetId,
    name: &TapeName,
    created: Timestamp,
    key: &SealedTapeKey,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO tape_sets (id, name, created, sealed_key, key_version) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id.0.as_bytes(), name.as_str(), created.0, key.blob, key.version],
    )?;
    Ok(())
}

pub(crate) fn rename_set(
    transaction: &Transaction<'_>,
    id: TapeSetId,
    name: &TapeName,
) -> Result<(), StoreError> {
    let sql = "UPDATE tape_sets SET name = ?2 WHERE id = ?1";
    match transaction.execute(sql, params![id.0.as_bytes(), name.as_str()])? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

/// A set's key, sealed anew.
pub(crate) fn write_key(
    transaction: &Transaction<'_>,
    id: TapeSetId,
    key: &SealedTapeKey,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE tape_sets SET sealed_key = ?2, key_version = ?3 WHERE id = ?1",
        params![id.0.as_bytes(), key.blob, key.version],
    )?;
    Ok(())
}

/// With its key and everything in it.
pub(crate) fn remove_set(transaction: &Transaction<'_>, id: TapeSetId) -> Result<(), StoreError> {
    match transaction.execute("DELETE FROM tape_sets WHERE id = ?1", [id.0.as_bytes()])? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

pub(crate) fn is_used(transaction: &Transaction<'_>, id: TapeSetId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM tape_uses WHERE tape_set = ?1)";
    Ok(transaction.query_row(sql, [id.0.as_bytes()], |row| row.get(0))?)
}

pub(crate) fn add_tape(
    transaction: &Transaction<'_>,
    set: TapeSetId,
    new: &NewTape<'_>,
) -> Result<(), StoreError> {
    let bytes = i64::try_from(new.sealed.len()).unwrap_or(i64::MAX);
    transaction
        .prepare_cached(
            "INSERT INTO tapes (id, tape_set, kind, recorded, asked, bytes, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            new.id.as_bytes(),
            set.0.as_bytes(),
            new.kind.as_str(),
            new.recorded.0,
            new.place,
            bytes,
            new.sealed
        ])?;
    Ok(())
}

/// In place of whatever the provider did with tapes.
pub(crate) fn set_use(
    transaction: &Transaction<'_>,
    provider: ProviderId,
    set: TapeSetId,
    does: TapeUse,
    since: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT OR REPLACE INTO tape_uses (provider, tape_set, does, since) VALUES (?1, ?2, ?3, ?4)",
        params![provider.0.as_bytes(), set.0.as_bytes(), does.word(), since.0],
    )?;
    Ok(())
}

/// What was ended, if anything was.
pub(crate) fn clear_use(
    transaction: &Transaction<'_>,
    provider: ProviderId,
) -> Result<Option<TapeUse>, StoreError> {
    let sql = "DELETE FROM tape_uses WHERE provider = ?1 RETURNING does";
    let word: Option<String> =
        transaction.query_row(sql, [provider.0.as_bytes()], |row| row.get(0)).optional()?;
    Ok(word.and_then(|word| TapeUse::from_word(&word)))
}
