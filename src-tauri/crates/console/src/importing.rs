//! Use cases of import: a preview first, held in memory; what was previewed is what is applied. Nothing that a file does not
//! name is touched, and a key goes to no other server than the one it was exported for.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ::transfer::{
    Change, FieldChange, Ignored, KeyEntry, Outcome, Proposal, Proposals, Settings, Subject, difference,
};
use domain::Clock;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::api::{
    ApiError, Code, IgnoredItem, ImportFile, ImportFormat, ImportId, ImportPreview, ImportRef, Topic,
};
use crate::exporting::{file_passphrase, refused, settings};
use crate::import_acts::{self, Target};
use crate::{Console, system, transfer_files};

const LIFE: Duration = Duration::from_secs(10 * 60);
const HELD_MAX: usize = 4;
const TOPICS: &[Topic] = &[Topic::Applications, Topic::Addons, Topic::Providers, Topic::Network];

/// A file that was read and understood.
pub(crate) enum Import {
    Settings(Box<Settings>),
    Keys(Vec<KeyEntry>),
    Providers { application: String, proposals: Vec<Proposal> },
}

/// Imports that were previewed and not applied yet.
pub(crate) struct Imports {
    held: Mutex<HashMap<ImportId, (Duration, Import)>>,
    clock: Arc<dyn Clock>,
}

impl Imports {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { held: Mutex::default(), clock }
    }

    fn put(&self, import: Import) -> ImportId {
        let (id, now) = (ImportId(Uuid::new_v4()), self.clock.elapsed());
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, (at, _)| now.saturating_sub(*at) < LIFE);
        while held.len() >= HELD_MAX {
            let oldest = held.iter().min_by_key(|(_, (at, _))| *at).map(|(id, _)| *id);
            oldest.map(|id| held.remove(&id));
        }
        held.insert(id, (now, import));
        id
    }

    fn take(&self, id: ImportId) -> Option<Import> {
        let now = self.clock.elapsed();
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.remove(&id).filter(|(at, _)| now.saturating_sub(*at) < LIFE).map(|(_, import)| import)
    }
}

impl Console {
    pub(crate) async fn import_preview(&self, file: ImportFile) -> Result<ImportPreview, ApiError> {
        let passphrase = file.passphrase.map(|id| self.secrets.take(id)).transpose()?;
        let passphrase = passphrase.map(file_passphrase).transpose()?;
        let (format, read) = system::blocking(move || read(&file, passphrase)).await??;
        let now = self.store(settings).await?;
        let (import, changes, ignored) = match read {
            Read::Settings(then) => {
                let changes = difference(&now, &then);
                (Import::Settings(then), changes, Vec::new())
            }
            Read::Keys(keys) => {
                let (keys, changes, ignored) = preview_keys(&now, keys);
                (Import::Keys(keys), changes, ignored)
            }
            Read::Proposals { application, proposals } => {
                if !now.applications.contains_key(&application) {
                    let message = format!("There is no application {application}.");
                    return Err(ApiError::new(
                        Code::NotFound,
                        message,
                        "Name the one that the providers are for.",
                    ));
                }
                let Proposals { providers, ignored } = proposals;
                let (proposals, changes, more) = import_acts::preview(&now, &application, providers);
                (Import::Providers { application, proposals }, changes, [ignored, more].concat())
            }
        };
        let ignored = ignored.into_iter().map(|(name, why)| IgnoredItem { name, why }).collect();
        Ok(ImportPreview { id: self.imports.put(import), format, changes, ignored })
    }

    pub(crate) async fn import_apply(&self, request: ImportRef) -> Result<crate::api::Nothing, ApiError> {
        let import = self.imports.take(request.import).ok_or_else(|| {
            ApiError::new(Code::NotFound, "The preview is too old or was applied.", "Look at the file again.")
        })?;
        let at = self.clock.now();
        self.change(TOPICS, move |vault| import_acts::apply(&Target { vault, at }, import)).await?;
        // CA file and corporate proxy take effect at once; a bad one is said under Settings.
        self.network_get(crate::api::Nothing {}).await?;
        Ok(crate::api::Nothing {})
    }
}

enum Read {
    Settings(Box<Settings>),
    Keys(Vec<KeyEntry>),
    Proposals { application: String, proposals: Proposals },
}

fn read(file: &ImportFile, passphrase: Option<Zeroizing<String>>) -> Result<(ImportFormat, Read), ApiError> {
    let path = Path::new(&file.path);
    let bytes = transfer_files::read(path)?;
    let format = file.format.unwrap_or_else(|| seen(path, &bytes));
    let into = || {
        file.application.clone().ok_or_else(|| {
            ApiError::new(
                Code::InvalidInput,
                "The file does not say for which application it is.",
                "Name one.",
            )
        })
    };
    let read = match format {
        ImportFormat::Settings => Read::Settings(Box::new(Settings::read(&bytes).map_err(refused)?)),
        ImportFormat::Keys => {
            let passphrase = passphrase.ok_or_else(|| {
                ApiError::new(
                    Code::InvalidInput,
                    "A file of keys needs its passphrase.",
                    "Give the passphrase.",
                )
            })?;
            Read::Keys(::transfer::open_keys(&bytes, &passphrase).map_err(refused)?)
        }
        ImportFormat::Env => Read::Proposals {
            application: into()?,
            proposals: ::transfer::read_env(&bytes).map_err(refused)?,
        },
        ImportFormat::Litellm => Read::Proposals {
            application: into()?,
            proposals: ::transfer::read_litellm(&bytes).map_err(refused)?,
        },
    };
    Ok((format, read))
}

fn seen(path: &Path, bytes: &[u8]) -> ImportFormat {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if ::transfer::is_keys_file(bytes) {
        ImportFormat::Keys
    } else if matches!(ending, "yaml" | "yml") {
        ImportFormat::Litellm
    } else if Settings::looks_like(bytes) {
        ImportFormat::Settings
    } else {
        ImportFormat::Env
    }
}

/// Keys that have their provider here, of the same type and at the same server.
fn preview_keys(now: &Settings, keys: Vec<KeyEntry>) -> (Vec<KeyEntry>, Vec<Change>, Vec<(String, Ignored)>) {
    let (mut kept, mut changes, mut ignored) = (Vec::new(), Vec::new(), Vec::new());
    for entry in keys {
        let provider =
            now.applications.get(&entry.application).and_then(|app| app.providers.get(&entry.provider));
        let fits = provider.is_some_and(|provider| {
            let origin = domain::BaseUrl::parse(&provider.base_url).map(|url| url.upstream_origin());
            provider.kind == entry.kind && origin.is_ok_and(|origin| origin == entry.origin)
        });
        if !fits {
            ignored.push((format!("{} / {}", entry.application, entry.provider), Ignored::NoSuchProvider));
            continue;
        }
        changes.push(key_change(&entry.application, &entry.provider, Outcome::Changed));
        kept.push(entry);
    }
    (kept, changes, ignored)
}

pub(crate) fn key_change(application: &str, provider: &str, verdict: Outcome) -> Change {
    Change {
        subject: Subject::Key,
        application: application.to_owned(),
        name: provider.to_owned(),
        verdict,
        fields: Vec::<FieldChange>::new(),
    }
}
