//! `addonctl app …`

use console::api::{ApplicationAdd, ApplicationRef, Nothing};
use serde_json::{Value, json};

use crate::arguments::App;
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
        App::Secret { app } => {
            let application = back_end.application(&app).await?.id;
            let reply = back_end.json("application_secret", ApplicationRef { application }).await?;
            show(json, &reply, credentials);
        }
    }
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
