//! The operating system's keyring, on a thread of its own: a locked keyring may never answer, and must not take an
//! async worker or the runtime's end with it. Errors of the library are turned into ours at once: some hold secrets.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

use super::{KeyStore, KeyStoreError};

const SERVICE: &str = "addon-console";

type Job = Box<dyn FnOnce() + Send>;

/// How many threads may hang in a keyring that never answers. Beyond that it is not asked again.
const LOST_MAX: usize = 8;

/// The keyring of whoever runs this program.
pub struct OsKeyring {
    thread: Mutex<Option<mpsc::Sender<Job>>>,
    lost: AtomicUsize,
    patience: Duration,
}

impl OsKeyring {
    /// A keyring that is given `patience` to answer each question.
    #[must_use]
    pub fn new(patience: Duration) -> Self {
        Self { thread: Mutex::new(None), lost: AtomicUsize::new(0), patience }
    }

    /// Asks on the keyring's thread. A question that is not answered in time stays there alone: the next one gets a
    /// thread of its own.
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
        self.send(job)?;
        answered.recv_timeout(self.patience).unwrap_or_else(|error| {
            Err(match error {
                RecvTimeoutError::Timeout => {
                    self.lost.fetch_add(1, Ordering::Relaxed);
                    *self.thread.lock().unwrap_or_else(PoisonError::into_inner) = None;
                    KeyStoreError::NoAnswer
                }
                RecvTimeoutError::Disconnected => KeyStoreError::Failed,
            })
        })
    }

    fn send(&self, job: Job) -> Result<(), KeyStoreError> {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if thread.is_none() {
            if self.lost.load(Ordering::Relaxed) >= LOST_MAX {
                return Err(KeyStoreError::NoAnswer);
            }
            let (jobs, queue) = mpsc::channel::<Job>();
            let started = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
                for job in queue {
                    job();
                }
            });
            started.map_err(|_| KeyStoreError::Unavailable)?;
            *thread = Some(jobs);
        }
        let sent = thread.as_ref().map(|jobs| jobs.send(job));
        if matches!(sent, Some(Ok(()))) { Ok(()) } else { Err(KeyStoreError::Unavailable) }
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

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.ask(name, Entry::delete_credential)
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
