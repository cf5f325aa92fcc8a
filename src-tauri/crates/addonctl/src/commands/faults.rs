//! `addonctl fault …`

use console::api::{
    ApplicationRef, ApplicationView, FaultList as List, FaultSet, Items, Nothing, ProviderRef,
};
use domain::ProviderId;
use serde_json::{Value, json};

use crate::arguments::{Fault, FaultList};
use crate::back_end::{BackEnd, missing};
use crate::failure::Failure;
use crate::output::{show, table, text};

pub(crate) async fn run(back_end: &BackEnd, command: Fault, json: bool) -> Result<(), Failure> {
    match command {
        Fault::List(FaultList { app: Some(app), .. }) => on(back_end, &app, json).await?,
        Fault::List(FaultList { kind, app: None }) => {
            let reply = back_end.json("fault_list", List { kind }).await?;
            let columns = [("ID", "id"), ("GROUP", "group"), ("WHAT IT DOES", "about")];
            show(json, &reply, |reply| table(reply, &columns, "Nothing can be provoked there."));
        }
        Fault::Set { provider, fault, app, times } => {
            let provider = found(back_end, app.as_deref(), &provider).await?;
            let reply = back_end.json("fault_set", FaultSet { provider, fault, times }).await?;
            show(json, &reply, |reply| {
                let left = text(reply, "fault.left");
                let when = match left.as_str() {
                    "" => "until it is cleared".to_owned(),
                    "1" => "for the next call".to_owned(),
                    left => format!("for the next {left} calls"),
                };
                format!("{} meets {} {when}.", text(reply, "name"), text(reply, "fault.fault"))
            });
        }
        Fault::Clear { provider, app } => {
            let provider = found(back_end, app.as_deref(), &provider).await?;
            let reply = back_end.json("fault_clear", ProviderRef { provider }).await?;
            show(json, &reply, |reply| format!("{} answers as it is again.", text(reply, "name")));
        }
    }
    Ok(())
}

/// The providers of an application at which a fault is on.
async fn on(back_end: &BackEnd, app: &str, json: bool) -> Result<(), Failure> {
    let application = back_end.application(app).await?.id;
    let all: Items<Value> = back_end.get("provider_list", ApplicationRef { application }).await?;
    let here = |provider: &Value| {
        json!({ "provider": provider["id"], "name": provider["name"], "fault": provider["fault"]["fault"],
                "left": provider["fault"]["left"], "since": provider["fault"]["since"] })
    };
    let on = all.items.iter().filter(|provider| !provider["fault"].is_null()).map(here);
    let reply = json!({ "items": on.collect::<Vec<_>>() });
    let columns = [("PROVIDER", "name"), ("FAULT", "fault"), ("CALLS LEFT", "left")];
    show(json, &reply, |reply| table(reply, &columns, "Nothing is provoked."));
    Ok(())
}

/// The provider of this name or id; without an application it must be the only one of the name.
pub(super) async fn found(back_end: &BackEnd, app: Option<&str>, name: &str) -> Result<ProviderId, Failure> {
    let applications = match app {
        Some(app) => vec![back_end.application(app).await?],
        None => back_end.get::<Items<ApplicationView>>("application_list", Nothing {}).await?.items,
    };
    let mut found = Vec::new();
    for application in &applications {
        let of = ApplicationRef { application: application.id };
        let all: Items<Value> = back_end.get("provider_list", of).await?;
        let mut named =
            all.items.into_iter().filter(|provider| provider["name"] == name || provider["id"] == name);
        found.extend(named.next());
    }
    match found.as_slice() {
        [one] => super::provider::id(one),
        [] => {
            let hint = "`addonctl provider list` lists those of an application.";
            Err(missing(format!("There is no provider {name}."), hint))
        }
        _ => {
            Err(Failure::input("Several applications have a provider of this name.", "Say which with --app."))
        }
    }
}
