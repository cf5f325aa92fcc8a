//! `addonctl provider …`

use std::collections::BTreeMap;

use console::api::{
    ApplicationRef, Nothing, ProviderAdd, ProviderRef, ProviderRemove, ProviderReplaceKey, ProviderSwitch,
    ProviderTest, ProviderUpdate, StagedKeyId, TestReport,
};
use domain::ProviderId;
use serde_json::{Value, json};

use crate::arguments::{KeySource, Provider};
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::key_input;
use crate::output::{show, table, text};

pub(crate) async fn run(back_end: &BackEnd, command: Provider, json: bool) -> Result<(), Failure> {
    match command {
        Provider::Add {
            name,
            app,
            kind,
            base_url,
            model,
            deployment,
            option,
            allow_plain_http,
            test,
            key,
        } => {
            let application = back_end.application(&app).await?.id;
            let key = stage(back_end, &key).await?;
            let add = ProviderAdd {
                application,
                name,
                kind,
                base_url,
                model: model.or(deployment),
                options: options(&option)?,
                plain_http_allowed: allow_plain_http,
                key,
            };
            let reply = back_end.json("provider_add", add).await?;
            finish(back_end, reply, test, json, "is added").await
        }
        Provider::Edit { name, app, rename, model, deployment, option } => {
            let provider = id(&find(back_end, &app, &name).await?)?;
            let options = if option.is_empty() { None } else { Some(options(&option)?) };
            let update = ProviderUpdate { provider, name: rename, model: model.or(deployment), options };
            let reply = back_end.json("provider_update", update).await?;
            show(json, &reply, |reply| format!("{} is changed.", text(reply, "name")));
            Ok(())
        }
        Provider::Test { name, app } => {
            let provider = id(&find(back_end, &app, &name).await?)?;
            back_end.unlock().await?;
            test_stored(back_end, provider, json).await
        }
        Provider::Rotate { name, app, overlap, test, key } => {
            let provider = id(&find(back_end, &app, &name).await?)?;
            let key = stage(back_end, &key)
                .await?
                .ok_or_else(|| Failure::input("No key was given.", "Use --key-stdin or --key-file."))?;
            let reply = back_end
                .json("provider_replace_key", ProviderReplaceKey { provider, key, overlap_hours: overlap })
                .await?;
            finish(back_end, reply, test, json, "has its new key").await
        }
        Provider::Return { name, app } => {
            let provider = id(&find(back_end, &app, &name).await?)?;
            back_end.unlock().await?;
            let reply = back_end.json("provider_return_key", ProviderRef { provider }).await?;
            finish(back_end, reply, false, json, "has its key of before").await
        }
        Provider::Deactivate { name, app } => switch(back_end, &app, &name, false, json).await,
        Provider::Activate { name, app } => switch(back_end, &app, &name, true, json).await,
        Provider::Remove { name, app, shred } => remove(back_end, &app, &name, shred, json).await,
        reading => read(back_end, reading, json).await,
    }
}

/// The forms that change nothing.
async fn read(back_end: &BackEnd, command: Provider, json: bool) -> Result<(), Failure> {
    const COLUMNS: &[(&str, &str)] = &[
        ("NAME", "name"),
        ("TYPE", "kind"),
        ("MODEL", "model"),
        ("KEY", "key_tail"),
        ("USED BY", "used_by"),
        ("BASE URL", "base_url"),
    ];
    let (reply, columns, empty): (Value, &[(&str, &str)], &str) = match command {
        Provider::Kinds => {
            let columns = &[
                ("KIND", "kind"),
                ("NAME", "title"),
                ("KEY", "key"),
                ("ADDONS", "addons"),
                ("BASE URL", "base_url"),
            ];
            (back_end.json("provider_kinds", Nothing {}).await?, columns, "")
        }
        Provider::Models { name, app } => {
            let provider = id(&find(back_end, &app, &name).await?)?;
            back_end.unlock().await?;
            let reply = back_end.json("provider_models", ProviderTest::Stored(provider)).await?;
            let none = "The provider has no list of models; type the name you gave.";
            (reply, &[("MODEL", "id"), ("NOTE", "note"), ("RETIRES", "retires_on")], none)
        }
        Provider::Show { name, app } => {
            let provider = find(back_end, &app, &name).await?;
            show(json, &provider, |provider| table(&json!({ "items": [provider] }), COLUMNS, ""));
            return Ok(());
        }
        Provider::List { app } => {
            let application = back_end.application(&app).await?.id;
            let reply = back_end.json("provider_list", ApplicationRef { application }).await?;
            (reply, COLUMNS, "No providers yet.")
        }
        // The others change something: see `run`.
        _ => return Ok(()),
    };
    show(json, &reply, |reply| table(reply, columns, empty));
    Ok(())
}

async fn remove(back_end: &BackEnd, app: &str, name: &str, shred: bool, json: bool) -> Result<(), Failure> {
    let provider = id(&find(back_end, app, name).await?)?;
    if shred {
        back_end.unlock().await?;
    }
    back_end.json("provider_remove", ProviderRemove { provider, shred }).await?;
    show(json, &json!({ "removed": provider }), |_| format!("{name} is removed."));
    Ok(())
}

async fn switch(back_end: &BackEnd, app: &str, name: &str, active: bool, json: bool) -> Result<(), Failure> {
    let provider = id(&find(back_end, app, name).await?)?;
    let reply = back_end.json("provider_switch", ProviderSwitch { provider, active }).await?;
    finish(back_end, reply, false, json, if active { "is on" } else { "is off; its key stays" }).await
}

/// Unlocks, since storing a key needs the vault key, and hands the key over.
async fn stage(back_end: &BackEnd, source: &KeySource) -> Result<Option<StagedKeyId>, Failure> {
    let Some(key) = key_input::read(source)? else { return Ok(None) };
    back_end.unlock().await?;
    back_end.stage(key).await.map(|staged| Some(staged.id))
}

/// `name=value` pairs.
fn options(pairs: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let split = |pair: &String| pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
    pairs
        .iter()
        .map(|pair| {
            split(pair).ok_or_else(|| {
                Failure::input(
                    format!("{pair} is not NAME=VALUE."),
                    "Such as --option api-version=2024-10-21.",
                )
            })
        })
        .collect()
}

async fn find(back_end: &BackEnd, app: &str, name: &str) -> Result<Value, Failure> {
    let application = back_end.application(app).await?;
    back_end.provider(&application, name).await
}

pub(crate) fn id(provider: &Value) -> Result<ProviderId, Failure> {
    text(provider, "id").parse().map_err(|_| Failure::system("The console's reply names no provider."))
}

async fn finish(back_end: &BackEnd, reply: Value, test: bool, json: bool, done: &str) -> Result<(), Failure> {
    if test {
        return test_stored(back_end, id(&reply)?, json).await;
    }
    show(json, &reply, |reply| format!("{} {done}.", text(reply, "name")));
    Ok(())
}

async fn test_stored(back_end: &BackEnd, provider: ProviderId, json: bool) -> Result<(), Failure> {
    let report: TestReport = back_end.get("provider_test", ProviderTest::Stored(provider)).await?;
    let reply =
        serde_json::to_value(&report).map_err(|_| Failure::system("The report cannot be printed."))?;
    show(json, &reply, |_| {
        let stages = report.stages.iter().map(|stage| {
            let outcome = stage.cause.map_or("ok", domain::Cause::word);
            let name = serde_json::to_value(stage.stage).unwrap_or_default();
            format!("{:<12}{outcome}", name.as_str().unwrap_or_default())
        });
        let through = report.through.iter().map(|proxy| format!("Through the corporate proxy {proxy}."));
        stages.chain(through).chain([report.message.clone()]).collect::<Vec<_>>().join("\n")
    });
    if report.ok { Ok(()) } else { Err(Failure::input("The test failed.", "")) }
}
