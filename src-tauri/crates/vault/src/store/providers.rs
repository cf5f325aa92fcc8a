//! Providers and their sealed keys. A key's row is written, read back, and only then confirmed.

use domain::{
    ApplicationId, BaseUrl, KeyTail, Model, Provider, ProviderId, ProviderKind, ProviderName,
    ProviderOptions, Timestamp,
};
use rusqlite::{OptionalExtension as _, Row, Transaction, TransactionBehavior, params};

use super::meta::activate;
use super::{Id, Slot, Store, Word};
use crate::failure::{KeyActError, StoreError};
use crate::safe::{SealedKey, VaultKey};

const READ: &str =
    "SELECT p.id, p.application, p.name, p.kind, p.base_url, p.model, p.plain_http_allowed, p.created,
        k.tail, k.blob, k.key_version, p.options
    FROM providers p LEFT JOIN sealed_keys k ON k.provider = p.id";

/// A vault key to be made active together with the first key sealed under it.
pub(crate) type FirstKey<'a> = Option<(&'a VaultKey, &'a Slot)>;

impl Store {
    pub(crate) fn providers(&self) -> Result<Vec<(Provider, Option<SealedKey>)>, StoreError> {
        let mut read = self.connection.prepare_cached(&format!("{READ} ORDER BY p.created, p.id"))?;
        let rows = read.query_map([], provider)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    pub(crate) fn provider(&self, id: ProviderId) -> Result<(Provider, Option<SealedKey>), StoreError> {
        let mut read = self.connection.prepare_cached(&format!("{READ} WHERE p.id = ?1"))?;
        Ok(read.query_row([id.0.as_bytes()], provider)?)
    }

    pub(crate) fn add_provider(
        &mut self,
        new: &Provider,
        sealed: Option<&SealedKey>,
        first: FirstKey<'_>,
        opens: impl Fn(&SealedKey) -> bool,
    ) -> Result<(), KeyActError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some((key, slot)) = first {
            activate(&transaction, key, slot)?;
        }
        transaction.execute(
            "INSERT INTO providers (id, application, name, kind, base_url, model, plain_http_allowed, created, options)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
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
            ],
        )?;
        if let Some(sealed) = sealed {
            write_key(&transaction, new.id, sealed, new.key_tail.as_ref(), &opens)?;
        }
        transaction.commit()?;
        self.confirm(new.id, sealed.is_some(), opens)
    }

    pub(crate) fn replace_key(
        &mut self,
        id: ProviderId,
        sealed: &SealedKey,
        tail: &KeyTail,
        first: FirstKey<'_>,
        opens: impl Fn(&SealedKey) -> bool,
    ) -> Result<(), KeyActError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some((key, slot)) = first {
            activate(&transaction, key, slot)?;
        }
        // Not confirmed inside: the transaction is dropped, and the old key stays.
        write_key(&transaction, id, sealed, Some(tail), &opens)?;
        transaction.commit()?;
        self.clear_log()?;
        self.confirm(id, true, opens)
    }

    /// Changes what is not bound to the key: name, model and options.
    pub(crate) fn update_provider(&self, changed: &Provider) -> Result<(), KeyActError> {
        let rows = self.connection.execute(
            "UPDATE providers SET name = ?2, model = ?3, options = ?4 WHERE id = ?1",
            params![
                changed.id.0.as_bytes(),
                changed.name.as_str(),
                changed.model.as_ref().map(Model::as_str),
                options_text(&changed.options)?,
            ],
        )?;
        if rows == 0 { Err(StoreError::NotFound.into()) } else { Ok(()) }
    }

    /// With its sealed key; nothing of it stays in the files.
    pub(crate) fn remove_provider(&self, id: ProviderId) -> Result<(), StoreError> {
        if self.connection.execute("DELETE FROM providers WHERE id = ?1", [id.0.as_bytes()])? == 0 {
            return Err(StoreError::NotFound);
        }
        self.clear_log()
    }

    /// Reads what was committed, as a later call will read it.
    fn confirm(
        &self,
        id: ProviderId,
        keyed: bool,
        opens: impl Fn(&SealedKey) -> bool,
    ) -> Result<(), KeyActError> {
        let (_, sealed) = self.provider(id)?;
        let good = match sealed {
            Some(sealed) => opens(&sealed),
            None => !keyed,
        };
        if good { Ok(()) } else { Err(KeyActError::NotConfirmed) }
    }
}

fn write_key(
    transaction: &Transaction<'_>,
    id: ProviderId,
    sealed: &SealedKey,
    tail: Option<&KeyTail>,
    opens: &impl Fn(&SealedKey) -> bool,
) -> Result<(), KeyActError> {
    transaction.execute(
        "INSERT INTO sealed_keys (provider, key_version, blob, tail) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (provider) DO UPDATE SET key_version = excluded.key_version, blob = excluded.blob,
             tail = excluded.tail",
        params![
            id.0.as_bytes(),
            sealed.version(),
            sealed.blob(),
            tail.map(KeyTail::as_str).unwrap_or_default()
        ],
    )?;
    let back = transaction
        .query_row(
            "SELECT blob, key_version FROM sealed_keys WHERE provider = ?1",
            [id.0.as_bytes()],
            |row| Ok(SealedKey::from_stored(&row.get::<_, Vec<u8>>(0)?, row.get(1)?)),
        )
        .optional()?;
    if back.is_some_and(|back| opens(&back)) { Ok(()) } else { Err(KeyActError::NotConfirmed) }
}

fn options_text(options: &ProviderOptions) -> Result<String, StoreError> {
    serde_json::to_string(options).map_err(|_| StoreError::Damaged)
}

fn read_options(text: &str) -> rusqlite::Result<ProviderOptions> {
    let wrong =
        |error| rusqlite::Error::FromSqlConversionFailure(11, rusqlite::types::Type::Text, Box::new(error));
    serde_json::from_str(text).map_err(wrong)
}

fn provider(row: &Row<'_>) -> rusqlite::Result<(Provider, Option<SealedKey>)> {
    let blob: Option<Vec<u8>> = row.get(9)?;
    let sealed = match blob {
        Some(blob) => Some(SealedKey::from_stored(&blob, row.get(10)?)),
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
        created: Timestamp(row.get(7)?),
    };
    Ok((provider, sealed))
}
