//! Settings and keys as files. Pure: bytes in, values out; no file, clock, vault or network.
//!
//! Whatever is read here may have been made by somebody else to do harm: every reader is bounded in size and depth, and
//! none reads anything but the bytes it was given (no environment, no include, no variable).

mod difference;
mod document;
mod env_file;
#[cfg(any(test, fuzzing))]
#[allow(clippy::panic)]
pub mod fuzzing;
mod keys_file;
mod litellm;
mod settings;
mod tapes_file;

pub use difference::{Change, FieldChange, Outcome, Subject, difference};
pub use document::Document;
pub use env_file::read_env;
pub use keys_file::{KeyEntry, is_keys_file, open_keys, seal_keys};
pub use litellm::read_litellm;
pub use settings::{AddOnSettings, ApplicationSettings, ConsoleSettings, ProviderSettings, Settings};
pub use tapes_file::{TAPES_FILE_MAX, TapesFile, open_tapes, seal_tapes};

use zeroize::Zeroizing;

/// Larger files are refused before anything reads them: 4 MiB.
pub const FILE_MAX: usize = 4 * 1024 * 1024;

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransferError {
    /// Larger than [`FILE_MAX`].
    #[error("the file is larger than 4 MiB")]
    TooLarge,
    /// Larger than a set of tapes may be.
    #[error("the tapes are larger than 64 MiB, or more than 10,000")]
    TapesTooLarge,
    /// Not text in UTF-8.
    #[error("the file is not text in UTF-8")]
    NotText,
    /// Not what it should be; the line, where one can be named.
    #[error("the file is not well-formed")]
    Malformed {
        /// From 1.
        line: Option<usize>,
    },
    /// A format, or a version of ours, that is not known.
    #[error("the file's format is not known")]
    UnknownFormat,
    /// The passphrase is another, or the file was changed.
    #[error("the passphrase does not open the file")]
    WrongPassphrase,
    /// Opening it would take more work than any honest file asks for.
    #[error("the file asks for too much work")]
    TooMuchWork,
}

/// What a foreign file says of one provider.
pub struct Proposal {
    /// What to call it.
    pub name: String,
    /// The provider type's word.
    pub kind: String,
    /// Its server, where the file names one.
    pub base_url: Option<String>,
    /// Model or deployment.
    pub model: Option<String>,
    /// What else its type takes, such as `api-version`.
    pub options: Vec<(String, String)>,
    /// Its key, where the file holds it. Wiped when dropped.
    pub key: Option<Zeroizing<String>>,
}

/// What a foreign file says in all.
#[derive(Default)]
pub struct Proposals {
    /// Providers, in the file's order.
    pub providers: Vec<Proposal>,
    /// What was left aside, by its name in the file, and why. Never a value.
    pub ignored: Vec<(String, Ignored)>,
}

/// Why something in a file was left aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Ignored {
    /// No name this program knows.
    UnknownName,
    /// A line that is no assignment.
    NoAssignment,
    /// It stands in an environment, or in a `.env` file that was not given; environments are not read.
    InEnvironment,
    /// A provider this program has no adapter for.
    UnknownProvider,
    /// No provider of this name, type and server: import the settings first.
    NoSuchProvider,
    /// The same once more.
    Repeated,
    /// A value breaks a rule.
    InvalidValue,
    /// The file does not say what its type cannot do without: a model, a deployment or its server.
    Incomplete,
}

/// A name from a file as it may be shown: it cannot move a terminal's cursor, turn the text around, or fill the screen.
#[must_use]
pub fn shown(name: &str) -> String {
    harmless(name).chars().take(NAME_MAX).collect()
}

/// Text without characters that do something instead of being seen.
#[must_use]
pub fn harmless(text: &str) -> String {
    let acts = |symbol: char| {
        symbol.is_control()
            || matches!(symbol, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().map(|symbol| if acts(symbol) { '\u{fffd}' } else { symbol }).collect()
}

/// Whether bytes are what an export of this console writes, as it was or edited since.
#[must_use]
pub fn is_export(bytes: &[u8]) -> bool {
    let settings =
        |text: &str| text.trim_start().starts_with('{') && text.contains("\"addon-console/settings/v");
    is_keys_file(bytes) || text(bytes).is_ok_and(settings)
}

/// As long as the longest name the product has.
const NAME_MAX: usize = 80;

fn text(bytes: &[u8]) -> Result<&str, TransferError> {
    if bytes.len() > FILE_MAX {
        return Err(TransferError::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| TransferError::NotText)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}
