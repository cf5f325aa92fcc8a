//! The operating system's keyring, on a thread of its own: a locked keyring may never answer, and must not take an
//! async worker or the runtime's end with it. Errors of the library are turned into ours at once: some hold secrets.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

use super::{KeyStore, KeyStoreError};

const SERVICE: &str = "addon-console";

type Job = Box<dyn FnOnce() + Send>;

/// The keyring of whoever runs this program.
pub struct OsKeyring {
    jobs: mpsc::Sender<Job>,
    patience: Duration,
}

impl OsKeyring {
    /// A keyring that is given `patience` to answer each question.
    #[must_use]
    pub fn new(patience: Duration) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        // Without the thread every question runs into a closed channel, which reads as "unavailable".
        let _ = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            for job in queue {
                job();
            }
        });
        Self { jobs, patience }
    }

    /// Asks on the keyring's thread. A question that is not answered in time stays there alone.
    fn ask<R: Send + 'static>(
        &self,
        name: &str,
        question: impl FnOnce(&Entry) -> keyring_core::Result<R> + Send + 'static,
    ) -> Result<R, KeyStoreError> {
        let name = name.to_owned();
        let (answer, answered) = mpsc::sync_channel(1);
        // A new store and a new handle each time: a read after a write must come from the keyring itself.
        let job = Box::new(move || {
            let reply = open_store()
                .and_then(|store| store.build(SERVICE, &name, None))
                .and_then(|entry| question(&entry))
                .map_err(|error| sort(&error));
            let _ = answer.send(reply);
        });
        self.jobs.send(job).map_err(|_| KeyStoreError::Unavailable)?;
        answered.recv_timeout(self.patience).unwrap_or_else(|error| {
            Err(match error {
                RecvTimeoutError::Timeout => KeyStoreError::NoAnswer,
                RecvTimeoutError::Disconnected => KeyStoreError::Failed,
            })
        })
    }
}

impl KeyStore for OsKeyring {
    fn get(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyStoreError> {
        self.ask(name, |entry| entry.get_secret().map(Zeroizing::new))
    }

    fn put(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        let secret = Zeroizing::new(secret.to_vec());
        self.ask(name, move |entry| entry.set_secret(&secret))
    }
}

/// Never by `{:?}`: `BadEncoding` and `BadDataFormat` would print what they hold.
fn sort(error: &Error) -> KeyStoreError {
    match error {
        Error::NoEntry => KeyStoreError::NoEntry,
        Error::NoStorageAccess(_) => KeyStoreError::Locked,
        Error::PlatformFailure(_) | Error::NoDefaultStore | Error::NotSupportedByStore(_) => {
            KeyStoreError::Unavailable
        }
        _ => KeyStoreError::Failed,
    }
}

#[cfg(target_os = "linux")]
fn open_store() -> keyring_core::Result<Arc<dyn CredentialStoreApi>> {
    dbus_secret_service_keyring_store::Store::new().map(|store| store as Arc<dyn CredentialStoreApi>)
}

#[cfg(not(target_os = "linux"))]
fn open_store() -> keyring_core::Result<Arc<dyn CredentialStoreApi>> {
    // No store for this system is built in yet; it reads as a missing keyring, which is what it is.
    Err(Error::NoDefaultStore)
}
