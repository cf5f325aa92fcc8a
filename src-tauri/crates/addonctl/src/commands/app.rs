//! `addonctl app …`

use console::api::{
    ApplicationAccess, ApplicationAdd, ApplicationEnable, ApplicationRef, ApplicationTesting,
    ApplicationView, Nothing,
};
use serde_json::{Value, json};

use crate::arguments::{App, OnOff};
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::output::{show, table, text};

pub(crate) async fn run(back_end: &BackEnd, command: App, json: bool) -> Result<(), Failure> {
    match command {
        App::Add { name, kind, origin } => {
            let add = ApplicationAdd { name, kind, origins: origin };
            let reply = back_end.json("application_add", add).await?;
            show(json, &reply, credentials);
        }
        App::List => {
            let reply = back_end.json("application_list", Nothing {}).await?;
            let columns =
                [("NAME", "name"), ("TYPE", "kind"), ("CLIENT ID", "client_id"), ("ORIGINS", "origins")];
            show(json, &reply, |reply| table(reply, &columns, "No applications yet."));
        }
        App::Remove { app } => {
            let application = back_end.application(&app).await?;
            back_end.json("application_remove", ApplicationRef { application: application.id }).await?;
            show(json, &json!({ "removed": application.id }), |_| {
                format!("{} is removed.", application.name)
            });
        }
        App::Disable { app } => enable(back_end, &app, false, json).await?,
        App::Enable { app } => enable(back_end, &app, true, json).await?,
        App::Testing { app, state } => testing(back_end, &app, state == OnOff::On, json).await?,
        App::BeeAuth { app, state } => {
            let now = back_end.application(&app).await?;
            access(back_end, state == OnOff::On, now.programs, &now, json).await?;
        }
        App::Programs { app, state } => {
            let now = back_end.application(&app).await?;
            access(back_end, now.bee_auth, state == OnOff::On, &now, json).await?;
        }
        App::Secret { app } => {
            let application = back_end.application(&app).await?.id;
            let reply = back_end.json("application_secret", ApplicationRef { application }).await?;
            show(json, &reply, credentials);
        }
    }
    Ok(())
}

async fn enable(back_end: &BackEnd, app: &str, enabled: bool, json: bool) -> Result<(), Failure> {
    let application = back_end.application(app).await?.id;
    let reply = back_end.json("application_enable", ApplicationEnable { application, enabled }).await?;
    let word = if enabled { "enabled" } else { "disabled" };
    show(json, &reply, |reply| format!("{} is {word}.", text(reply, "name")));
    Ok(())
}

async fn testing(back_end: &BackEnd, app: &str, testing: bool, json: bool) -> Result<(), Failure> {
    let application = back_end.application(app).await?.id;
    let reply = back_end.json("application_testing", ApplicationTesting { application, testing }).await?;
    let word = if testing { "marked as testing" } else { "no longer testing" };
    show(json, &reply, |reply| format!("{} is {word}.", text(reply, "name")));
    Ok(())
}

async fn access(
    back_end: &BackEnd,
    bee_auth: bool,
    programs: bool,
    now: &ApplicationView,
    json: bool,
) -> Result<(), Failure> {
    let request = ApplicationAccess { application: now.id, bee_auth, programs };
    let reply = back_end.json("application_access", request).await?;
    show(json, &reply, |reply| {
        let login = if bee_auth { "may" } else { "may not" };
        let programs = if programs { "may" } else { "may not" };
        let name = text(reply, "name");
        format!("{name}: its pages {login} log in without the secret, programs {programs} use its tokens.")
    });
    Ok(())
}

fn credentials(reply: &Value) -> String {
    let field = |name| text(reply, name);
    format!(
        "{}\nclient id      {}\nclient secret  {}\nThe secret is shown this once.",
        field("name"),
        field("client_id"),
        field("client_secret")
    )
}
