//! Use cases of import: a preview first, held in memory; what was previewed is what is applied, or nothing is. Nothing that
//! a file does not name is touched, and a key goes to no other server than the one it belongs to.

mod acts;
mod check;
mod foreign;
mod plan;
mod read;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ::transfer::{Change, Document, Ignored, KeyEntry, ProviderSettings};
use domain::Clock;
use uuid::Uuid;
use vault::CustodyState;

use crate::api::{
    ApiError, Code, FileChoose, FileChosen, IgnoredItem, ImportFile, ImportId, ImportPreview, ImportRef,
    Nothing, Topic,
};
use crate::exporting::file_passphrase;
use crate::{Console, failures, system};

const LIFE: Duration = Duration::from_secs(10 * 60);
const HELD_MAX: usize = 4;
const TOPICS: &[Topic] = &[Topic::Applications, Topic::Addons, Topic::Providers, Topic::Network];

/// A file that was read and understood: what it asks for.
struct Import {
    settings: Asked,
    /// Keys, each with the place it belongs to.
    keys: Vec<KeyEntry>,
    /// What was left aside.
    ignored: Vec<(String, Ignored)>,
}

/// The settings that a file asks for.
enum Asked {
    Nothing,
    Document(Document),
    /// Providers by name, for one application.
    Providers {
        application: String,
        providers: BTreeMap<String, ProviderSettings>,
    },
}

struct Held {
    import: Import,
    /// What its preview said.
    shown: Vec<Change>,
    at: Duration,
}

/// Imports that were previewed and not applied yet.
pub(crate) struct Imports {
    held: Mutex<HashMap<ImportId, Held>>,
    clock: Arc<dyn Clock>,
}

impl Imports {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { held: Mutex::default(), clock }
    }

    fn put(&self, import: Import, shown: Vec<Change>) -> ImportId {
        let (id, at) = (ImportId(Uuid::new_v4()), self.clock.elapsed());
        self.with(|held| {
            while held.len() >= HELD_MAX {
                let oldest = held.iter().min_by_key(|(_, held)| held.at).map(|(id, _)| *id);
                oldest.map(|id| held.remove(&id));
            }
            held.insert(id, Held { import, shown, at });
        });
        id
    }

    fn take(&self, id: ImportId) -> Option<Held> {
        self.with(|held| held.remove(&id))
    }

    /// Forgets those whose time is over, now and not when somebody asks next: they may hold keys.
    pub(crate) fn expire(&self) {
        self.with(|_| ());
    }

    /// Forgets those with keys: the vault is being locked.
    pub(crate) fn forget_keys(&self) {
        self.with(|held| held.retain(|_, held| held.import.keys.is_empty()));
    }

    fn with<R>(&self, act: impl FnOnce(&mut HashMap<ImportId, Held>) -> R) -> R {
        let now = self.clock.elapsed();
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, held| now.saturating_sub(held.at) < LIFE);
        act(&mut held)
    }
}

impl Console {
    pub(crate) async fn import_preview(&self, file: ImportFile) -> Result<ImportPreview, ApiError> {
        let passphrase = file.passphrase.map(|id| self.secrets.take(id)).transpose()?;
        let passphrase = passphrase.map(file_passphrase).transpose()?;
        let (format, import) = system::blocking(move || read::read(&file, passphrase)).await??;
        let (import, plan) = self
            .store(move |vault| {
                let plan = plan::plan(vault, &import)?;
                Ok::<_, ApiError>((import, plan))
            })
            .await?;
        let ignored = import.ignored.iter().chain(&plan.ignored);
        let ignored = ignored.map(|(name, why)| IgnoredItem { name: name.clone(), why: *why }).collect();
        let changes = plan.changes.clone();
        Ok(ImportPreview { id: self.imports.put(import, plan.changes), format, changes, ignored })
    }

    pub(crate) async fn import_apply(&self, request: ImportRef) -> Result<Nothing, ApiError> {
        let held = self.imports.take(request.import).ok_or_else(old)?;
        let state = self.vault.state();
        if !held.import.keys.is_empty() && !matches!(state, CustodyState::Open | CustodyState::Empty) {
            // Unlocking is the way out, and then the same preview still counts.
            self.imports.with(|all| all.insert(request.import, held));
            return Err(failures::custody(state));
        }
        let at = self.clock.now();
        self.change(TOPICS, move |vault| {
            let plan = plan::plan(vault, &held.import)?;
            if plan.changes != held.shown {
                return Err(old());
            }
            acts::apply(vault, at, &plan, &held.import.keys)
        })
        .await?;
        // CA file and corporate proxy take effect at once; a bad one is said under Settings.
        self.network_get(Nothing {}).await?;
        Ok(Nothing {})
    }

    pub(crate) async fn file_choose(&self, request: FileChoose) -> Result<FileChosen, ApiError> {
        let host = Arc::clone(&self.host);
        let path = system::blocking(move || host.choose_file(request.purpose)).await??;
        let text = |path: std::path::PathBuf| {
            path.into_os_string().into_string().map_err(|_| {
                ApiError::new(Code::InvalidInput, "The file's name is not text in UTF-8.", "Rename it.")
            })
        };
        Ok(FileChosen { path: path.map(text).transpose()? })
    }

    pub(crate) async fn import_discard(&self, request: ImportRef) -> Result<Nothing, ApiError> {
        self.imports.take(request.import);
        Ok(Nothing {})
    }
}

fn old() -> ApiError {
    ApiError::new(
        Code::NotFound,
        "The preview was applied, is too old, or something changed since. Nothing was changed now.",
        "Look at the file again.",
    )
}
