//! The audit chain. Each entry's link is a hash over the entry and the link before it; with the vault key at hand each
//! link is sealed, and so is the newest one as the chain's head. Entries written without it are sealed at the next unlock.
//!
//! New entries always go on from the head, never from what happens to be the last row: a chain that was cut stays cut.

use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::Store;
use crate::audit::{Act, AuditEntry, Break, Broken, ChainReport, Seal, Who};
use crate::failure::StoreError;
use crate::hazmat::{self, RawKey};

const ENTRY: &[u8] = b"addon-console/audit-entry/v1";
const HEAD: &[u8] = b"addon-console/audit-head/v1";
const START: &[u8] = b"addon-console/audit/v1";

type Link = [u8; 32];

/// An act to be written down.
#[derive(Clone, Copy)]
pub(crate) struct Noted {
    pub(crate) act: Act,
    pub(crate) who: Who,
    pub(crate) at: Timestamp,
    pub(crate) record: Option<Uuid>,
}

struct Stored {
    seq: i64,
    at: i64,
    act: String,
    who: String,
    record: Option<Vec<u8>>,
    link: Link,
    seal: Option<Vec<u8>>,
}

struct Head {
    seq: i64,
    link: Link,
    seal: Vec<u8>,
}

impl Store {
    /// The newest entries, newest first.
    pub(crate) fn audit(
        &self,
        limit: u32,
        before: Option<i64>,
        key: Option<&RawKey>,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let mut read =
            self.connection.prepare_cached(&format!("{ROWS} WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2"))?;
        let rows = read.query_map(params![before.unwrap_or(i64::MAX), limit], stored)?;
        let mut entries = Vec::new();
        for row in rows {
            let row = row?;
            // A word this version does not know was written by a newer one: kept, not shown.
            let (Some(act), Some(by)) = (Act::of_word(&row.act), Who::of_word(&row.who)) else { continue };
            let seal = match (key, &row.seal) {
                (_, None) => Seal::Pending,
                (None, Some(_)) => Seal::Unknown,
                (Some(key), Some(seal)) if sealed(key, &row.link, seal) => Seal::Sealed,
                _ => Seal::Broken,
            };
            let record = row.record.as_deref().and_then(|id| Uuid::from_slice(id).ok());
            entries.push(AuditEntry { seq: row.seq, at: Timestamp(row.at), act, by, record, seal });
        }
        Ok(entries)
    }

    /// Walks the whole chain; without a key (there is none yet) its links alone.
    pub(crate) fn verify_audit(&self, key: Option<&RawKey>) -> Result<ChainReport, StoreError> {
        let (vault_id, head) = (self.vault_id()?, head(&self.connection)?);
        let mut read = self.connection.prepare_cached(&format!("{ROWS} ORDER BY seq"))?;
        let (mut entries, mut count, mut broken) = (0, 0, None::<Break>);
        let mut breaks = |seq, how| {
            if broken.is_none_or(|first| seq < first.seq) {
                broken = Some(Break { seq, how });
            }
        };
        let (mut next, mut link) = (1, start(&vault_id));
        let rows = read.query_map([], stored)?;
        for row in rows {
            let row = row?;
            entries += 1;
            if row.seq != next {
                breaks(next, Broken::Removed);
            }
            let within = head.as_ref().is_some_and(|head| row.seq <= head.seq);
            let good = match &row.seal {
                Some(seal) => within && key.is_some_and(|key| sealed(key, &row.link, seal)),
                None => !within,
            };
            if row.seq == next && !(good && link_of(&row, &link) == row.link) {
                breaks(row.seq, Broken::Changed);
            }
            count += i64::from(row.seal.is_some());
            (next, link) = (row.seq + 1, row.link);
        }
        match head {
            Some(head) if head.seq >= next => breaks(next, Broken::Cut),
            Some(head) if key.is_none_or(|key| !head_sealed(key, &head)) => {
                breaks(head.seq.max(1), Broken::Cut)
            }
            None if key.is_some() => breaks(next, Broken::Cut),
            _ => {}
        }
        Ok(ChainReport { entries, sealed: count, broken })
    }
}

/// Adds an entry, sealed if `key` is at hand.
pub(crate) fn append(
    transaction: &Transaction<'_>,
    noted: Noted,
    key: Option<&RawKey>,
) -> Result<(), StoreError> {
    let (seq, link) = end(transaction)?;
    let record = noted.record.map(|id| id.as_bytes().to_vec());
    let mut row = Stored {
        seq: seq + 1,
        at: noted.at.0,
        act: noted.act.word().to_owned(),
        who: noted.who.word().to_owned(),
        record,
        link: [0; 32],
        seal: None,
    };
    row.link = link_of(&row, &link);
    transaction.execute(
        "INSERT INTO audit (seq, at, act, who, record, link) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![row.seq, row.at, row.act, row.who, row.record, row.link],
    )?;
    if let Some(key) = key { seal_pending(transaction, key) } else { Ok(()) }
}

/// Seals what was written without the vault key, and the head with it. A chain whose head is gone or was changed is not
/// gone on with: it stays broken, for everyone to see.
pub(crate) fn seal_pending(transaction: &Transaction<'_>, key: &RawKey) -> Result<(), StoreError> {
    let Some(head) = head(transaction)?.filter(|head| head_sealed(key, head)) else { return Ok(()) };
    let sealed_to = head.seq;
    let pending = {
        let mut read =
            transaction.prepare_cached(&format!("{ROWS} WHERE seq > ?1 AND seal IS NULL ORDER BY seq"))?;
        let rows = read.query_map([sealed_to], stored)?;
        rows.collect::<Result<Vec<_>, _>>()?
    };
    for row in &pending {
        transaction
            .execute("UPDATE audit SET seal = ?2 WHERE seq = ?1", params![row.seq, seal(key, &row.link)])?;
    }
    match pending.last() {
        Some(last) => set_head(transaction, last.seq, &last.link, key),
        None => Ok(()),
    }
}

/// Gives a chain its first head: at the first vault key, or at the first unlock by a version that has chains.
pub(crate) fn begin(transaction: &Transaction<'_>, key: &RawKey) -> Result<(), StoreError> {
    if head(transaction)?.is_none() {
        let (seq, link) = (0, start(&vault_id(transaction)?));
        set_head(transaction, seq, &link, key)?;
    }
    seal_pending(transaction, key)
}

/// Seals under a new key what the old one sealed; what it did not seal stays as it is, and broken.
pub(crate) fn reseal(transaction: &Transaction<'_>, old: &RawKey, new: &RawKey) -> Result<(), StoreError> {
    let rows = {
        let mut read = transaction.prepare_cached(&format!("{ROWS} WHERE seal IS NOT NULL"))?;
        let rows = read.query_map([], stored)?;
        rows.collect::<Result<Vec<_>, _>>()?
    };
    for row in rows {
        if row.seal.as_deref().is_some_and(|seal| sealed(old, &row.link, seal)) {
            transaction.execute(
                "UPDATE audit SET seal = ?2 WHERE seq = ?1",
                params![row.seq, seal(new, &row.link)],
            )?;
        }
    }
    match head(transaction)? {
        Some(head) if head_sealed(old, &head) => set_head(transaction, head.seq, &head.link, new),
        _ => Ok(()),
    }
}

const ROWS: &str = "SELECT seq, at, act, who, record, link, seal FROM audit";

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        seq: row.get(0)?,
        at: row.get(1)?,
        act: row.get(2)?,
        who: row.get(3)?,
        record: row.get(4)?,
        link: row.get(5)?,
        seal: row.get(6)?,
    })
}

/// Where the next entry goes on from: the head, or what was written after it.
fn end(connection: &Connection) -> Result<(i64, Link), StoreError> {
    let last = connection
        .query_row(&format!("{ROWS} ORDER BY seq DESC LIMIT 1"), [], stored)
        .optional()?
        .map(|row| (row.seq, row.link));
    let head = head(connection)?.map(|head| (head.seq, head.link));
    match (last, head) {
        (Some(last), Some(head)) => Ok(if last.0 > head.0 { last } else { head }),
        (Some(only), None) | (None, Some(only)) => Ok(only),
        (None, None) => Ok((0, start(&vault_id(connection)?))),
    }
}

fn head(connection: &Connection) -> Result<Option<Head>, StoreError> {
    let read = "SELECT head_seq, head_link, head_seal FROM meta WHERE head_seq IS NOT NULL";
    let row = |row: &Row<'_>| Ok(Head { seq: row.get(0)?, link: row.get(1)?, seal: row.get(2)? });
    Ok(connection.query_row(read, [], row).optional()?)
}

fn set_head(transaction: &Transaction<'_>, seq: i64, link: &Link, key: &RawKey) -> Result<(), StoreError> {
    let seal = hazmat::encrypt(key, &[HEAD, &seq.to_be_bytes(), link], b"").unwrap_or_default();
    transaction
        .execute("UPDATE meta SET head_seq = ?1, head_link = ?2, head_seal = ?3", params![seq, link, seal])?;
    Ok(())
}

fn head_sealed(key: &RawKey, head: &Head) -> bool {
    let seal = hazmat::encrypt(key, &[HEAD, &head.seq.to_be_bytes(), &head.link], b"").unwrap_or_default();
    seal.ct_eq(&head.seal).into()
}

fn seal(key: &RawKey, link: &Link) -> Vec<u8> {
    hazmat::encrypt(key, &[ENTRY, link], b"").unwrap_or_default()
}

fn sealed(key: &RawKey, link: &Link, found: &[u8]) -> bool {
    seal(key, link).ct_eq(found).into()
}

fn vault_id(connection: &Connection) -> Result<[u8; 16], StoreError> {
    Ok(connection.query_row("SELECT vault_id FROM meta", [], |row| row.get(0))?)
}

fn start(vault_id: &[u8; 16]) -> Link {
    Sha256::new().chain_update(START).chain_update(vault_id).finalize().into()
}

/// Every field with its length before it, so that none can lend bytes to its neighbour.
fn link_of(row: &Stored, before: &Link) -> Link {
    let mut hash = Sha256::new().chain_update(before);
    let record = row.record.as_deref().unwrap_or_default();
    for field in
        [&row.seq.to_be_bytes()[..], &row.at.to_be_bytes(), row.act.as_bytes(), row.who.as_bytes(), record]
    {
        hash.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}
