//! The use cases of AddOn Console, and the one command table that window, command line and tests all call.
//!
//! This is the only place where vault, providers and proxy meet. It knows no window and no terminal; what only a
//! face can do (clipboard, browser) it asks of a [`Host`].

mod addons;
pub mod api;
mod applications;
mod certificates;
mod command_table;
pub mod control;
mod dispatch;
mod doctor;
mod failures;
mod host;
mod keys;
mod network;
mod port_owner;
mod preview;
mod process;
mod provider_tests;
mod providers;
mod proxying;
mod recorder;
mod session_list;
mod shelf;
mod snapshot;
mod system;

use std::path::PathBuf;
use std::sync::Arc;

use ::proxy::{Network, Running, Shared, Upstream};
use domain::{Clock, Random};
use tokio::sync::{Mutex, broadcast};
use vault::{Custody, Vault};

pub use ::proxy::{Retrying, Stage, StageReport};
pub use dispatch::COMMANDS;
pub use host::{Headless, Host};
pub use process::{harden, harden_headless};
pub use system::{OsRandom, SystemClock, default_data_dir};

use api::{ApiError, Event, ProxyStatus, VaultView};
use keys::StagedKeys;
use recorder::{Health, Recorder};

/// How a console is set up.
pub struct Options {
    /// The data directory; made when it is not there.
    pub data_dir: PathBuf,
    /// Where the vault key is kept.
    pub custody: Custody,
    /// What the face can do.
    pub host: Arc<dyn Host>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub random: Arc<dyn Random>,
    /// How often a call is tried again.
    pub retrying: Retrying,
}

/// The product without a face. Cheap to share; every method may be called from any task.
pub struct Console {
    vault: Arc<Vault>,
    custody: api::CustodyKind,
    host: Arc<dyn Host>,
    clock: Arc<dyn Clock>,
    events: broadcast::Sender<Event>,
    staged: StagedKeys,
    models: provider_tests::ModelLists,
    health: Arc<Health>,
    shared: Arc<Shared>,
    recorder: recorder::Writer,
    certificates: certificates::Certificates,
    proxy: Mutex<Proxying>,
    /// Changes of stored things are made one at a time, each with its new snapshot.
    changes: Mutex<()>,
}

/// The proxy, and what is said of it.
struct Proxying {
    running: Option<Running>,
    status: ProxyStatus,
}

impl Console {
    /// Opens the data directory. Needs a tokio runtime; does not touch the keyring: see [`Console::unlock`].
    pub async fn open(options: Options) -> Result<Arc<Self>, ApiError> {
        let custody = match &options.custody {
            Custody::Keyring => api::CustodyKind::Keyring,
            Custody::Passphrase(_) => api::CustodyKind::Passphrase,
        };
        let (dir, slot, random) = (options.data_dir, options.custody, Arc::clone(&options.random));
        let shelf = shelf::DiskShelf::new(&dir, Arc::clone(&options.random));
        let certificates = certificates::Certificates::new(&dir, Arc::clone(&options.random));
        let vault = system::blocking(move || Vault::open(&dir, vault::Options::new(slot, random))).await??;
        let vault = Arc::new(vault);
        let (events, _) = broadcast::channel(1024);
        let health = Arc::new(Health::default());
        let (recorder, writer) = Recorder::start(Arc::clone(&vault), events.clone(), Arc::clone(&health));
        // The stored settings follow below: with a CA file that has gone, a console must still open.
        let upstream =
            Upstream::new(&Network::default(), options.retrying).map_err(|_| failures::trust_roots())?;
        let shared = Arc::new(Shared::new(
            upstream,
            Box::new(shelf),
            Box::new(recorder),
            Arc::clone(&options.clock),
            Arc::clone(&options.random),
        ));
        let console = Arc::new(Self {
            vault,
            custody,
            host: options.host,
            staged: StagedKeys::new(Arc::clone(&options.clock)),
            clock: options.clock,
            events,
            models: provider_tests::ModelLists::default(),
            health,
            shared,
            recorder: writer,
            certificates,
            proxy: Mutex::new(Proxying { running: None, status: ProxyStatus::Stopped }),
            changes: Mutex::new(()),
        });
        console.refresh().await?;
        console.network_get(api::Nothing {}).await?;
        console.load_certificate().await?;
        Ok(console)
    }

    /// What the back end says unasked, from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Opens the vault with its custody slot; blocks no one, takes up to the keyring's time-out.
    pub async fn unlock(&self) -> Result<VaultView, ApiError> {
        let state = self.store(|vault| Ok::<_, ApiError>(vault.unlock())).await?;
        self.refresh().await?;
        let view = VaultView { state, custody: self.custody };
        self.tell(Event::Vault { vault: view });
        Ok(view)
    }

    /// Stops the proxy and writes what is still to be written.
    pub async fn close(&self) {
        let running = self.proxy.lock().await.running.take();
        if let Some(running) = running {
            running.stop().await;
        }
        self.recorder.flush().await;
    }

    /// Runs `work` on the store, away from the async workers.
    async fn store<R, E>(
        &self,
        work: impl FnOnce(&Vault) -> Result<R, E> + Send + 'static,
    ) -> Result<R, ApiError>
    where
        R: Send + 'static,
        E: Send + 'static,
        ApiError: From<E>,
    {
        let vault = Arc::clone(&self.vault);
        Ok(system::blocking(move || work(&vault)).await??)
    }

    fn tell(&self, event: Event) {
        // Nobody listening is fine.
        let _ = self.events.send(event);
    }
}
