//! The console that answers: a running one, reached through its socket, or one opened for this command alone.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use console::api::{
    ApiError, ApplicationRef, ApplicationView, Code, Items, Nothing, StagedKey, StagedSecret, StagedSecretId,
};
use console::control::Client;
use console::{Console, Headless, OsRandom, SystemClock};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::arguments::Global;
use crate::failure::Failure;
use crate::passphrase;

/// Nobody may be there to answer a keyring's question.
const PATIENCE: Duration = Duration::from_secs(3);

pub(crate) enum BackEnd {
    Running(Client),
    Own(Arc<Console>),
}

/// The data directory these arguments name.
pub(crate) fn data_dir(global: &Global) -> Result<PathBuf, Failure> {
    global.data_dir.clone().or_else(console::default_data_dir).ok_or_else(|| {
        Failure::input("This account has no home directory.", "Name a directory with --data-dir.")
    })
}

/// A console of this process's own.
pub(crate) async fn own(global: &Global) -> Result<Arc<Console>, Failure> {
    let options = console::Options {
        data_dir: data_dir(global)?,
        face: vault::Who::CommandLine,
        custody: passphrase::custody(global)?,
        patience: PATIENCE,
        host: Arc::new(Headless),
        clock: Arc::new(SystemClock::default()),
        random: Arc::new(OsRandom),
        retrying: console::Retrying::default(),
    };
    Ok(Console::open(options).await?)
}

impl BackEnd {
    /// The running console if there is one, else an own one.
    pub(crate) async fn reach(global: &Global) -> Result<Self, Failure> {
        match Client::find(&data_dir(global)?).await {
            Some(client) => Ok(Self::Running(client)),
            None => own(global).await.map(Self::Own),
        }
    }

    /// Makes an own console try its custody slot; a running one has done so.
    pub(crate) async fn unlock(&self) -> Result<(), Failure> {
        if let Self::Own(console) = self {
            console.unlock().await?;
        }
        Ok(())
    }

    pub(crate) async fn json(&self, command: &str, request: impl Serialize) -> Result<Value, Failure> {
        let request = serde_json::to_value(request).map_err(|_| misread())?;
        Ok(match self {
            Self::Running(client) => client.call(command, request).await?,
            Self::Own(console) => console.call(command, request).await?,
        })
    }

    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        command: &str,
        request: impl Serialize,
    ) -> Result<T, Failure> {
        serde_json::from_value(self.json(command, request).await?).map_err(|_| misread().into())
    }

    /// Hands a key over; from then on it is named by its id.
    pub(crate) async fn stage(&self, key: Zeroizing<Vec<u8>>) -> Result<StagedKey, Failure> {
        match self {
            Self::Own(console) => Ok(console.key_stage(key)?),
            Self::Running(client) => {
                let staged = client.key_stage(&key).await?;
                serde_json::from_value(staged).map_err(|_| misread().into())
            }
        }
    }

    /// Hands over a passphrase or a recovery code; from then on it is named by its id.
    pub(crate) async fn stage_secret(&self, secret: Zeroizing<Vec<u8>>) -> Result<StagedSecretId, Failure> {
        let staged: StagedSecret = match self {
            Self::Own(console) => console.secret_stage(secret)?,
            Self::Running(client) => {
                let staged = client.secret_stage(&secret).await?;
                serde_json::from_value(staged).map_err(|_| misread())?
            }
        };
        Ok(staged.id)
    }

    /// The application of this name or id.
    pub(crate) async fn application(&self, name: &str) -> Result<ApplicationView, Failure> {
        let all: Items<ApplicationView> = self.get("application_list", Nothing {}).await?;
        let found = all.items.into_iter().find(|app| app.name == name || app.id.to_string() == name);
        found.ok_or_else(|| {
            missing(format!("There is no application {name}."), "`addonctl app list` lists them.")
        })
    }

    /// The provider of this name or id in an application.
    pub(crate) async fn provider(&self, app: &ApplicationView, name: &str) -> Result<Value, Failure> {
        let all: Items<Value> = self.get("provider_list", ApplicationRef { application: app.id }).await?;
        let found = all.items.into_iter().find(|provider| provider["name"] == name || provider["id"] == name);
        found.ok_or_else(|| {
            missing(format!("{} has no provider {name}.", app.name), "`addonctl provider list` lists them.")
        })
    }
}

pub(crate) fn missing(message: String, hint: &str) -> Failure {
    ApiError::new(Code::NotFound, message, hint).into()
}

fn misread() -> ApiError {
    ApiError::new(
        Code::Internal,
        "The running console speaks another version.",
        "Use the addonctl that came with it.",
    )
}
