//! `addonctl addon …`

use console::api::{AddOnRef, AddOnUpdate, ApplicationRef, ApplicationView, Items};
use domain::{Handle, ProviderId};
use serde_json::{Map, Value, json};

use crate::arguments::{AddOn, Changes};
use crate::back_end::{BackEnd, missing};
use crate::failure::Failure;
use crate::output::{show, table, text};

pub(crate) async fn run(back_end: &BackEnd, command: AddOn, json: bool) -> Result<(), Failure> {
    let reply = match command {
        AddOn::List { app } => {
            let application = back_end.application(&app).await?.id;
            let reply = back_end.json("addon_list", ApplicationRef { application }).await?;
            let columns = [("HANDLE", "handle"), ("NAME", "title"), ("STATE", "state")];
            show(json, &reply, |reply| table(reply, &columns, ""));
            return Ok(());
        }
        AddOn::Show { handle, app } => {
            let application = back_end.application(&app).await?;
            let all: Items<Value> =
                back_end.get("addon_list", ApplicationRef { application: application.id }).await?;
            let found = all.items.into_iter().find(|addon| addon["handle"] == handle.as_str());
            found.ok_or_else(|| {
                missing(format!("There is no AddOn {handle}."), "`addonctl addon list` lists them.")
            })?
        }
        AddOn::Install { handle, app, changes } => {
            let application = back_end.application(&app).await?;
            let request = AddOnRef { application: application.id, handle: parse(&handle)? };
            let installed = back_end.json("addon_install", request).await?;
            match update(back_end, &application, &handle, None, changes).await? {
                Some(updated) => updated,
                None => installed,
            }
        }
        AddOn::Enable { handle, app, changes } => switch(back_end, &app, &handle, true, changes).await?,
        AddOn::Disable { handle, app, changes } => switch(back_end, &app, &handle, false, changes).await?,
    };
    show(json, &reply, |addon| format!("{} {}", text(addon, "handle"), text(addon, "state")));
    Ok(())
}

async fn switch(
    back_end: &BackEnd,
    app: &str,
    handle: &str,
    enabled: bool,
    changes: Changes,
) -> Result<Value, Failure> {
    let application = back_end.application(app).await?;
    let updated = update(back_end, &application, handle, Some(enabled), changes).await?;
    updated.ok_or_else(|| Failure::system("Nothing was changed."))
}

/// `None` when there is nothing to change.
async fn update(
    back_end: &BackEnd,
    application: &ApplicationView,
    handle: &str,
    enabled: Option<bool>,
    changes: Changes,
) -> Result<Option<Value>, Failure> {
    if enabled.is_none() && changes.provider.is_empty() && changes.set.is_empty() {
        return Ok(None);
    }
    let mut providers: Vec<ProviderId> = Vec::new();
    for name in &changes.provider {
        let provider = back_end.provider(application, name).await?;
        providers.push(
            text(&provider, "id")
                .parse()
                .map_err(|_| Failure::system("The console's reply names no provider."))?,
        );
    }
    let settings = changes.set.iter().map(|pair| setting(pair)).collect::<Result<Map<_, _>, _>>()?;
    let update = AddOnUpdate {
        application: application.id,
        handle: parse(handle)?,
        enabled,
        providers: (!providers.is_empty()).then_some(providers),
        settings: (!settings.is_empty()).then_some(settings),
    };
    back_end.json("addon_update", update).await.map(Some)
}

fn parse(handle: &str) -> Result<Handle, Failure> {
    Handle::try_from(handle.to_owned())
        .map_err(|_| missing(format!("There is no AddOn {handle}."), "`addonctl addon list` lists them."))
}

/// `name=value`, where the value is JSON if it reads as such, else text; nothing after `=` removes the setting.
fn setting(pair: &str) -> Result<(String, Value), Failure> {
    let (name, value) = pair.split_once('=').ok_or_else(|| {
        Failure::input(format!("{pair} is not NAME=VALUE."), "Such as --set tokensAvailable=1000.")
    })?;
    let value = match value {
        "" => Value::Null,
        text => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
    };
    Ok((name.to_owned(), value))
}
