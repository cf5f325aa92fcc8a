//! Each command: reach a console, call it, print what it says.

mod addon;
mod app;
mod cert;
mod faults;
mod files;
mod limits;
mod network;
mod port;
mod provider;
mod serve;
mod session;
mod tapes;
mod vault;
mod watch;

use console::api::{DoctorReport, DoctorRequest, TokenIssue, Verdict};
use serde_json::{Value, json};

use crate::arguments::{Arguments, Command};
use crate::back_end::BackEnd;
use crate::failure::Failure;
use crate::output::show;

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
        Command::Activity { command, limit } => watch::activity(&back_end, command, limit, json).await,
        Command::Metrics(command) => watch::metrics(&back_end, command, json).await,
        Command::Limit(command) => limits::limit(&back_end, command, json).await,
        Command::Tape(command) => tapes::run(&back_end, command, json).await,
        Command::Usage(command) => limits::usage(&back_end, command, json).await,
        Command::Fault(command) => faults::run(&back_end, command, json).await,
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
