//! A data directory, the real `addonctl` on it, and a reader that opens what is stored with the vault crate.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use console::OsRandom;
use tempfile::TempDir;
use vault::{Binding, Custody, CustodyState, OpenError, Options, Passphrase, Vault};
use zeroize::Zeroizing;

pub(crate) const APP: &str = "Mailer";
const PASSPHRASE: &str = "correct horse";

/// Where the vault key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Passphrase,
    Keyring,
}

pub(crate) struct Desk {
    pub(crate) slot: Slot,
    folder: TempDir,
    data: PathBuf,
}

/// What a provider's stored key came to.
pub(crate) type Opened = BTreeMap<String, Result<String, OpenError>>;

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
        std::fs::write(desk.folder.path().join("passphrase"), PASSPHRASE).unwrap();
        let added = desk.command(&["app", "add", APP, "--type", "email"]).output().unwrap();
        assert!(added.status.success(), "{added:?}");
        desk
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.data.clone()
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
            Slot::Passphrase => command
                .args(["--custody", "passphrase", "--passphrase-file"])
                .arg(self.folder.path().join("passphrase")),
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
            Slot::Passphrase => Custody::Passphrase(
                Passphrase::from_bytes(Zeroizing::new(PASSPHRASE.as_bytes().to_vec())).unwrap(),
            ),
        };
        let vault = Vault::open(&self.data(), Options::new(custody, Arc::new(OsRandom))).unwrap();
        let state = vault.unlock();
        let rows = vault.providers().unwrap();
        if rows.is_empty() {
            assert!(matches!(state, CustodyState::Empty | CustodyState::Open), "{state:?}");
            return Opened::new();
        }
        assert_eq!(state, CustodyState::Open);
        let opener = vault.opener().unwrap();
        let open = |(provider, sealed): (domain::Provider, Option<vault::SealedKey>)| {
            let sealed = sealed.unwrap_or_else(|| panic!("{} was blanked", provider.name.as_str()));
            let opened = opener.open(&sealed, &Binding::of(&provider));
            (provider.name.as_str().to_owned(), opened.map(|key| key.expose(str::to_owned)))
        };
        rows.into_iter().map(open).collect()
    }
}
