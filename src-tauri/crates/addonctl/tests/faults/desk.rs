//! A data directory, the real `addonctl` on it, and a reader that opens what is stored with the vault crate.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use console::OsRandom;
use tempfile::TempDir;
use vault::{Binding, Custody, CustodyState, OpenError, Options, Vault};

pub(crate) const APP: &str = "Mailer";

/// Where the vault key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    KeyFile,
    Keyring,
}

pub(crate) struct Desk {
    pub(crate) slot: Slot,
    folder: TempDir,
    data: PathBuf,
}

/// A provider's key, and the one before while that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keys<T> {
    pub(crate) current: T,
    pub(crate) previous: Option<T>,
}

/// What each provider's stored keys came to, and the version of the vault key.
#[derive(Default)]
pub(crate) struct Opened {
    pub(crate) keys: BTreeMap<String, Keys<Result<String, OpenError>>>,
    pub(crate) version: Option<u32>,
}

/// What they should come to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub(crate) keys: BTreeMap<String, Keys<String>>,
    pub(crate) version: Option<u32>,
}

pub(crate) fn agree(opened: &Opened, known: &Known) -> bool {
    let good = |opened: &Keys<Result<String, OpenError>>, known: &Keys<String>| {
        opened.current.as_ref() == Ok(&known.current)
            && opened.previous.clone().transpose().as_ref() == Ok(&known.previous)
    };
    opened.version == known.version
        && opened.keys.len() == known.keys.len()
        && opened.keys.iter().all(|(name, keys)| known.keys.get(name).is_some_and(|known| good(keys, known)))
}

impl Desk {
    pub(crate) fn new(slot: Slot) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        Self::make(slot, folder, data)
    }

    /// With its data directory somewhere else.
    pub(crate) fn in_folder(slot: Slot, data: PathBuf) -> Self {
        Self::make(slot, tempfile::tempdir().unwrap(), data)
    }

    fn make(slot: Slot, folder: TempDir, data: PathBuf) -> Self {
        let desk = Self { slot, folder, data };
        let added = desk.command(&["app", "add", APP, "--type", "email"]).output().unwrap();
        assert!(added.status.success(), "{added:?}");
        desk
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.data.clone()
    }

    fn key_file(&self) -> PathBuf {
        self.data.with_extension("keys")
    }

    /// Leaves everything on the disk, to be looked at.
    pub(crate) fn keep(&self) -> PathBuf {
        let kept = std::env::temp_dir().join(format!("crash-{}", std::process::id()));
        let copied = Command::new("cp").arg("-a").arg(self.folder.path()).arg(&kept).status();
        assert!(copied.unwrap().success());
        kept
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        self.through(&[], words)
    }

    /// Runs through another program, which takes ours as its last arguments.
    fn through(&self, wrapper: &[&str], words: &[&str]) -> Command {
        let program = env!("CARGO_BIN_EXE_addonctl");
        let mut command = match wrapper {
            [] => Command::new(program),
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
        };
        command.arg("--json").arg("--data-dir").arg(self.data());
        match self.slot {
            Slot::Keyring => command.args(["--custody", "keyring"]),
            Slot::KeyFile => command.args(["--custody", "key-file", "--key-file"]).arg(self.key_file()),
        };
        command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs to its end, with `key` on its standard input.
    pub(crate) fn run_through(&self, wrapper: &[&str], words: &[&str], key: Option<&str>) -> Output {
        let mut command = self.through(wrapper, words);
        self.give(&mut command, key);
        command.output().unwrap()
    }

    /// A file beside the data directory.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    /// Starts an act, with `key` on its standard input.
    pub(crate) fn start(&self, words: &[String], key: Option<&str>) -> Child {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut command = self.command(&words);
        self.give(&mut command, key);
        command.spawn().unwrap()
    }

    /// By a file, so that the key is there whenever it is read.
    fn give(&self, command: &mut Command, key: Option<&str>) {
        if let Some(key) = key {
            let path = self.folder.path().join("key");
            std::fs::write(&path, key).unwrap();
            command.stdin(File::open(path).unwrap());
        }
    }

    /// Opens everything as the product would.
    pub(crate) fn read(&self) -> Opened {
        let custody = match self.slot {
            Slot::Keyring => Custody::Keyring,
            Slot::KeyFile => Custody::KeyFile(self.key_file()),
        };
        let vault = Vault::open(&self.data(), Options::new(custody, Arc::new(OsRandom))).unwrap();
        let state = vault.unlock(None);
        let rows = vault.providers().unwrap();
        let status = vault.status().unwrap();
        let version = status.key_version;
        if rows.is_empty() {
            assert!(matches!(state, CustodyState::Empty | CustodyState::Open), "{state:?}");
            return Opened { version, ..Opened::default() };
        }
        // Damaged: a record that does not open is named by what it opens to.
        assert!(matches!(state, CustodyState::Open | CustodyState::Damaged), "{state:?}");
        assert!(!status.unfinished, "something was left undone");
        let opener = vault.opener().unwrap();
        let open = |stored: vault::StoredProvider| {
            let binding = Binding::of(&stored.provider);
            let open = |sealed| opener.open(&sealed, &binding).map(|key| key.expose(str::to_owned));
            let name = stored.provider.name.as_str().to_owned();
            let current = open(stored.key.unwrap_or_else(|| panic!("{name} was blanked")));
            (name, Keys { current, previous: stored.previous.map(|previous| open(previous.sealed)) })
        };
        Opened { keys: rows.into_iter().map(open).collect(), version }
    }
}
