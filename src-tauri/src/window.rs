//! The one window, and the events it hears.

use std::sync::Arc;

use console::Console;
use console::api::{Event, Topic};
use tauri::{App, AppHandle, Emitter as _, Manager as _, WebviewUrl, WebviewWindowBuilder};
use tokio::sync::broadcast::error::RecvError;

const LABEL: &str = "main";
/// The one event name; which event it is stands in its `type`.
const EVENT: &str = "console";

/// Opens the window. It shows its own files and nothing else, ever.
pub(crate) fn open(app: &App) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("AddOn Console")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0)
        .on_navigation(|url| matches!(url.scheme(), "tauri") || url.host_str() == Some("tauri.localhost"))
        .disable_drag_drop_handler()
        .build()?;
    Ok(())
}

/// Brings the window to the front, for whoever started the program a second time.
pub(crate) fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Hands the back end's events to the window.
pub(crate) fn forward_events(app: &AppHandle, console: &Arc<Console>) {
    let (app, mut events) = (app.clone(), console.events());
    tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => tell(&app, &event),
                // Some were missed: whatever they said, reading everything again covers it.
                Err(RecvError::Lagged(_)) => {
                    for topic in Topic::ALL {
                        tell(&app, &Event::Changed { topic });
                    }
                }
                Err(RecvError::Closed) => return,
            }
        }
    });
}

fn tell(app: &AppHandle, event: &Event) {
    // A window that is just closing needs no news.
    let _ = app.emit_to(LABEL, EVENT, event);
}
