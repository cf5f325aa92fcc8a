//! Installed AddOns and the order of their providers.

use std::collections::HashMap;

use domain::{AddOn, ApplicationId, Handle, ProviderId};
use rusqlite::{Transaction, params};

use super::{Id, Store};
use crate::failure::StoreError;

impl Store {
    pub(crate) fn addons(&self) -> Result<Vec<AddOn>, StoreError> {
        let mut chosen = self.chosen_providers()?;
        let mut read = self
            .connection
            .prepare_cached("SELECT application, handle, enabled, settings FROM addons ORDER BY rowid")?;
        let rows = read.query_map([], |row| {
            Ok((
                ApplicationId(row.get::<_, Id>(0)?.0),
                row.get::<_, String>(1)?,
                row.get::<_, bool>(2)?,
                row.get::<_, String>(3)?,
            ))
        })?;
        let mut addons = Vec::new();
        for row in rows {
            let (application, handle, enabled, settings) = row?;
            // One this version does not know was written by a newer one: kept, not shown.
            let Ok(handle) = Handle::try_from(handle) else { continue };
            let settings = serde_json::from_str(&settings).map_err(|_| StoreError::Damaged)?;
            let providers = chosen.remove(&(application, handle)).unwrap_or_default();
            addons.push(AddOn { application, handle, enabled, providers, settings });
        }
        Ok(addons)
    }

    fn chosen_providers(&self) -> Result<HashMap<(ApplicationId, Handle), Vec<ProviderId>>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT application, handle, provider FROM addon_providers ORDER BY application, handle, place",
        )?;
        let mut rows = read.query([])?;
        let mut chosen: HashMap<_, Vec<_>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let application = ApplicationId(row.get::<_, Id>(0)?.0);
            if let Ok(handle) = Handle::try_from(row.get::<_, String>(1)?) {
                chosen.entry((application, handle)).or_default().push(ProviderId(row.get::<_, Id>(2)?.0));
            }
        }
        Ok(chosen)
    }
}

/// Installed already is fine; says whether it was not.
pub(crate) fn install_addon(
    transaction: &Transaction<'_>,
    application: ApplicationId,
    handle: Handle,
) -> Result<bool, StoreError> {
    let added = transaction.execute(
        "INSERT INTO addons (application, handle, enabled, settings) VALUES (?1, ?2, 0, '{}')
         ON CONFLICT DO NOTHING",
        params![application.0.as_bytes(), handle.as_str()],
    )?;
    Ok(added > 0)
}

pub(crate) fn save_addon(transaction: &Transaction<'_>, addon: &AddOn) -> Result<(), StoreError> {
    let settings = serde_json::to_string(&addon.settings).map_err(|_| StoreError::Damaged)?;
    let (application, handle) = (addon.application.0, addon.handle.as_str());
    let changed = transaction.execute(
        "UPDATE addons SET enabled = ?3, settings = ?4 WHERE application = ?1 AND handle = ?2",
        params![application.as_bytes(), handle, addon.enabled, settings],
    )?;
    if changed == 0 {
        return Err(StoreError::NotFound);
    }
    transaction.execute(
        "DELETE FROM addon_providers WHERE application = ?1 AND handle = ?2",
        params![application.as_bytes(), handle],
    )?;
    for (place, provider) in addon.providers.iter().enumerate() {
        transaction.execute(
            "INSERT INTO addon_providers (application, handle, place, provider) VALUES (?1, ?2, ?3, ?4)",
            params![
                application.as_bytes(),
                handle,
                i64::try_from(place).unwrap_or(i64::MAX),
                provider.0.as_bytes()
            ],
        )?;
    }
    Ok(())
}

pub(crate) fn remove_addon(
    transaction: &Transaction<'_>,
    application: ApplicationId,
    handle: Handle,
) -> Result<(), StoreError> {
    let removed = transaction.execute(
        "DELETE FROM addons WHERE application = ?1 AND handle = ?2",
        params![application.0.as_bytes(), handle.as_str()],
    )?;
    if removed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}
