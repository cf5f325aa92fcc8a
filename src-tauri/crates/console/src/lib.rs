//! The use cases of AddOn Console, and the one command table that window, command line and tests all call.
//!
//! This is the only place where vault, providers and proxy meet. It knows no window and no terminal; what only a
//! face can do (clipboard, browser) it asks of a [`Host`].

mod actor;
mod addons;
pub mod api;
mod applications;
mod certificates;
mod command_table;
pub mod control;
mod dispatch;
mod doctor;
mod exporting;
mod failures;
mod faults;
mod host;
mod housekeeping;
mod importing;
mod keys;
mod kit;
mod limiting;
mod limits;
mod network;
mod port_owner;
mod preview;
mod prices;
mod process;
mod provider_tests;
mod providers;
mod proxying;
mod recorder;
mod secrets;
mod session_list;
mod shelf;
mod snapshot;
mod suspend;
mod system;
mod tapes;
mod transfer_files;
mod usage;
mod vaulting;
mod watching;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use ::proxy::{Network, Running, Shared, Upstream};
use domain::{Clock, Random};
use tokio::sync::{Mutex, broadcast};
use vault::{Custody, OsKeyring, Vault, Who};

pub use ::proxy::{Retrying, Stage, StageReport};
pub use dispatch::COMMANDS;
pub use failures::explained;
pub use host::{Headless, Host};
pub use process::{harden, harden_headless};
pub use system::{OsRandom, SystemClock, default_data_dir};

use api::{ApiError, Event, ProxyStatus};
use housekeeping::LastUse;
use keys::StagedKeys;
use recorder::{Health, Recorder, Told};
use secrets::StagedSecrets;

/// How a console is set up.
pub struct Options {
    /// The data directory; made when it is not there.
    pub data_dir: PathBuf,
    /// Which face this is, for the audit chain.
    pub face: Who,
    /// Where the vault key is kept; `None`: where it is, and for a new vault the keyring.
    pub custody: Option<Custody>,
    /// How long a keyring may take to answer.
    pub patience: Duration,
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
    data_dir: PathBuf,
    face: Who,
    host: Arc<dyn Host>,
    clock: Arc<dyn Clock>,
    events: broadcast::Sender<Event>,
    calls: broadcast::Sender<Arc<api::Activity>>,
    staged: StagedKeys,
    secrets: StagedSecrets,
    imports: importing::Imports,
    kit_files: Mutex<Option<api::KitFiles>>,
    last_fault: faults::LastFault,
    last_tape: faults::LastFault,
    deck: tapes::Deck,
    last_use: Arc<LastUse>,
    /// Somebody asks the custody slot, and if that takes long: everybody is told.
    asking: AtomicBool,
    waiting: AtomicBool,
    models: provider_tests::ModelLists,
    health: Arc<Health>,
    shared: Arc<Shared>,
    recorder: recorder::Writer,
    keeping: Arc<watching::Keeping>,
    limits: limits::Keeper,
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
        process::outlive_size_limit();
        let (dir, slot, random) = (options.data_dir.clone(), options.custody, Arc::clone(&options.random));
        let shelf = shelf::DiskShelf::new(&dir, Arc::clone(&options.random));
        let certificates = certificates::Certificates::new(&dir, Arc::clone(&options.random));
        let keyring = Arc::new(OsKeyring::new(options.patience));
        let opening = move || Vault::open(&dir, vault::Options::new(slot, random).keyring(keyring));
        let vault = system::blocking(opening).await??;
        let vault = Arc::new(vault);
        let opening = Arc::clone(&vault);
        let (limits, counting) = system::blocking(move || limits::Keeper::open(&opening)).await??;
        tokio::spawn(counting);
        let (events, _) = broadcast::channel(1024);
        let health = Arc::new(Health::default());
        let (chores, to_do) = housekeeping::queue();
        let keeping = Arc::new(watching::Keeping::default());
        let (calls, _) = broadcast::channel(8192);
        let last_use = Arc::new(LastUse::new(Arc::clone(&options.clock)));
        let told = Told {
            events: events.clone(),
            calls: calls.clone(),
            health: Arc::clone(&health),
            keeping: Arc::clone(&keeping),
            last_use: Arc::clone(&last_use),
            housekeeping: chores,
        };
        let (recorder, writer) = Recorder::start(Arc::clone(&vault), told);
        // The stored settings follow below: with a CA file that has gone, a console must still open.
        let upstream =
            Upstream::new(&Network::default(), options.retrying).map_err(|_| failures::trust_roots())?;
        let deck = tapes::Deck::new(Arc::clone(&vault), events.clone());
        let shared = Arc::new(Shared::new(
            upstream,
            Box::new(shelf),
            Box::new(limits.clone()),
            Box::new(deck.clone()),
            Box::new(recorder),
            Arc::clone(&options.clock),
            Arc::clone(&options.random),
        ));
        let console = Arc::new(Self {
            vault,
            data_dir: std::path::absolute(&options.data_dir).unwrap_or(options.data_dir),
            face: options.face,
            host: options.host,
            staged: StagedKeys::new(Arc::clone(&options.clock)),
            secrets: StagedSecrets::new(Arc::clone(&options.clock)),
            imports: importing::Imports::new(Arc::clone(&options.clock)),
            kit_files: Mutex::new(None),
            last_use,
            asking: AtomicBool::new(false),
            waiting: AtomicBool::new(false),
            last_fault: faults::LastFault::default(),
            last_tape: faults::LastFault::default(),
            deck,
            clock: options.clock,
            events,
            calls,
            models: provider_tests::ModelLists::default(),
            health,
            shared,
            recorder: writer,
            keeping,
            limits,
            certificates,
            proxy: Mutex::new(Proxying { running: None, status: ProxyStatus::Stopped }),
            changes: Mutex::new(()),
        });
        console.begin(to_do).await?;
        Ok(console)
    }

    /// Takes up what is stored, and begins what the console does by itself.
    async fn begin(
        self: &Arc<Self>,
        to_do: tokio::sync::mpsc::Receiver<housekeeping::Chore>,
    ) -> Result<(), ApiError> {
        self.refresh().await?;
        self.network_get(api::Nothing {}).await?;
        self.watch_as_stored().await?;
        housekeeping::start(self, to_do);
        self.load_certificate().await
    }

    /// What the back end says unasked, from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// The calls that end, from now on, and nothing else: for a log, which must not be woken by every step of a call.
    pub fn calls(&self) -> broadcast::Receiver<Arc<api::Activity>> {
        self.calls.subscribe()
    }

    /// Stops the proxy and writes what is still to be written.
    pub async fn close(&self) {
        let running = self.proxy.lock().await.running.take();
        if let Some(running) = running {
            running.stop().await;
        }
        self.recorder.flush().await;
        self.limits.flush().await;
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
