//! A data directory with a keyring beside it, both on the disk, so that they outlive a process that is ended.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use domain::{
    ApplicationKind, ApplicationName, BaseUrl, NoRandom, Provider, ProviderId, ProviderKind, ProviderName,
    Random, Timestamp,
};
use uuid::Uuid;
use vault::{
    Acting, Binding, CustodyKind, CustodyState, KeyStore, KeyStoreError, Options, Passphrase, ProviderKey,
    SealedKey, Vault, VaultError, Who, faults,
};
use zeroize::Zeroizing;

pub(crate) const UNTIL: Timestamp = Timestamp(100);
const PATIENCE: Duration = Duration::from_secs(5);

struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandom> {
        for chunk in bytes.chunks_mut(16) {
            chunk.copy_from_slice(&Uuid::new_v4().as_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// A keyring that is a folder. Each question is a step, and so is the moment after each change.
struct FolderKeyring(PathBuf);

impl FolderKeyring {
    fn step(name: &str) -> Result<(), KeyStoreError> {
        if faults::step(name) { Ok(()) } else { Err(KeyStoreError::Failed) }
    }
}

impl KeyStore for FolderKeyring {
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        Self::step("keyring: get")?;
        fs::read(self.0.join(name)).map(Zeroizing::new).map_err(|_| KeyStoreError::NoEntry)
    }

    fn put(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        Self::step("keyring: put")?;
        fs::write(self.0.join(name), secret).unwrap();
        Self::step("keyring: put is done")
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        Self::step("keyring: delete")?;
        fs::remove_file(self.0.join(name)).map_err(|_| KeyStoreError::NoEntry)?;
        Self::step("keyring: delete is done")
    }
}

/// A data directory, its keyring, and the code of its recovery kit.
pub(crate) struct Desk(pub(crate) PathBuf);

/// All that counts of what is stored.
#[derive(Debug, PartialEq)]
pub(crate) struct View {
    state: CustodyState,
    custody: CustodyKind,
    version: Option<u32>,
    kit: bool,
    providers: BTreeMap<String, Shown>,
    /// Vault keys in the keyring.
    entries: usize,
}

#[derive(Debug, PartialEq)]
struct Shown {
    active: bool,
    key: Option<String>,
    previous: Option<String>,
}

impl Desk {
    pub(crate) fn new(folder: &Path) -> Self {
        fs::create_dir_all(folder.join("keyring")).unwrap();
        Self(folder.to_owned())
    }

    pub(crate) fn copy_to(&self, folder: &Path) -> Self {
        copy(&self.0, folder);
        Self(folder.to_owned())
    }

    /// Opened, and unlocked where that is possible.
    pub(crate) fn open(&self) -> Vault {
        let keyring = Arc::new(FolderKeyring(self.0.join("keyring")));
        let started = Instant::now();
        let vault = loop {
            let keyring = Arc::clone(&keyring) as Arc<dyn KeyStore>;
            let options = Options::new(None, Arc::new(SystemRandom)).keyring(keyring);
            match Vault::open(&self.0.join("data"), options) {
                // A process that another test has just begun to start holds our files until it is a program.
                Err(VaultError::InUse { .. }) if started.elapsed() < PATIENCE => thread::yield_now(),
                opened => break opened.unwrap(),
            }
        };
        vault.unlock(Some(passphrase()));
        vault
    }

    pub(crate) fn empty_keyring(&self) {
        fs::remove_dir_all(self.0.join("keyring")).unwrap();
        fs::create_dir(self.0.join("keyring")).unwrap();
    }

    pub(crate) fn keep_code(&self, code: &str) {
        fs::write(self.0.join("code"), code).unwrap();
    }

    pub(crate) fn code(&self) -> Vec<u8> {
        fs::read(self.0.join("code")).unwrap()
    }

    /// What a new start finds. Whatever was left undone must be finished, and the audit chain whole.
    pub(crate) fn view(&self) -> View {
        let vault = self.open();
        let status = vault.status().unwrap();
        let opener = vault.opener();
        let show = |binding: &Binding, sealed: &SealedKey| {
            let opener = opener.as_ref()?;
            let opened = opener.open(sealed, binding).expect("a sealed key does not open");
            Some(opened.expose(str::to_owned))
        };
        let providers = vault.providers().unwrap().into_iter().map(|stored| {
            let binding = Binding::of(&stored.provider);
            let shown = Shown {
                active: stored.provider.active,
                key: stored.key.and_then(|sealed| show(&binding, &sealed)),
                previous: stored.previous.and_then(|previous| show(&binding, &previous.sealed)),
            };
            (stored.provider.name.as_str().to_owned(), shown)
        });
        let providers = providers.collect();
        if status.state == CustodyState::Open {
            assert!(!status.unfinished, "something was left undone");
            assert_eq!(vault.verify_audit().unwrap().broken, None);
        }
        // A vault key that was put for a first act which never came is written over by the next one.
        let entries = match status.state {
            CustodyState::Empty => 0,
            _ => fs::read_dir(self.0.join("keyring")).unwrap().count(),
        };
        let (state, custody, version) = (status.state, status.custody, status.key_version);
        View { state, custody, version, kit: status.kit_made.is_some(), providers, entries }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

pub(crate) fn passphrase() -> Passphrase {
    Passphrase::from_bytes(Zeroizing::new(b"correct horse".to_vec())).unwrap()
}

pub(crate) fn by(vault: &Vault) -> Acting<'_> {
    vault.by(Who::Window, Timestamp(1))
}

pub(crate) fn key(text: &str) -> ProviderKey {
    ProviderKey::from_bytes(Zeroizing::new(text.as_bytes().to_vec())).unwrap()
}

pub(crate) fn add_application(vault: &Vault) {
    let name = ApplicationName::try_from("Mailer".to_owned()).unwrap();
    by(vault).add_application(name, ApplicationKind::Email, vec![]).unwrap();
}

/// Adds a provider of this name, whose key is made of it.
pub(crate) fn add(vault: &Vault, name: &str) -> Result<(), vault::KeyActError> {
    let key = key(&format!("sk-first-of-{name}-0123456789"));
    let provider = Provider {
        id: ProviderId(Uuid::now_v7()),
        application: vault.applications().unwrap().remove(0).id,
        name: ProviderName::try_from(name.to_owned()).unwrap(),
        kind: ProviderKind::try_from("openai".to_owned()).unwrap(),
        base_url: BaseUrl::parse("https://api.openai.com/v1").unwrap(),
        model: None,
        options: domain::ProviderOptions::default(),
        plain_http_allowed: false,
        key_tail: Some(key.tail()),
        active: true,
        created: Timestamp(2),
    };
    by(vault).add_provider(&provider, Some(&key))
}

pub(crate) fn id(vault: &Vault, name: &str) -> ProviderId {
    let all = vault.providers().unwrap();
    all.iter().find(|stored| stored.provider.name.as_str() == name).unwrap().provider.id
}
