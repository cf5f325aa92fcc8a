//! Limits, their counts, and the units held for calls on their way. Knows no rule of counting: `domain::limits` does.

use domain::limits::{Changes, Count, Hold, Kept, Key, Limit, LimitId, Period, Person, Unit, Whose};
use domain::{ApplicationId, Handle};
use rusqlite::{Row, Transaction, params};

use super::{Id, Store};
use crate::failure::StoreError;

impl Store {
    pub(crate) fn limits(&self) -> Result<Vec<Limit>, StoreError> {
        let mut read = self.connection.prepare_cached("SELECT * FROM limits ORDER BY rowid")?;
        let mut rows = read.query([])?;
        let mut limits = Vec::new();
        while let Some(row) = rows.next()? {
            limits.push(limit(row)?);
        }
        Ok(limits)
    }

    pub(crate) fn kept_counts(&self) -> Result<Kept, StoreError> {
        let mut counts =
            self.connection.prepare("SELECT limited, person, span, used, assumed FROM counts")?;
        let counts = counts.query_map([], |row| {
            let (used, assumed) = (row.get::<_, i64>(3)?, row.get::<_, i64>(4)?);
            Ok((key(row)?, Count { used: used.unsigned_abs(), assumed: assumed.unsigned_abs() }))
        })?;
        let counts = counts.collect::<Result<_, _>>()?;
        let mut holds = self.connection.prepare("SELECT limited, person, span, amount FROM reservations")?;
        let holds = holds
            .query_map([], |row| Ok(Hold { key: key(row)?, amount: row.get::<_, i64>(3)?.unsigned_abs() }))?;
        Ok(Kept { counts, holds: holds.collect::<Result<_, _>>()? })
    }

    pub(crate) fn salt(&self) -> Result<[u8; 32], StoreError> {
        Ok(self.connection.query_row("SELECT salt FROM pseudonyms", [], |row| row.get(0))?)
    }
}

/// A limit of an unknown word was written by a newer version. It is not left out: a limit that is not seen does not hold.
fn limit(row: &Row<'_>) -> Result<Limit, StoreError> {
    let person = |row: &Row<'_>| row.get::<_, [u8; 16]>("person").map(Person);
    let word = |column: &str| row.get::<_, String>(column);
    let whose = match word("whose")?.as_str() {
        "everyone" => Whose::Everyone,
        "each" => Whose::Each,
        "one" => Whose::One(person(row)?),
        _ => return Err(StoreError::Damaged),
    };
    let addon = word("addon")?;
    let addon = (!addon.is_empty()).then(|| Handle::try_from(addon)).transpose();
    Ok(Limit {
        id: LimitId(row.get::<_, Id>("id")?.0),
        application: ApplicationId(row.get::<_, Id>("application")?.0),
        addon: addon.map_err(|_| StoreError::Damaged)?,
        whose,
        period: Period::of_word(&word("period")?).ok_or(StoreError::Damaged)?,
        unit: Unit::of_word(&word("unit")?).ok_or(StoreError::Damaged)?,
        amount: row.get::<_, i64>("amount")?.unsigned_abs(),
    })
}

fn key(row: &Row<'_>) -> rusqlite::Result<Key> {
    let person: Vec<u8> = row.get(1)?;
    Ok(Key {
        limit: LimitId(row.get::<_, Id>(0)?.0),
        person: person.try_into().ok().map(Person),
        window: row.get(2)?,
    })
}

fn bytes(person: &Option<Person>) -> &[u8] {
    person.as_ref().map_or(&[], |person| &person.0)
}

fn clamp(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Sets a limit, or the amount of the one there is of the same kind: it keeps its identity and its counts.
pub(crate) fn set_limit(transaction: &Transaction<'_>, limit: &Limit) -> Result<(LimitId, bool), StoreError> {
    let (whose, person) = match &limit.whose {
        Whose::Everyone => ("everyone", None),
        Whose::Each => ("each", None),
        Whose::One(person) => ("one", Some(*person)),
    };
    let addon = limit.addon.map_or("", Handle::as_str);
    let kind = params![
        limit.id.0.as_bytes(),
        limit.application.0.as_bytes(),
        addon,
        whose,
        bytes(&person),
        limit.period.word(),
        limit.unit.word(),
        clamp(limit.amount),
    ];
    let changed = transaction.execute(
        "INSERT INTO limits (id, application, addon, whose, person, period, unit, amount)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (application, addon, whose, person, period, unit)
         DO UPDATE SET amount = excluded.amount WHERE amount IS NOT excluded.amount",
        kind,
    )?;
    let id = transaction.query_row(
        "SELECT id FROM limits WHERE application = ?1 AND addon = ?2 AND whose = ?3 AND person = ?4
             AND period = ?5 AND unit = ?6",
        params![
            limit.application.0.as_bytes(),
            addon,
            whose,
            bytes(&person),
            limit.period.word(),
            limit.unit.word()
        ],
        |row| row.get::<_, Id>(0),
    )?;
    Ok((LimitId(id.0), changed > 0))
}

pub(crate) fn remove_limit(transaction: &Transaction<'_>, id: LimitId) -> Result<(), StoreError> {
    match transaction.execute("DELETE FROM limits WHERE id = ?1", [id.0.as_bytes()])? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

/// Writes what a ledger says. Counts of a limit that is gone meanwhile go with it.
pub(crate) fn write(transaction: &Transaction<'_>, changes: &Changes) -> Result<(), StoreError> {
    let mut count = transaction.prepare_cached(
        "INSERT INTO counts (limited, person, span, used, assumed)
         SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM limits WHERE id = ?1)
         ON CONFLICT (limited, person, span) DO UPDATE SET used = excluded.used, assumed = excluded.assumed",
    )?;
    let mut forget = transaction.prepare_cached("DELETE FROM reservations WHERE call = ?1")?;
    let mut hold = transaction.prepare_cached(
        "INSERT INTO reservations (call, nth, limited, person, span, amount)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM limits WHERE id = ?3)",
    )?;
    for (key, of) in &changes.counts {
        let (used, assumed) = (clamp(of.used), clamp(of.assumed));
        count.execute(params![key.limit.0.as_bytes(), bytes(&key.person), key.window, used, assumed])?;
    }
    for (call, holds) in &changes.calls {
        let call = call.0.as_bytes();
        forget.execute([call])?;
        for (nth, of) in (0_i64..).zip(holds) {
            let key = &of.key;
            let (limited, person) = (key.limit.0.as_bytes(), bytes(&key.person));
            hold.execute(params![call, nth, limited, person, key.window, clamp(of.amount)])?;
        }
    }
    Ok(())
}

/// The holds found at a start were made used by the ledger; what it says now takes their place.
pub(crate) fn write_first(transaction: &Transaction<'_>, changes: &Changes) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM reservations", [])?;
    write(transaction, changes)
}
