//! Faults that are on, and the applications whose sessions may ask for one. Knows no fault's meaning.

use domain::{ActiveFault, ApplicationId, Fault, FaultTimes, ProviderId, Timestamp};
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{Id, Store};
use crate::failure::StoreError;

impl Store {
    /// Which fault is on at which provider. One this version does not know was set by a newer one and is left out.
    pub(crate) fn faults(&self) -> Result<Vec<(ProviderId, ActiveFault)>, StoreError> {
        let mut read =
            self.connection.prepare_cached("SELECT provider, fault, remaining, since FROM faults")?;
        let rows = read.query_map([], |row| {
            let left = row.get::<_, Option<u32>>(2)?.and_then(|left| FaultTimes::try_from(left).ok());
            let since = Timestamp(row.get(3)?);
            let provider = ProviderId(row.get::<_, Id>(0)?.0);
            let fault = Fault::from_word(&row.get::<_, String>(1)?);
            Ok(fault.map(|fault| (provider, ActiveFault { fault, left, since })))
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// The applications that are marked as testing.
    pub(crate) fn testing(&self) -> Result<Vec<ApplicationId>, StoreError> {
        let mut read = self.connection.prepare_cached("SELECT id FROM applications WHERE testing = 1")?;
        let rows = read.query_map([], |row| Ok(ApplicationId(row.get::<_, Id>(0)?.0)))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }
}

/// In place of whatever was on.
pub(crate) fn set_fault(
    transaction: &Transaction<'_>,
    provider: ProviderId,
    active: &ActiveFault,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT OR REPLACE INTO faults (provider, fault, remaining, since) VALUES (?1, ?2, ?3, ?4)",
        params![provider.0.as_bytes(), active.fault.word(), active.left.map(FaultTimes::get), active.since.0],
    )?;
    Ok(())
}

/// Whether one was on.
pub(crate) fn clear_fault(transaction: &Transaction<'_>, provider: ProviderId) -> Result<bool, StoreError> {
    Ok(transaction.execute("DELETE FROM faults WHERE provider = ?1", [provider.0.as_bytes()])? > 0)
}

/// The fault that is on since `since` has so many calls left; none: it is cleared. Whether that ended it.
pub(crate) fn count_fault(
    transaction: &Transaction<'_>,
    provider: ProviderId,
    since: Timestamp,
    left: u32,
) -> Result<bool, StoreError> {
    let id = provider.0.as_bytes();
    if left == 0 {
        let gone = "DELETE FROM faults WHERE provider = ?1 AND since = ?2 AND remaining IS NOT NULL";
        return Ok(transaction.execute(gone, params![id, since.0])? > 0);
    }
    // News can come in any order.
    transaction.execute(
        "UPDATE faults SET remaining = min(remaining, ?3) WHERE provider = ?1 AND since = ?2",
        params![id, since.0, left],
    )?;
    Ok(false)
}

/// Whether that changed anything.
pub(crate) fn set_testing(
    transaction: &Transaction<'_>,
    id: ApplicationId,
    testing: bool,
) -> Result<bool, StoreError> {
    let before: Option<bool> = transaction
        .query_row("SELECT testing FROM applications WHERE id = ?1", [id.0.as_bytes()], |row| row.get(0))
        .optional()?;
    let before = before.ok_or(StoreError::NotFound)?;
    transaction
        .execute("UPDATE applications SET testing = ?2 WHERE id = ?1", params![id.0.as_bytes(), testing])?;
    Ok(before != testing)
}
