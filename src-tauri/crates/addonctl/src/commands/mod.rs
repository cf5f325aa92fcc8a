//! Each command: reach a console, call it, print what it says.

mod addon;
mod app;
mod cert;
mod files;
mod limits;
mod network;
mod port;
mod provider;
mod serve;
mod session;
mod vault;

use console::api::{ActivityList, DoctorReport, DoctorRequest, TokenIssue, Verdict};
use serde_json::{Value, json};

use crate::arguments::{Arguments, Command};
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::output::{show, table};

pub(crate) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let global = &arguments.global;
    let json = global.json;
    match arguments.command {
        Command::Serve { port } => return serve::serve(global, port).await,
        Command::Demo { port } => return serve::demo(global, port).await,
        Command::Completions { .. } => return Ok(()),
        _ => {}
    }
    let back_end = BackEnd::reach(global).await?;
    let outcome = match arguments.command {
        Command::App(command) => app::run(&back_end, command, json).await,
        Command::Provider(command) => provider::run(&back_end, command, json).await,
        Command::Addon(command) => addon::run(&back_end, command, json).await,
        Command::Token { app, uid, origin } => token(&back_end, &app, uid, origin, json).await,
        Command::Activity { limit } => activity(&back_end, limit, json).await,
        Command::Limit(command) => limits::limit(&back_end, command, json).await,
        Command::Usage(command) => limits::usage(&back_end, command, json).await,
        Command::Network(command) => network::run(&back_end, command, json).await,
        Command::Vault(command) => vault::run(&back_end, command, global).await,
        Command::Export { file, keys, replace, passphrase } => {
            files::export(&back_end, files::Export { file, keys, replace, passphrase }, json).await
        }
        Command::Import { file, dry_run, app, env, format, passphrase } => {
            files::import(&back_end, files::Import { file, dry_run, app, env, format, passphrase }, json)
                .await
        }
        Command::Audit(command) => vault::audit(&back_end, command, json).await,
        Command::Session(command) => session::run(&back_end, command, json).await,
        Command::Port(command) => port::run(&back_end, &command, json).await,
        Command::Cert(command) => cert::run(&back_end, &command, json).await,
        Command::Doctor { app, origin } => doctor(&back_end, app, origin, json).await,
        Command::Serve { .. } | Command::Demo { .. } | Command::Completions { .. } => Ok(()),
    };
    if let BackEnd::Own(console) = &back_end {
        console.close().await;
    }
    outcome
}

async fn token(
    back_end: &BackEnd,
    app: &str,
    uid: String,
    origin: String,
    json: bool,
) -> Result<(), Failure> {
    let application = back_end.application(app).await?.id;
    let reply = back_end.json("token_issue", TokenIssue { application, uid, origin }).await?;
    show(json, &reply, |reply| crate::output::text(reply, "access_token"));
    Ok(())
}

async fn activity(back_end: &BackEnd, limit: u32, json: bool) -> Result<(), Failure> {
    let reply = back_end.json("activity_list", ActivityList { limit }).await?;
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

async fn doctor(
    back_end: &BackEnd,
    app: Option<String>,
    origin: Option<String>,
    json: bool,
) -> Result<(), Failure> {
    back_end.unlock().await?;
    let application = match app {
        Some(name) => Some(back_end.application(&name).await?.id),
        None => None,
    };
    let report: DoctorReport = back_end.get("doctor", DoctorRequest { application, origin }).await?;
    let reply: Value = json!({ "ok": report.ok, "items": report.items });
    show(json, &reply, |_| {
        let lines = report.items.iter().map(|item| {
            let mark = match item.verdict {
                Verdict::Ok => "ok      ",
                Verdict::Warning => "warning ",
                Verdict::Problem => "PROBLEM ",
            };
            format!("{mark} {} {}", item.message, item.hint).trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    if report.ok {
        Ok(())
    } else {
        Err(Failure::input("Something stands in the way.", "Mend the problems above."))
    }
}
