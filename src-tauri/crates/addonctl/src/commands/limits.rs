//! `addonctl limit …` and `addonctl usage …`

use std::path::Path;

use console::api::{
    LimitList, LimitRef, LimitSet as Set, LimitWhose, Nothing, PricesSet, UsageBy, UsageExport, UsageList,
};
use domain::Handle;
use domain::limits::{LimitId, Period, Unit};
use serde_json::{Value, json};

use crate::arguments::{By, Limit, LimitSet, Per, Prices, Usage};
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::output::{say, show, table, text};

pub(crate) async fn limit(back_end: &BackEnd, command: Limit, json: bool) -> Result<(), Failure> {
    match command {
        Limit::List { app } => {
            let application = application(back_end, app).await?;
            let reply = back_end.json("limit_list", LimitList { application }).await?;
            let columns = [
                ("ID", "id"),
                ("APPLICATION", "application_name"),
                ("ADDON", "addon"),
                ("WHOSE", "whose"),
                ("WHO", "who"),
                ("PER", "period"),
                ("UNIT", "unit"),
                ("AMOUNT", "amount"),
                ("USED", "standing.used"),
                ("LEFT", "standing.left"),
            ];
            show(json, &reply, |reply| table(&in_dollars(reply), &columns, "No limits are set."));
        }
        Limit::Set(set) => {
            let set = asked(back_end, set).await?;
            let reply = back_end.json("limit_set", set).await?;
            show(json, &reply, |reply| format!("Limit {} is set.", text(reply, "id")));
        }
        Limit::Remove { id } => {
            back_end.json("limit_remove", LimitRef { limit: LimitId(id) }).await?;
            show(json, &json!({ "removed": id }), |_| "The limit is removed.".to_owned());
        }
    }
    Ok(())
}

async fn application(
    back_end: &BackEnd,
    name: Option<String>,
) -> Result<Option<domain::ApplicationId>, Failure> {
    match name {
        Some(name) => Ok(Some(back_end.application(&name).await?.id)),
        None => Ok(None),
    }
}

async fn asked(back_end: &BackEnd, set: LimitSet) -> Result<Set, Failure> {
    let (unit, amount) = match (set.tokens, set.images, set.characters, set.usd) {
        (Some(tokens), ..) => (Unit::Tokens, tokens),
        (_, Some(images), ..) => (Unit::Images, images),
        (.., Some(characters), _) => (Unit::Characters, characters),
        (.., Some(dollars)) if (0.0..1e9).contains(&dollars) => {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked just above")]
            let millionths = (dollars * 1e6).round() as u64;
            (Unit::Money, millionths)
        }
        (.., Some(_)) => return Err(Failure::input("The amount is no sum of money.", "Such as --usd 2.50.")),
        _ => {
            let hint = "One of --tokens, --images, --characters and --usd.";
            return Err(Failure::input("A limit needs an amount.", hint));
        }
    };
    let addon = set.addon.map(Handle::try_from).transpose();
    let addon = addon.map_err(|_| Failure::input("There is no such AddOn.", "See `addonctl addon list`."))?;
    let whose = match (set.each_uid, &set.uid) {
        (true, _) => LimitWhose::Each,
        (false, Some(_)) => LimitWhose::One,
        (false, None) => LimitWhose::Everyone,
    };
    let period = match set.per {
        Per::Day => Period::Day,
        Per::Month => Period::Month,
        Per::Total => Period::Total,
    };
    let application = back_end.application(&set.app).await?.id;
    Ok(Set { application, addon, whose, uid: set.uid, period, unit, amount })
}

pub(crate) async fn usage(back_end: &BackEnd, command: Usage, json: bool) -> Result<(), Failure> {
    if let Some(Prices::Prices { file, reset }) = command.command {
        return prices(back_end, file.as_deref(), reset, json).await;
    }
    let application = application(back_end, command.app).await?;
    let days = Some(command.days);
    if command.csv {
        let export = UsageExport { days, application, save: false };
        let reply = back_end.json("usage_export", export).await?;
        if json {
            show(true, &reply, |_| String::new());
        } else {
            say(text(&reply, "text").trim_end());
        }
        return Ok(());
    }
    let by = match command.by {
        By::Day => UsageBy::Day,
        By::Addon => UsageBy::Addon,
        By::Provider => UsageBy::Provider,
        By::Application => UsageBy::Application,
    };
    let reply = back_end.json("usage_list", UsageList { by, days, application }).await?;
    let columns = [
        ("", "name"),
        ("CALLS", "calls"),
        ("TOKENS IN", "prompt_tokens"),
        ("TOKENS OUT", "completion_tokens"),
        ("IMAGES", "images"),
        ("CHARACTERS", "characters"),
        ("USD", "cost"),
        ("UNPRICED CALLS", "unpriced"),
    ];
    show(json, &reply, |reply| table(&in_dollars(reply), &columns, "No calls yet."));
    Ok(())
}

async fn prices(back_end: &BackEnd, file: Option<&Path>, reset: bool, json: bool) -> Result<(), Failure> {
    let reply = if reset || file.is_some() {
        // A console that runs elsewhere has another working directory.
        let path = file.map(|file| std::path::absolute(file).unwrap_or(file.to_path_buf()));
        let path = path.map(|path| path.display().to_string());
        back_end.json("prices_set", PricesSet { path }).await?
    } else {
        back_end.json("prices_get", Nothing {}).await?
    };
    show(json, &reply, |reply| format!("Prices of {}. {}", text(reply, "as_of"), text(reply, "note")));
    Ok(())
}

/// For people: money in dollars, and what is not known in words.
fn in_dollars(reply: &Value) -> Value {
    let mut reply = reply.clone();
    let dollars = |value: &mut Value| {
        if let Some(millionths) = value.as_u64() {
            *value = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000).into();
        }
    };
    for item in reply["items"].as_array_mut().into_iter().flatten() {
        if item["unit"] == "money" {
            dollars(&mut item["amount"]);
            dollars(&mut item["standing"]["used"]);
            dollars(&mut item["standing"]["left"]);
        }
        if item.get("cost").is_some_and(Value::is_null) {
            item["cost"] = "unknown".into();
        } else if item.get("cost").is_some() {
            dollars(&mut item["cost"]);
        }
    }
    reply
}
