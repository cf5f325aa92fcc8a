//! A key store in memory whose failures are chosen, and short ways to a filled vault.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use domain::{
    Application, ApplicationKind, ApplicationName, BaseUrl, NoRandom, Provider, ProviderId, ProviderKind,
    ProviderName, Random, Timestamp,
};
use uuid::Uuid;
use vault::{Custody, KeyStore, KeyStoreError, Options, Passphrase, ProviderKey, Vault};
use zeroize::Zeroizing;

pub(crate) struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandom> {
        for chunk in bytes.chunks_mut(16) {
            chunk.copy_from_slice(&Uuid::new_v4().as_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[derive(Default)]
pub(crate) struct FakeKeyring {
    pub(crate) entries: Mutex<HashMap<String, Vec<u8>>>,
    pub(crate) fails: Mutex<Option<KeyStoreError>>,
    pub(crate) put_fails: Mutex<Option<KeyStoreError>>,
    pub(crate) delete_fails: Mutex<Option<KeyStoreError>>,
    /// What is read back differs from what was written.
    pub(crate) garbles: Mutex<bool>,
}

impl FakeKeyring {
    pub(crate) fn fail(&self, error: Option<KeyStoreError>) {
        *self.fails.lock().unwrap() = error;
    }

    pub(crate) fn copy(&self) -> HashMap<String, Vec<u8>> {
        self.entries.lock().unwrap().clone()
    }
}

impl KeyStore for FakeKeyring {
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        if let Some(error) = *self.fails.lock().unwrap() {
            return Err(error);
        }
        let mut found = self.entries.lock().unwrap().get(name).cloned().ok_or(KeyStoreError::NoEntry)?;
        if *self.garbles.lock().unwrap() {
            found[0] ^= 1;
        }
        Ok(Zeroizing::new(found))
    }

    fn put(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        if let Some(error) = self.put_fails.lock().unwrap().or(*self.fails.lock().unwrap()) {
            return Err(error);
        }
        self.entries.lock().unwrap().insert(name.to_owned(), secret.to_vec());
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        if let Some(error) = self.delete_fails.lock().unwrap().or(*self.fails.lock().unwrap()) {
            return Err(error);
        }
        self.entries.lock().unwrap().remove(name).map(|_| ()).ok_or(KeyStoreError::NoEntry)
    }
}

/// The vault in the window's hands, at a fixed time.
pub(crate) fn by(vault: &Vault) -> vault::Acting<'_> {
    vault.by(vault::Who::Window, Timestamp(1))
}

pub(crate) fn open(dir: &Path, keyring: &Arc<FakeKeyring>) -> Vault {
    try_open(dir, keyring).unwrap()
}

pub(crate) fn try_open(dir: &Path, keyring: &Arc<FakeKeyring>) -> Result<Vault, vault::VaultError> {
    let keyring = Arc::clone(keyring) as Arc<dyn KeyStore>;
    Vault::open(dir, Options::new(Custody::Keyring, Arc::new(SystemRandom)).keyring(keyring))
}

pub(crate) fn open_with_passphrase(dir: &Path, passphrase: &str) -> Vault {
    let passphrase = Passphrase::from_bytes(Zeroizing::new(passphrase.as_bytes().to_vec())).unwrap();
    Vault::open(dir, Options::new(Custody::Passphrase(Some(passphrase)), Arc::new(SystemRandom))).unwrap()
}

pub(crate) fn key(text: &str) -> ProviderKey {
    ProviderKey::from_bytes(Zeroizing::new(text.as_bytes().to_vec())).ok().unwrap()
}

pub(crate) fn application(vault: &Vault, name: &str) -> Application {
    let name = ApplicationName::try_from(name.to_owned()).unwrap();
    by(vault).add_application(name, ApplicationKind::Email, vec![]).unwrap().0
}

pub(crate) fn provider(application: &Application, name: &str, key: Option<&ProviderKey>) -> Provider {
    Provider {
        id: ProviderId(Uuid::now_v7()),
        application: application.id,
        name: ProviderName::try_from(name.to_owned()).unwrap(),
        kind: ProviderKind::try_from("openai".to_owned()).unwrap(),
        base_url: BaseUrl::parse("https://api.openai.com/v1").unwrap(),
        model: None,
        options: domain::ProviderOptions::default(),
        plain_http_allowed: false,
        key_tail: key.map(ProviderKey::tail),
        active: true,
        created: Timestamp(2),
    }
}

/// A vault with one application and one provider whose key is `text`.
pub(crate) fn filled(dir: &Path, keyring: &Arc<FakeKeyring>, text: &str) -> (Vault, Provider) {
    let vault = open(dir, keyring);
    let application = application(&vault, "Spring Mailer");
    let key = key(text);
    let provider = provider(&application, "OpenAI", Some(&key));
    by(&vault).add_provider(&provider, Some(&key)).unwrap();
    (vault, provider)
}

/// What the stored key of the only provider opens to.
pub(crate) fn opened(vault: &Vault) -> Result<String, vault::OpenError> {
    let stored = vault.providers().unwrap().remove(0);
    let binding = vault::Binding::of(&stored.provider);
    vault.opener().unwrap().open(&stored.key.unwrap(), &binding).map(|key| key.expose(str::to_owned))
}

/// Changes the database behind the vault's back.
pub(crate) fn sql(dir: &Path, statement: &str) {
    let connection = rusqlite::Connection::open(dir.join("addon-console.db")).unwrap();
    assert_eq!(connection.execute(statement, []).unwrap(), 1, "{statement}");
}
