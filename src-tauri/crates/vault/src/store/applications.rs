//! Applications, their origins, and the hashes of their client secrets.

use domain::{Application, ApplicationId, ApplicationKind, ApplicationName, ClientId, Origin, Timestamp};
use rusqlite::{Transaction, params};

use super::{Id, Store, Word};
use crate::failure::StoreError;

/// A client secret's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretHash {
    /// Whose secret it is.
    pub application: ApplicationId,
    /// SHA-256 of the secret's text.
    pub hash: [u8; 32],
    /// Until when it is good; absent: for ever.
    pub valid_until: Option<Timestamp>,
}

impl Store {
    pub(crate) fn applications(&self) -> Result<Vec<Application>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT id, client_id, name, kind, created FROM applications ORDER BY created, id",
        )?;
        let rows = read.query_map([], |row| {
            Ok(Application {
                id: ApplicationId(row.get::<_, Id>(0)?.0),
                client_id: ClientId(row.get::<_, Id>(1)?.0),
                name: row.get::<_, Word<ApplicationName>>(2)?.0,
                kind: row.get::<_, Word<Kind>>(3)?.0.0,
                origins: Vec::new(),
                created: Timestamp(row.get(4)?),
            })
        })?;
        let mut applications = rows.collect::<Result<Vec<_>, _>>()?;
        for application in &mut applications {
            application.origins = self.origins(application.id)?;
        }
        Ok(applications)
    }

    fn origins(&self, application: ApplicationId) -> Result<Vec<Origin>, StoreError> {
        let mut read = self
            .connection
            .prepare_cached("SELECT origin FROM origins WHERE application = ?1 ORDER BY origin")?;
        let rows = read.query_map([application.0.as_bytes()], |row| Ok(row.get::<_, Word<Origin>>(0)?.0))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    pub(crate) fn secret_hashes(&self) -> Result<Vec<SecretHash>, StoreError> {
        let mut read =
            self.connection.prepare_cached("SELECT application, hash, valid_until FROM client_secrets")?;
        let rows = read.query_map([], |row| {
            Ok(SecretHash {
                application: ApplicationId(row.get::<_, Id>(0)?.0),
                hash: row.get(1)?,
                valid_until: row.get::<_, Option<i64>>(2)?.map(Timestamp),
            })
        })?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }
}

pub(crate) fn add_application(
    transaction: &Transaction<'_>,
    new: &Application,
    secret: [u8; 32],
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO applications (id, client_id, name, kind, created) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            new.id.0.as_bytes(),
            new.client_id.0.as_bytes(),
            new.name.as_str(),
            new.kind.as_str(),
            new.created.0
        ],
    )?;
    write_origins(transaction, new.id, &new.origins)?;
    transaction.execute(
        "INSERT INTO client_secrets (hash, application) VALUES (?1, ?2)",
        params![secret, new.id.0.as_bytes()],
    )?;
    Ok(())
}

pub(crate) fn update_application(
    transaction: &Transaction<'_>,
    id: ApplicationId,
    name: &ApplicationName,
    kind: ApplicationKind,
    origins: &[Origin],
) -> Result<(), StoreError> {
    let changed = transaction.execute(
        "UPDATE applications SET name = ?2, kind = ?3 WHERE id = ?1",
        params![id.0.as_bytes(), name.as_str(), kind.as_str()],
    )?;
    if changed == 0 {
        return Err(StoreError::NotFound);
    }
    transaction.execute("DELETE FROM origins WHERE application = ?1", [id.0.as_bytes()])?;
    write_origins(transaction, id, origins)
}

/// With everything it owns, sealed keys included.
pub(crate) fn remove_application(transaction: &Transaction<'_>, id: ApplicationId) -> Result<(), StoreError> {
    let removed = transaction.execute("DELETE FROM applications WHERE id = ?1", [id.0.as_bytes()])?;
    if removed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// Adds a secret; those that were good for ever stay good until `old_until`.
pub(crate) fn add_secret(
    transaction: &Transaction<'_>,
    id: ApplicationId,
    hash: [u8; 32],
    now: Timestamp,
    old_until: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM client_secrets WHERE valid_until <= ?1", [now.0])?;
    transaction.execute(
        "UPDATE client_secrets SET valid_until = ?2 WHERE application = ?1 AND valid_until IS NULL",
        params![id.0.as_bytes(), old_until.0],
    )?;
    transaction.execute(
        "INSERT INTO client_secrets (hash, application) VALUES (?1, ?2)",
        params![hash, id.0.as_bytes()],
    )?;
    Ok(())
}

fn write_origins(
    transaction: &Transaction<'_>,
    id: ApplicationId,
    origins: &[Origin],
) -> Result<(), StoreError> {
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO origins (application, origin) VALUES (?1, ?2)")?;
    for origin in origins {
        insert.execute(params![id.0.as_bytes(), origin.as_str()])?;
    }
    Ok(())
}

struct Kind(ApplicationKind);

impl TryFrom<String> for Kind {
    type Error = domain::InvalidValue;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}
