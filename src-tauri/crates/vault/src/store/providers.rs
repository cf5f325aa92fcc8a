//! Providers and their sealed keys: the current one, and for a while the one before. A key's row is written, read back
//! inside its transaction, and only then committed.

use domain::{
    ApplicationId, BaseUrl, KeyTail, Model, Provider, ProviderId, ProviderKind, ProviderName,
    ProviderOptions, Timestamp,
};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::{Id, Store, Word};
use crate::failure::{KeyActError, StoreError};
use crate::safe::SealedKey;

const READ: &str =
    "SELECT p.id, p.application, p.name, p.kind, p.base_url, p.model, p.plain_http_allowed, p.created,
        k.tail, k.blob, k.key_version, p.options, p.active, o.tail, o.blob, o.key_version, o.valid_until
    FROM providers p
    LEFT JOIN sealed_keys k ON k.provider = p.id AND k.place = 'current'
    LEFT JOIN sealed_keys o ON o.provider = p.id AND o.place = 'previous'";

/// A provider as it is stored.
pub struct StoredProvider {
    /// Its public part.
    pub provider: Provider,
    /// Its key.
    pub key: Option<SealedKey>,
    /// The key before, while both are kept.
    pub previous: Option<PreviousKey>,
}

/// The key before the current one.
#[derive(Debug, Clone)]
pub struct PreviousKey {
    /// Sealed as the current one is.
    pub sealed: SealedKey,
    /// What may be shown of it.
    pub tail: KeyTail,
    /// Until when it is kept.
    pub until: Timestamp,
}

/// Which of a provider's keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Current,
    Previous,
}

impl Place {
    fn word(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Previous => "previous",
        }
    }
}

impl Store {
    pub(crate) fn providers(&self) -> Result<Vec<StoredProvider>, StoreError> {
        all_providers(&self.connection)
    }

    pub(crate) fn provider(&self, id: ProviderId) -> Result<StoredProvider, StoreError> {
        one_provider(&self.connection, id)
    }
}

/// Every provider, oldest first.
pub(crate) fn all_providers(connection: &Connection) -> Result<Vec<StoredProvider>, StoreError> {
    let mut read = connection.prepare_cached(&format!("{READ} ORDER BY p.created, p.id"))?;
    let rows = read.query_map([], provider)?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}

/// One provider, or `NotFound`.
pub(crate) fn one_provider(connection: &Connection, id: ProviderId) -> Result<StoredProvider, StoreError> {
    let mut read = connection.prepare_cached(&format!("{READ} WHERE p.id = ?1"))?;
    Ok(read.query_row([id.0.as_bytes()], provider)?)
}

/// Without its key; that is written beside.
pub(crate) fn add_provider(transaction: &Transaction<'_>, new: &Provider) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO providers
             (id, application, name, kind, base_url, model, plain_http_allowed, created, options, active)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            new.id.0.as_bytes(),
            new.application.0.as_bytes(),
            new.name.as_str(),
            new.kind.as_str(),
            new.base_url.to_string(),
            new.model.as_ref().map(Model::as_str),
            new.plain_http_allowed,
            new.created.0,
            options_text(&new.options)?,
            new.active,
        ],
    )?;
    Ok(())
}

/// Changes what is not bound to the key: name, model, options, and whether it is on.
pub(crate) fn update_provider(transaction: &Transaction<'_>, changed: &Provider) -> Result<(), StoreError> {
    let rows = transaction.execute(
        "UPDATE providers SET name = ?2, model = ?3, options = ?4, active = ?5 WHERE id = ?1",
        params![
            changed.id.0.as_bytes(),
            changed.name.as_str(),
            changed.model.as_ref().map(Model::as_str),
            options_text(&changed.options)?,
            changed.active,
        ],
    )?;
    if rows == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// With its sealed keys.
pub(crate) fn remove_provider(transaction: &Transaction<'_>, id: ProviderId) -> Result<(), StoreError> {
    let removed = transaction.execute("DELETE FROM providers WHERE id = ?1", [id.0.as_bytes()])?;
    if removed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// Writes a sealed key in its place, and accepts it only if what is read back is what `opens` means.
pub(crate) fn write_key(
    transaction: &Transaction<'_>,
    id: ProviderId,
    place: Place,
    (sealed, tail, until): (&SealedKey, &KeyTail, Option<Timestamp>),
    opens: &dyn Fn(&SealedKey) -> bool,
) -> Result<(), KeyActError> {
    transaction.execute(
        "INSERT INTO sealed_keys (provider, place, key_version, blob, tail, valid_until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (provider, place) DO UPDATE SET key_version = excluded.key_version, blob = excluded.blob,
             tail = excluded.tail, valid_until = excluded.valid_until",
        params![
            id.0.as_bytes(),
            place.word(),
            sealed.version(),
            sealed.blob(),
            tail.as_str(),
            until.map(|until| until.0),
        ],
    )?;
    let back = transaction
        .query_row(
            "SELECT blob, key_version FROM sealed_keys WHERE provider = ?1 AND place = ?2",
            params![id.0.as_bytes(), place.word()],
            |row| Ok(SealedKey::from_stored(&row.get::<_, Vec<u8>>(0)?, row.get(1)?)),
        )
        .optional()?;
    if back.is_some_and(|back| opens(&back)) { Ok(()) } else { Err(KeyActError::NotConfirmed) }
}

/// Removes a key; none there is fine.
pub(crate) fn drop_key(
    transaction: &Transaction<'_>,
    id: ProviderId,
    place: Place,
) -> Result<(), StoreError> {
    transaction.execute(
        "DELETE FROM sealed_keys WHERE provider = ?1 AND place = ?2",
        params![id.0.as_bytes(), place.word()],
    )?;
    Ok(())
}

fn options_text(options: &ProviderOptions) -> Result<String, StoreError> {
    serde_json::to_string(options).map_err(|_| StoreError::Damaged)
}

fn read_options(text: &str) -> rusqlite::Result<ProviderOptions> {
    let wrong =
        |error| rusqlite::Error::FromSqlConversionFailure(11, rusqlite::types::Type::Text, Box::new(error));
    serde_json::from_str(text).map_err(wrong)
}

fn provider(row: &Row<'_>) -> rusqlite::Result<StoredProvider> {
    let sealed = |blob: usize| -> rusqlite::Result<Option<SealedKey>> {
        let found: Option<Vec<u8>> = row.get(blob)?;
        found.map(|found| Ok(SealedKey::from_stored(&found, row.get(blob + 1)?))).transpose()
    };
    let previous = match sealed(14)? {
        Some(sealed) => {
            let (tail, until) = (KeyTail::from_stored(row.get(13)?), Timestamp(row.get(16)?));
            Some(PreviousKey { sealed, tail, until })
        }
        None => None,
    };
    let provider = Provider {
        id: ProviderId(row.get::<_, Id>(0)?.0),
        application: ApplicationId(row.get::<_, Id>(1)?.0),
        name: row.get::<_, Word<ProviderName>>(2)?.0,
        kind: row.get::<_, Word<ProviderKind>>(3)?.0,
        base_url: row.get::<_, Word<BaseUrl>>(4)?.0,
        model: row.get::<_, Option<Word<Model>>>(5)?.map(|word| word.0),
        options: read_options(&row.get::<_, String>(11)?)?,
        plain_http_allowed: row.get(6)?,
        key_tail: row.get::<_, Option<String>>(8)?.map(KeyTail::from_stored),
        active: row.get(12)?,
        created: Timestamp(row.get(7)?),
    };
    Ok(StoredProvider { provider, key: sealed(9)?, previous })
}
