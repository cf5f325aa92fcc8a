//! Use cases of watching: how much activity is kept, how much was lost, and whether metrics are told.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::{Retention, Timestamp};
use vault::{StoreError, Vault};

use crate::Console;
use crate::api::{ActivityState, ApiError, Code, MetricsSet, MetricsView, Nothing, ProxyStatus, Topic};

const RETENTION: &str = "activity-retention";
const METRICS: &str = "metrics";
/// Rows leave a minute late at most; each look reads them all.
const PACE_MS: i64 = 60_000;

/// How much activity is kept, and how much was not.
#[derive(Default)]
pub(crate) struct Keeping {
    retention: Mutex<Retention>,
    dropped: AtomicU64,
    /// When rows were last looked through for old ones.
    looked: Mutex<Option<Timestamp>>,
}

impl Keeping {
    pub(crate) fn retention(&self) -> Retention {
        *self.retention.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls that left no row.
    pub(crate) fn lost(&self, rows: u64) {
        self.dropped.fetch_add(rows, Ordering::Relaxed);
    }

    pub(crate) fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    fn keep(&self, retention: Retention) {
        *self.retention.lock().unwrap_or_else(PoisonError::into_inner) = retention;
    }

    /// Whether it is time to look, and notes that it was done. A clock set back counts as time gone by.
    fn is_due(&self, now: Timestamp) -> bool {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let due = looked.is_none_or(|then| now.0.abs_diff(then.0) >= PACE_MS.unsigned_abs());
        if due {
            *looked = Some(now);
        }
        due
    }
}

fn stored(vault: &Vault) -> Result<(Retention, bool), StoreError> {
    let retention = vault.setting(RETENTION)?.and_then(|text| serde_json::from_str(&text).ok());
    // What this version does not read is as good as not set.
    let retention = retention.filter(|kept: &Retention| kept.check().is_ok()).unwrap_or_default();
    Ok((retention, vault.setting(METRICS)?.is_some()))
}

impl Console {
    /// Brings recorder and proxy up to the stored settings.
    pub(crate) async fn watch_as_stored(&self) -> Result<(), ApiError> {
        let (retention, metrics) = self.store(stored).await?;
        self.keeping.keep(retention);
        self.shared.show_metrics(metrics);
        Ok(())
    }

    pub(crate) async fn activity_state(&self, _: Nothing) -> Result<ActivityState, ApiError> {
        self.recorder.flush().await;
        let kept = self.store(|vault| vault.kept()).await?;
        let (retention, dropped) = (self.keeping.retention(), self.keeping.dropped());
        Ok(ActivityState { retention, rows: kept.rows, bytes: kept.bytes, dropped })
    }

    pub(crate) async fn activity_retention(&self, retention: Retention) -> Result<ActivityState, ApiError> {
        retention
            .check()
            .map_err(|rule| ApiError::new(Code::InvalidInput, format!("{rule}."), "Nothing was changed."))?;
        let text = serde_json::to_string(&retention)
            .map_err(|_| ApiError::new(Code::Internal, "The setting cannot be written.", ""))?;
        self.change(&[], move |vault| vault.set_setting(RETENTION, Some(&text))).await?;
        self.keeping.keep(retention);
        // Rows that are still on their way are counted as well.
        self.recorder.flush().await;
        let now = self.clock.now();
        self.store(move |vault| {
            vault.trim_activity(&retention, now)?;
            vault.shrink()
        })
        .await?;
        self.tell(crate::api::Event::Changed { topic: Topic::Activity });
        self.activity_state(Nothing {}).await
    }

    /// Removes rows that have become too old, now and then.
    pub(crate) async fn trim_activity(&self, now: Timestamp) {
        if self.keeping.is_due(now) {
            let keep = self.keeping.retention();
            // What cannot be removed now is removed the next time.
            let _ = self.store(move |vault| vault.trim_activity(&keep, now)).await;
        }
    }

    pub(crate) async fn metrics_get(&self, _: Nothing) -> Result<MetricsView, ApiError> {
        let (_, on) = self.store(stored).await?;
        let url = match &self.proxy.lock().await.status {
            ProxyStatus::Running { url, .. } if on => Some(format!("{url}/metrics")),
            _ => None,
        };
        Ok(MetricsView { on, url })
    }

    pub(crate) async fn metrics_set(&self, set: MetricsSet) -> Result<MetricsView, ApiError> {
        self.change(&[Topic::Activity], move |vault| vault.set_setting(METRICS, set.on.then_some("on")))
            .await?;
        self.shared.show_metrics(set.on);
        self.metrics_get(Nothing {}).await
    }
}
