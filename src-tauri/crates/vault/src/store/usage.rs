//! What calls used, added up by day: outlives the rows of activity. Holds no end user and no price.

use std::borrow::Borrow;
use std::collections::HashMap;

use domain::{Activity, ApplicationId, Handle, Model, ProviderId, ProviderKind};
use rusqlite::{Transaction, params};

use super::{Id, Store};
use crate::failure::StoreError;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What the calls of one day with one AddOn to one model used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// Days since 1970, UTC.
    pub day: i64,
    /// For which application.
    pub application: ApplicationId,
    /// With which AddOn; `None`: a provider's own API.
    pub addon: Option<Handle>,
    /// Which provider was asked last.
    pub provider: ProviderId,
    /// Its type.
    pub kind: String,
    /// The model; may be empty.
    pub model: String,
    /// Calls.
    pub calls: u64,
    /// Tokens sent.
    pub prompt_tokens: u64,
    /// Tokens answered.
    pub completion_tokens: u64,
    /// Images.
    pub images: u64,
    /// Characters.
    pub characters: u64,
}

/// Calls, tokens sent and answered, images, characters.
type Sums = [i64; 5];

/// Adds what some calls used: one write for all that are alike.
pub(crate) fn add(transaction: &Transaction<'_>, rows: &[impl Borrow<Activity>]) -> Result<(), StoreError> {
    let mut alike: HashMap<_, Sums> = HashMap::new();
    for row in rows.iter().map(Borrow::borrow) {
        // A call that came to no provider used nothing; one that met a fault or a tape came to nobody, and nobody bills it.
        let played = row.fault.is_some() || row.from_tape;
        let Some(provider) = row.provider.filter(|_| !played) else { continue };
        let usage = row.usage.unwrap_or_default();
        let images = row.images.unwrap_or_default();
        let more = [usage.prompt_tokens, usage.completion_tokens, images, row.characters.unwrap_or_default()]
            .map(|number| i64::try_from(number).unwrap_or(i64::MAX / 1024).min(i64::MAX / 1024));
        let day = row.at.0.div_euclid(DAY_MS);
        let (kind, model) = (row.provider_kind.as_ref(), row.model.as_ref());
        let sums = alike.entry((day, row.application, row.addon, provider, kind, model)).or_default();
        for (sum, more) in sums.iter_mut().zip([1].into_iter().chain(more)) {
            *sum = sum.saturating_add(more);
        }
    }
    let mut add = transaction.prepare_cached(
        "INSERT INTO usage VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (day, application, addon, provider, provider_kind, model) DO UPDATE SET
             calls = calls + excluded.calls, prompt_tokens = prompt_tokens + excluded.prompt_tokens,
             completion_tokens = completion_tokens + excluded.completion_tokens,
             images = images + excluded.images, characters = characters + excluded.characters",
    )?;
    for ((day, application, addon, provider, kind, model), [calls, prompt, completion, images, characters]) in
        alike
    {
        let addon = addon.map_or("", Handle::as_str);
        let kind = kind.map_or("", ProviderKind::as_str);
        let model = model.map_or("", Model::as_str);
        let (application, provider) = (application.0.as_bytes(), provider.0.as_bytes());
        add.execute(params![
            day,
            application,
            addon,
            provider,
            kind,
            model,
            calls,
            prompt,
            completion,
            images,
            characters
        ])?;
    }
    Ok(())
}

impl Store {
    /// From one day to another, both included, newest first.
    pub(crate) fn usage(&self, from: i64, to: i64) -> Result<Vec<Usage>, StoreError> {
        let mut read = self.connection.prepare_cached(
            "SELECT day, application, addon, provider, provider_kind, model, calls, prompt_tokens, completion_tokens,
                 images, characters
             FROM usage WHERE day BETWEEN ?1 AND ?2
             ORDER BY day DESC, application, addon, provider_kind, model",
        )?;
        let rows = read.query_map([from, to], |row| {
            let number = |column: usize| row.get::<_, i64>(column).map(i64::unsigned_abs);
            Ok(Usage {
                day: row.get(0)?,
                application: ApplicationId(row.get::<_, Id>(1)?.0),
                addon: Handle::try_from(row.get::<_, String>(2)?).ok(),
                provider: ProviderId(row.get::<_, Id>(3)?.0),
                kind: row.get(4)?,
                model: row.get(5)?,
                calls: number(6)?,
                prompt_tokens: number(7)?,
                completion_tokens: number(8)?,
                images: number(9)?,
                characters: number(10)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
