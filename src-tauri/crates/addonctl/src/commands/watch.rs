//! `addonctl activity …` and `addonctl metrics …`

use console::api::{ActivityList, ActivityState, MetricsSet, MetricsView, Nothing, Retention};

use crate::arguments::{Activity, Metrics};
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::output::{show, table};

pub(crate) async fn activity(
    back_end: &BackEnd,
    command: Option<Activity>,
    limit: u32,
    json: bool,
) -> Result<(), Failure> {
    match command {
        Some(Activity::Retention { rows, days, megabytes }) => {
            retention(back_end, rows, days, megabytes, json).await
        }
        None => list(back_end, limit, json).await,
    }
}

async fn list(back_end: &BackEnd, limit: u32, json: bool) -> Result<(), Failure> {
    let reply = back_end.json("activity_list", ActivityList { limit, before: None }).await?;
    let columns = [
        ("ID", "id"),
        ("ROUTE", "route"),
        ("PROVIDER", "provider_kind"),
        ("MODEL", "model"),
        ("STATUS", "status"),
        ("CAUSE", "cause"),
        ("TOKENS", "usage.total_tokens"),
        ("IMAGES", "images"),
        ("CHARACTERS", "characters"),
        ("MICROSECONDS", "timings.total_us"),
    ];
    show(json, &reply, |reply| table(reply, &columns, "No calls yet."));
    Ok(())
}

async fn retention(
    back_end: &BackEnd,
    rows: Option<u32>,
    days: Option<u32>,
    megabytes: Option<u32>,
    json: bool,
) -> Result<(), Failure> {
    let mut state: ActivityState = back_end.get("activity_state", Nothing {}).await?;
    let now = state.retention;
    let wanted = Retention {
        rows: rows.unwrap_or(now.rows),
        days: days.unwrap_or(now.days),
        megabytes: megabytes.unwrap_or(now.megabytes),
    };
    if wanted != now {
        state = back_end.get("activity_retention", wanted).await?;
    }
    let reply = serde_json::to_value(&state).map_err(|_| Failure::system("The reply cannot be printed."))?;
    show(json, &reply, |_| {
        let Retention { rows, days, megabytes } = state.retention;
        let (there, bytes, dropped) = (state.rows, state.bytes, state.dropped);
        format!(
            "Kept: at most {rows} calls, {days} days, and while the database is below {megabytes} MB.\n\
             There are {there} calls; the database has {bytes} bytes.\nNot kept since the start: {dropped}."
        )
    });
    Ok(())
}

pub(crate) async fn metrics(back_end: &BackEnd, command: Metrics, json: bool) -> Result<(), Failure> {
    let view: MetricsView = match command {
        Metrics::Show => back_end.get("metrics_get", Nothing {}).await?,
        Metrics::On => back_end.get("metrics_set", MetricsSet { on: true }).await?,
        Metrics::Off => back_end.get("metrics_set", MetricsSet { on: false }).await?,
    };
    let reply = serde_json::to_value(&view).map_err(|_| Failure::system("The reply cannot be printed."))?;
    show(json, &reply, |_| match (&view.url, view.on) {
        (Some(url), _) => format!("On, at {url}."),
        (None, true) => "On. The proxy is not running.".to_owned(),
        (None, false) => "Off.".to_owned(),
    });
    Ok(())
}
