//! `addonctl serve` and `addonctl demo`: the headless proxy, until a signal ends it.

use std::sync::Arc;

use console::Console;
use console::api::{Activity, ApplicationRef, Event, Nothing, PreviewLink, ProxyStart, ProxyStatus};
use serde_json::{Value, json};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::broadcast::error::RecvError;

use crate::arguments::Global;
use crate::back_end::{data_dir, own};
use crate::failure::Failure;
use crate::output::say;

pub(crate) async fn serve(global: &Global, port: Option<u16>) -> Result<(), Failure> {
    let console = own(global).await?;
    run(global, console, port, false).await
}

pub(crate) async fn demo(global: &Global, port: Option<u16>) -> Result<(), Failure> {
    let console = own(global).await?;
    run(global, console, port, true).await
}

async fn run(global: &Global, console: Arc<Console>, port: Option<u16>, demo: bool) -> Result<(), Failure> {
    // Before anything is announced, so that a signal sent right after is not lost.
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return Err(Failure::system("The operating system refuses signals."));
    };
    // What cannot be opened now is said on standard error; calls that need it get its code.
    let vault = console.unlock().await?;
    eprintln!("{}", json!({ "event": "vault", "state": vault.state, "custody": vault.custody }));
    console.watch_suspend();
    let log = tokio::spawn(log(console.events()));
    let control = console::control::serve(Arc::clone(&console), &data_dir(global)?);
    if control.is_err() {
        // Most likely the directory's name is longer than a socket's may be (about 100 bytes).
        eprintln!(
            "{}",
            json!({ "event": "warning", "message": "no control socket: other addonctl calls must wait" })
        );
    }
    let status = console.proxy_start(ProxyStart { port }).await?;
    say(announcement(&console, &status, demo).await?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    if let Ok(control) = control {
        control.abort();
    }
    console.close().await;
    log.abort();
    Ok(())
}

async fn announcement(console: &Console, status: &ProxyStatus, demo: bool) -> Result<Value, Failure> {
    let ProxyStatus::Running { url, port, moved } = status else {
        return Err(Failure::system("The proxy is not running."));
    };
    let mut line = json!({ "event": "listening", "url": url, "port": port });
    if let Some(moved) = moved {
        // Said where scripts look and where people do.
        line["instead_of"] = json!(moved.from);
        eprintln!("{}", json!({ "event": "moved", "from": moved.from, "to": port, "owner": moved.owner }));
    }
    if demo {
        let application = console.demo_prepare(Nothing {}).await?;
        let link =
            console.call("preview_link", json!(ApplicationRef { application: application.id })).await?;
        let link: PreviewLink =
            serde_json::from_value(link).map_err(|_| Failure::system("The demo link is missing."))?;
        line["demo_url"] = json!(link.url);
        line["application"] = json!(application.name);
    }
    Ok(line)
}

/// One line a call: what the activity row holds, which is metadata only.
async fn log(mut events: tokio::sync::broadcast::Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(Event::Call { activity }) => eprintln!("{}", call(&activity)),
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

fn call(activity: &Activity) -> Value {
    json!({ "event": "call", "activity": activity })
}
