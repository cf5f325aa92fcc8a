//! The desktop shell: a window, a clipboard, a browser. Every rule lives in `console`; nothing here decides anything.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod commands;
mod desktop;
mod window;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use console::api::{ApiError, ProxyStart};
use console::{Console, OsRandom, SystemClock};
use tauri::Manager as _;
use zeroizing_alloc::ZeroAlloc;

use arguments::Arguments;
use desktop::Desktop;

/// Wipes every allocation as it is freed: a key leaves no copy behind in memory that is used again.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

/// How long a keyring may wait for its owner's password. The window says so meanwhile, and waits for nothing.
const PATIENCE: Duration = Duration::from_secs(120);

/// The back end, or why there is none; the window opens either way and shows it.
pub(crate) struct BackEnd(pub(crate) Result<Arc<Console>, ApiError>);

fn main() -> ExitCode {
    console::harden();
    let arguments = Arguments::read();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::show(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let back_end = tauri::async_runtime::block_on(open(app.handle().clone(), arguments));
            if let Ok(console) = &back_end {
                window::forward_events(app.handle(), console);
            }
            app.manage(BackEnd(back_end));
            window::open(app)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    let Ok(app) = built else {
        desktop::complain(
            "AddOn Console cannot open a window. Without a display, use `addonctl serve` or `addonctl demo`.",
        );
        return ExitCode::FAILURE;
    };
    app.run(|app, event| {
        if let tauri::RunEvent::Exit = event
            && let Ok(console) = &app.state::<BackEnd>().0
        {
            tauri::async_runtime::block_on(console.close());
        }
    });
    ExitCode::SUCCESS
}

async fn open(app: tauri::AppHandle, arguments: Arguments) -> Result<Arc<Console>, ApiError> {
    let data_dir = arguments.data_dir()?;
    let console = Console::open(console::Options {
        data_dir: data_dir.clone(),
        face: vault::Who::Window,
        custody: None,
        patience: PATIENCE,
        host: Arc::new(Desktop(app)),
        clock: Arc::new(SystemClock::default()),
        random: Arc::new(OsRandom),
        retrying: console::Retrying::default(),
    })
    .await?;
    // Without the socket the window still works; only `addonctl` must wait until it is closed.
    if console::control::serve(Arc::clone(&console), &data_dir).is_err() {
        desktop::complain("The control socket cannot be opened: addonctl cannot reach this window.");
    }
    console.watch_suspend();
    let (unlocking, port) = (Arc::clone(&console), arguments.port);
    // A keyring may ask its owner first: the window must not wait for that. Failures reach it as events.
    tauri::async_runtime::spawn(async move {
        let _ = unlocking.proxy_start(ProxyStart { port }).await;
        let _ = unlocking.unlock().await;
    });
    Ok(console)
}
