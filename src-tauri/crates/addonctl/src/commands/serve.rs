//! `addonctl serve` and `addonctl demo`: the headless proxy, until a signal ends it.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use console::Console;
use console::api::{Activity, ApplicationRef, Nothing, PreviewLink, ProxyStart, ProxyStatus};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{broadcast, oneshot};

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
    let (end, ended) = oneshot::channel();
    let log = tokio::spawn(log(console.calls(), ended));
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
    let _ = end.send(());
    let _ = log.await;
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

/// How long lines gather: one write for all of them.
const GATHER: Duration = Duration::from_millis(50);

/// One line a call: what the activity row holds, which is metadata only. Ends when `ended` is, with nothing left.
async fn log(mut calls: broadcast::Receiver<Arc<Activity>>, mut ended: oneshot::Receiver<()>) {
    let mut over = false;
    while !over {
        let mut lines = Vec::new();
        tokio::select! {
            call = calls.recv() => match call {
                Ok(activity) => write(&mut lines, &activity),
                Err(RecvError::Lagged(calls)) => not_logged(&mut lines, calls),
                Err(RecvError::Closed) => over = true,
            },
            _ = &mut ended => over = true,
        }
        if !over {
            tokio::select! {
                () = tokio::time::sleep(GATHER) => {}
                _ = &mut ended => over = true,
            }
        }
        loop {
            match calls.try_recv() {
                Ok(activity) => write(&mut lines, &activity),
                Err(TryRecvError::Lagged(calls)) => not_logged(&mut lines, calls),
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        // A terminal can be slow, or stopped.
        let _ = tokio::task::spawn_blocking(move || std::io::stderr().write_all(&lines)).await;
    }
}

fn not_logged(lines: &mut Vec<u8>, calls: u64) {
    let _ = writeln!(lines, "{}", json!({ "event": "not-logged", "calls": calls }));
}

fn write(lines: &mut Vec<u8>, activity: &Activity) {
    #[derive(Serialize)]
    struct Line<'a> {
        event: &'static str,
        activity: &'a Activity,
    }
    let line = Line { event: "call", activity };
    if serde_json::to_writer(&mut *lines, &line).is_ok() {
        lines.push(b'\n');
    }
}
