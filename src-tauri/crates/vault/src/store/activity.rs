//! Activity rows: metadata of calls, typed column by column. The newest, as many as are to be kept: see `activity/kept.rs`.

mod kept;

use std::borrow::Borrow;

use domain::{
    Activity, ApplicationId, CallId, Cause, Fault, Handle, Model, ProviderId, ProviderKind, Retention, Route,
    Timestamp, Timings, TokenUsage,
};
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::{Id, Store, Word};
use crate::failure::StoreError;

pub use kept::Kept;

/// Rows written between two looks at the limits.
const CHUNK: usize = 256;

impl Store {
    pub(crate) fn append_activity(
        &mut self,
        rows: &[impl Borrow<Activity>],
        keep: &Retention,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        // However many come at once, the file never grows by more than a few of them beyond its limit.
        for some in rows.chunks(CHUNK) {
            super::usage::add(&transaction, some)?;
            insert(&transaction, some)?;
            kept::trim(&transaction, keep)?;
        }
        Ok(transaction.commit()?)
    }

    /// Newest first. A row this version cannot read was written by a newer one and is left out.
    pub(crate) fn activity(&self, limit: u32, before: Option<CallId>) -> Result<Vec<Activity>, StoreError> {
        let end = match before {
            // The newest first: who pages back has just come from there. A row that is gone has nothing before it.
            Some(id) => self
                .connection
                .prepare_cached("SELECT seq FROM activity WHERE id = ?1 ORDER BY seq DESC LIMIT 1")?
                .query_row([id.0.as_bytes()], |row| row.get(0))
                .optional()?
                .unwrap_or(0),
            None => i64::MAX,
        };
        let mut read = self
            .connection
            .prepare_cached("SELECT * FROM activity WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2")?;
        let mut rows = read.query((end, limit))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.extend(activity(row)?);
        }
        Ok(found)
    }
}

fn insert(transaction: &Transaction<'_>, rows: &[impl Borrow<Activity>]) -> Result<(), StoreError> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO activity (id, at, application, route, addon, provider, provider_kind, model, streamed,
             status, cause, upstream_status, prompt_tokens, completion_tokens, admitted_us, key_open_us,
             sent_us, first_byte_us, total_us, images, characters, attempts, fault, from_tape)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
             ?21, ?22, ?23, ?24)",
    )?;
    for row in rows.iter().map(Borrow::borrow) {
        insert.execute(params![
            row.id.0.as_bytes(),
            row.at.0,
            row.application.0.as_bytes(),
            row.route.as_str(),
            row.addon.map_or("", Handle::as_str),
            row.provider.map(|provider| *provider.0.as_bytes()),
            row.provider_kind.as_ref().map(ProviderKind::as_str),
            row.model.as_ref().map(Model::as_str),
            row.streamed,
            row.status,
            row.cause.map(Cause::word),
            row.upstream_status,
            row.usage.map(|usage| clamp(usage.prompt_tokens)),
            row.usage.map(|usage| clamp(usage.completion_tokens)),
            row.timings.admitted_us.map(clamp),
            row.timings.key_open_us.map(clamp),
            row.timings.sent_us.map(clamp),
            row.timings.first_byte_us.map(clamp),
            clamp(row.timings.total_us),
            row.images.map(clamp),
            row.characters.map(clamp),
            row.attempts,
            row.fault.map(Fault::word),
            row.from_tape,
        ])?;
    }
    Ok(())
}

fn clamp(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn activity(row: &Row<'_>) -> rusqlite::Result<Option<Activity>> {
    let time = |column: &str| row.get::<_, Option<i64>>(column).map(|us| us.map(i64::unsigned_abs));
    let addon = match row.get::<_, String>("addon")? {
        none if none.is_empty() => Ok(None),
        handle => Handle::try_from(handle).map(Some),
    };
    let (Some(route), Ok(addon)) = (Route::from_word(&row.get::<_, String>("route")?), addon) else {
        return Ok(None);
    };
    let usage = match (time("prompt_tokens")?, time("completion_tokens")?) {
        (Some(prompt), Some(completion)) => Some(TokenUsage::of(prompt, completion)),
        _ => None,
    };
    Ok(Some(Activity {
        id: CallId(row.get::<_, Id>("id")?.0),
        at: Timestamp(row.get("at")?),
        application: ApplicationId(row.get::<_, Id>("application")?.0),
        route,
        addon,
        provider: row.get::<_, Option<Id>>("provider")?.map(|id| ProviderId(id.0)),
        provider_kind: row.get::<_, Option<Word<ProviderKind>>>("provider_kind")?.map(|word| word.0),
        model: row.get::<_, Option<Word<Model>>>("model")?.map(|word| word.0),
        streamed: row.get("streamed")?,
        status: row.get("status")?,
        cause: row.get::<_, Option<String>>("cause")?.and_then(|word| Cause::from_word(&word)),
        upstream_status: row.get("upstream_status")?,
        fault: row.get::<_, Option<String>>("fault")?.and_then(|word| Fault::from_word(&word)),
        from_tape: row.get("from_tape")?,
        usage,
        images: time("images")?,
        characters: time("characters")?,
        attempts: row.get("attempts")?,
        timings: Timings {
            admitted_us: time("admitted_us")?,
            key_open_us: time("key_open_us")?,
            sent_us: time("sent_us")?,
            first_byte_us: time("first_byte_us")?,
            total_us: time("total_us")?.unwrap_or_default(),
        },
    }))
}
