//! `addonctl session …`

use console::api::{ApplicationRef, Nothing, SessionRef};
use serde_json::json;

use crate::arguments::Session;
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::output::{show, table};

pub(crate) async fn run(back_end: &BackEnd, command: Session, json: bool) -> Result<(), Failure> {
    match command {
        Session::List => {
            let reply = back_end.json("session_list", Nothing {}).await?;
            let columns =
                [("ID", "id"), ("APPLICATION", "application_name"), ("UID", "uid"), ("ORIGIN", "pinned")];
            show(json, &reply, |reply| table(reply, &columns, "Nobody is logged in."));
        }
        Session::Revoke { id: Some(session), .. } => {
            back_end.json("session_revoke", SessionRef { session }).await?;
            show(json, &json!({ "revoked": session }), |_| "The session is over.".to_owned());
        }
        Session::Revoke { app, .. } => {
            let application = back_end.application(&app.unwrap_or_default()).await?;
            back_end.json("session_revoke_all", ApplicationRef { application: application.id }).await?;
            show(json, &json!({ "revoked": application.id }), |_| {
                format!("Every session of {} is over.", application.name)
            });
        }
    }
    Ok(())
}
