//! Use cases of usage: what calls used and cost, added up, and as CSV. Costs are by the price list in force now; what has
//! no price there is unknown, never zero.

use std::collections::BTreeMap;

use ::providers::{Metered, PriceList};
use ::proxy::Snapshot;
use domain::Timestamp;
use jiff::tz::Offset;
use vault::Usage;

use crate::api::{ApiError, UsageBy, UsageCsv, UsageExport, UsageLine, UsageList, UsageReport};
use crate::{Console, system, transfer_files};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const DAYS: u32 = 30;
const DAYS_MAX: u32 = 3_660;
const PASS_THROUGH: &str = "pass-through";

impl Console {
    pub(crate) async fn usage_list(&self, list: UsageList) -> Result<UsageReport, ApiError> {
        let rows = self.usage_rows(list.days, list.application).await?;
        let snapshot = self.shared.snapshot.load_full();
        let mut lines: BTreeMap<String, UsageLine> = BTreeMap::new();
        let mut total =
            UsageLine { key: "total".to_owned(), name: "total".to_owned(), ..UsageLine::default() };
        for row in &rows {
            let (key, name) = named(row, list.by, &snapshot);
            let line =
                lines.entry(key.clone()).or_insert_with(|| UsageLine { key, name, ..UsageLine::default() });
            let cost = cost(row, &snapshot.prices);
            add(line, row, cost);
            add(&mut total, row, cost);
        }
        if total.unpriced == 0 {
            total.cost.get_or_insert(0);
        }
        let mut items: Vec<UsageLine> = lines.into_values().collect();
        if list.by != UsageBy::Day {
            items.sort_by_key(|line| std::cmp::Reverse(line.calls));
        }
        Ok(UsageReport { items, total, prices_as_of: snapshot.prices.as_of.clone() })
    }

    pub(crate) async fn usage_export(&self, export: UsageExport) -> Result<UsageCsv, ApiError> {
        let mut rows = self.usage_rows(export.days, export.application).await?;
        rows.reverse();
        let text = csv(&rows, &self.shared.snapshot.load_full());
        let path = if export.save {
            let text = text.clone();
            let written = move || {
                let path = transfer_files::target(None, "addon-console-usage", "csv")?;
                transfer_files::write(&path, text.as_bytes(), false)?;
                Ok::<_, ApiError>(path.display().to_string())
            };
            Some(system::blocking(written).await??)
        } else {
            None
        };
        Ok(UsageCsv { text, path })
    }

    async fn usage_rows(
        &self,
        days: Option<u32>,
        application: Option<domain::ApplicationId>,
    ) -> Result<Vec<Usage>, ApiError> {
        self.recorder.flush().await;
        let to = self.clock.now().0.div_euclid(DAY_MS);
        let from = to - i64::from(days.unwrap_or(DAYS).clamp(1, DAYS_MAX)) + 1;
        let mut rows = self.store(move |vault| vault.usage(from, to)).await?;
        rows.retain(|row| application.is_none_or(|wanted| row.application == wanted));
        Ok(rows)
    }
}

/// `2026-11-20`.
fn day(number: i64) -> String {
    let at =
        jiff::Timestamp::from_millisecond(Timestamp(number.saturating_mul(DAY_MS)).0).unwrap_or_default();
    Offset::UTC.to_datetime(at).date().to_string()
}

fn application(row: &Usage, snapshot: &Snapshot) -> String {
    let entry = snapshot.application(row.application);
    entry.map_or_else(|| row.application.to_string(), |entry| entry.application.name.as_str().to_owned())
}

fn provider(row: &Usage, snapshot: &Snapshot) -> String {
    let entry = snapshot.application(row.application);
    let entry = entry.and_then(|entry| entry.providers.iter().find(|one| one.provider.id == row.provider));
    entry.map_or_else(|| row.kind.clone(), |entry| entry.provider.name.as_str().to_owned())
}

fn named(row: &Usage, by: UsageBy, snapshot: &Snapshot) -> (String, String) {
    match by {
        UsageBy::Day => (day(row.day), day(row.day)),
        UsageBy::Addon => match row.addon {
            Some(handle) => (handle.as_str().to_owned(), handle.descriptor().title.to_owned()),
            None => (PASS_THROUGH.to_owned(), PASS_THROUGH.to_owned()),
        },
        UsageBy::Provider => (row.provider.to_string(), provider(row, snapshot)),
        UsageBy::Application => (row.application.to_string(), application(row, snapshot)),
    }
}

/// Tokens, else images, else characters: what providers bill by. A picture that a model described costs its tokens.
fn cost(row: &Usage, prices: &PriceList) -> Option<u64> {
    let tokens = row.prompt_tokens.saturating_add(row.completion_tokens) > 0;
    let (metered, images) = match row {
        _ if tokens => (Metered::Tokens, 0),
        Usage { images: 1.., .. } => (Metered::Images, row.images),
        Usage { characters: 1.., .. } => (Metered::Characters, 0),
        _ => return Some(0),
    };
    let rates = prices.rates(&row.kind, &row.model, metered)?;
    Some(rates.cost(row.prompt_tokens, row.completion_tokens, images, row.characters))
}

fn add(line: &mut UsageLine, row: &Usage, cost: Option<u64>) {
    line.calls += row.calls;
    line.prompt_tokens = line.prompt_tokens.saturating_add(row.prompt_tokens);
    line.completion_tokens = line.completion_tokens.saturating_add(row.completion_tokens);
    line.images = line.images.saturating_add(row.images);
    line.characters = line.characters.saturating_add(row.characters);
    match cost {
        Some(cost) => line.cost = Some(line.cost.unwrap_or_default().saturating_add(cost)),
        None => line.unpriced += row.calls,
    }
}

const HEAD: &str = "day,application,addon,provider,provider_type,model,calls,prompt_tokens,completion_tokens,\
                    images,characters,cost_usd\r\n";

/// RFC 4180. A cost that is not known says so.
fn csv(rows: &[Usage], snapshot: &Snapshot) -> String {
    let mut text = HEAD.to_owned();
    for row in rows {
        let cost = match cost(row, &snapshot.prices) {
            Some(cost) => format!("{}.{:06}", cost / 1_000_000, cost % 1_000_000),
            None => "unknown".to_owned(),
        };
        let addon = row.addon.map_or(PASS_THROUGH, domain::Handle::as_str);
        let (application, provider) = (application(row, snapshot), provider(row, snapshot));
        let words: [&str; 6] = [&day(row.day), &application, addon, &provider, &row.kind, &row.model];
        let words = words.map(field).join(",");
        let Usage { calls, prompt_tokens, completion_tokens, images, characters, .. } = row;
        text.push_str(&format!(
            "{words},{calls},{prompt_tokens},{completion_tokens},{images},{characters},{cost}\r\n"
        ));
    }
    text
}

/// A field that no spreadsheet takes for a formula, quoted where it must be.
fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let safe = if formula { format!("'{text}") } else { text.to_owned() };
    if safe.contains([',', '"', '\r', '\n']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_formulas_are_text() {
        assert_eq!(field("Spring, \"Mailer\""), "\"Spring, \"\"Mailer\"\"\"");
        assert_eq!(field("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        for formula in ["+1", "-1", "@SUM(A1)", "\t=1"] {
            assert!(field(formula).trim_start_matches('"').starts_with('\''), "{formula}");
        }
        assert_eq!(field("plain"), "plain");
    }

    #[test]
    fn days_are_calendar_days() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(20_777), "2026-11-20");
    }
}
