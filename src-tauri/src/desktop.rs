//! What the desktop gives the console: the clipboard, the system's browser, its window for choosing a file.

use std::path::PathBuf;

use console::Host;
use console::api::{ApiError, Code, FilePurpose};
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt as _;
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

    fn choose_file(&self, purpose: FilePurpose) -> Result<Option<PathBuf>, ApiError> {
        let window = self.0.dialog().file();
        let chosen = match purpose {
            FilePurpose::Import => window.blocking_pick_file(),
            FilePurpose::Settings => {
                let json = window.add_filter("JSON", &["json"]);
                json.set_file_name("addon-console-settings.json").blocking_save_file()
            }
            FilePurpose::Tapes => {
                let tapes = window.add_filter("AddOn Console tapes", &["aoctapes"]);
                tapes.set_file_name("addon-console-tapes.aoctapes").blocking_save_file()
            }
        };
        // Only phones name files otherwise than by a path.
        Ok(chosen.and_then(|file| file.into_path().ok()))
    }
}

/// Says something to whoever started the program from a terminal.
pub(crate) fn complain(sentence: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{sentence}");
}
