//! What the desktop gives the console: the clipboard and the system's browser.

use console::Host;
use console::api::{ApiError, Code};
use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt as _;
use zeroize::Zeroizing;

pub(crate) struct Desktop(pub(crate) AppHandle);

impl Host for Desktop {
    fn clipboard(&self) -> Result<Zeroizing<Vec<u8>>, ApiError> {
        let text = arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get_text());
        text.map(|text| Zeroizing::new(text.into_bytes())).map_err(|_| {
            ApiError::new(
                Code::ClipboardEmpty,
                "There is no text on the clipboard.",
                "Copy the key first, or type it.",
            )
        })
    }

    fn open_link(&self, url: &str) -> Result<(), ApiError> {
        self.0.opener().open_url(url, None::<&str>).map_err(|_| {
            ApiError::new(
                Code::Unsupported,
                "No browser could be opened.",
                "Run `addonctl demo` and open its link yourself.",
            )
        })
    }
}

/// Says something to whoever started the program from a terminal.
pub(crate) fn complain(sentence: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{sentence}");
}
