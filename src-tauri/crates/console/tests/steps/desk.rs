//! A data directory with files beside it that are imported; and what the vault then holds.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use console::{Console, Headless, OsRandom, SystemClock};
use serde_json::json;
use vault::faults::{self, Fault};
use vault::{Binding, Custody, CustodyState, Vault};

/// Settings with a provider that has no key yet, one that stays so, and an AddOn; the second application is new.
const SETTINGS: &str = r#"{"format":"addon-console/settings/v1",
    "console":{"lock_idle_minutes":7},
    "applications":{
        "Mailer":{"type":"page","origins":["https://a.example"],
            "providers":{"OpenAI":{"kind":"openai","base_url":"https://api.openai.com/v1","model":"gpt-x"},
                "Spare":{"kind":"openai","base_url":"https://spare.example/v1"}},
            "addons":{"ai-integration":{"enabled":true,"providers":["OpenAI","Spare"],"settings":{"tokensAvailable":9}}}},
        "Pages":{"type":"page"}}}"#;
/// A key for the one that has none, and a provider that comes with its key.
const ENV: &str = "OPENAI_API_KEY=sk-import-0123456789abcdef\nDEEPL_AUTH_KEY=deepl-0123456789:fx\n";

pub(crate) struct Desk(pub(crate) PathBuf);

static OPEN: Mutex<()> = Mutex::new(());

/// Held while a data directory is open, and while a process is made: until that runs its own program it holds a copy of
/// every open file, the lock of the other test's directory among them.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    pub(crate) fn new(folder: PathBuf) -> Self {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("settings.json"), SETTINGS).unwrap();
        std::fs::write(folder.join(".env"), ENV).unwrap();
        let desk = Self(folder);
        desk.with(async |console| {
            let add = json!({ "name": "Mailer", "kind": "email", "origins": [] });
            console.call("application_add", add).await.unwrap();
        });
        desk
    }

    /// Imports both files; the steps that were taken.
    pub(crate) fn import(&self, fault: Option<(usize, Fault)>) -> Result<Vec<String>, String> {
        self.with(async |console| {
            // The store's work is done on one thread, and so the fault is armed there.
            tokio::task::spawn_blocking(move || faults::arm(fault)).await.unwrap();
            let mut outcome = Ok(());
            for file in ["settings.json", ".env"] {
                let request = json!({ "path": self.0.join(file), "application": "Mailer" });
                outcome = async {
                    let preview = console.call("import_preview", request).await?;
                    console.call("import_apply", json!({ "import": preview["id"] })).await.map(drop)
                }
                .await;
                if outcome.is_err() {
                    break;
                }
            }
            let steps = tokio::task::spawn_blocking(faults::disarm).await.unwrap();
            outcome.map(|()| steps).map_err(|error: console::api::ApiError| error.to_string())
        })
    }

    fn with<R>(&self, work: impl AsyncFnOnce(&Console) -> R) -> R {
        let _alone = alone();
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().max_blocking_threads(1).thread_keep_alive(Duration::from_secs(600));
        runtime.build().unwrap().block_on(async {
            let console = Console::open(console::Options {
                data_dir: self.0.join("data"),
                face: vault::Who::CommandLine,
                custody: Some(self.custody()),
                patience: Duration::from_secs(3),
                host: Arc::new(Headless),
                clock: Arc::new(SystemClock::default()),
                random: Arc::new(OsRandom),
                retrying: console::Retrying::default(),
            })
            .await
            .unwrap();
            console.unlock().await.unwrap();
            // What the console does by itself after its start would be counted as a step, now and then.
            console.tidy().await;
            let done = work(&console).await;
            console.close().await;
            done
        })
    }

    fn custody(&self) -> Custody {
        Custody::KeyFile(self.0.join("vault.key"))
    }

    /// Everything that an import can change, keys in plain text, in words.
    pub(crate) fn view(&self) -> Vec<String> {
        let _alone = alone();
        let options = vault::Options::new(self.custody(), Arc::new(OsRandom));
        let vault = Vault::open(&self.0.join("data"), options).unwrap();
        let state = vault.unlock(None);
        assert!(matches!(state, CustodyState::Empty | CustodyState::Open), "{state:?}");
        if state == CustodyState::Open {
            assert_eq!(vault.verify_audit().unwrap().broken, None);
        }
        let (applications, providers) = (vault.applications().unwrap(), vault.providers().unwrap());
        let name = |id| applications.iter().find(|each| each.id == id).unwrap().name.as_str().to_owned();
        let mut view = vec![format!("{:?}", vault.setting("lock-idle-minutes").unwrap())];
        view.extend(
            applications.iter().map(|each| format!("{:?} {:?} {:?}", each.name, each.kind, each.origins)),
        );
        for stored in &providers {
            let each = &stored.provider;
            let binding = Binding::of(each);
            // A key that does not open ends the test.
            let key = stored
                .key
                .as_ref()
                .map(|sealed| vault.opener().unwrap().open(sealed, &binding).unwrap().expose(str::to_owned));
            let what =
                (each.name.as_str(), each.kind.as_str(), each.base_url.to_string(), &each.model, each.active);
            view.push(format!("{} {what:?} {key:?}", name(each.application)));
        }
        for addon in vault.addons().unwrap() {
            let order = addon.providers.iter().map(|id| {
                providers.iter().find(|each| each.provider.id == *id).unwrap().provider.name.as_str()
            });
            let what = (addon.handle, addon.enabled, order.collect::<Vec<_>>(), &addon.settings);
            view.push(format!("{} {what:?}", name(addon.application)));
        }
        view.sort();
        view
    }
}
