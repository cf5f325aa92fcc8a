//! Everything in the store that is not a key: applications, AddOns, providers' public part, activity.

use std::time::Duration;

use domain::{
    Activity, AddOn, Application, ApplicationId, ApplicationKind, ApplicationName, ClientId, Handle, Origin,
    Provider, Timestamp,
};
use uuid::Uuid;

use super::Vault;
use crate::failure::StoreError;
use crate::safe::{ClientSecret, SealedKey};
use crate::store::SecretHash;

/// How long an old client secret works beside its successor (Beefree: 24 hours).
const SECRET_OVERLAP: Duration = Duration::from_secs(24 * 60 * 60);

impl Vault {
    /// Every application, oldest first.
    pub fn applications(&self) -> Result<Vec<Application>, StoreError> {
        self.store().applications()
    }

    /// Adds an application and makes its client secret.
    pub fn add_application(
        &self,
        name: ApplicationName,
        kind: ApplicationKind,
        origins: Vec<Origin>,
        now: Timestamp,
    ) -> Result<(Application, ClientSecret), StoreError> {
        let secret = ClientSecret::make(&*self.random)?;
        let application = Application {
            id: ApplicationId(Uuid::now_v7()),
            client_id: ClientId(Uuid::new_v4()),
            name,
            kind,
            origins,
            created: now,
        };
        self.store().add_application(&application, secret.hash())?;
        Ok((application, secret))
    }

    /// Changes an application's name, type and allowed origins.
    pub fn update_application(
        &self,
        id: ApplicationId,
        name: ApplicationName,
        kind: ApplicationKind,
        origins: Vec<Origin>,
    ) -> Result<(), StoreError> {
        self.store().update_application(id, &name, kind, &origins)
    }

    /// Removes an application with its AddOns, providers and keys.
    pub fn remove_application(&self, id: ApplicationId) -> Result<(), StoreError> {
        self.store().remove_application(id)
    }

    /// Makes a new client secret; the old one works 24 hours more.
    pub fn regenerate_secret(&self, id: ApplicationId, now: Timestamp) -> Result<ClientSecret, StoreError> {
        let secret = ClientSecret::make(&*self.random)?;
        self.store().add_secret(id, secret.hash(), now, now.plus(SECRET_OVERLAP))?;
        Ok(secret)
    }

    /// The hashes of all client secrets.
    pub fn secret_hashes(&self) -> Result<Vec<SecretHash>, StoreError> {
        self.store().secret_hashes()
    }

    /// Every installed AddOn.
    pub fn addons(&self) -> Result<Vec<AddOn>, StoreError> {
        self.store().addons()
    }

    /// Installs an AddOn, switched off; installed already is fine.
    pub fn install_addon(&self, application: ApplicationId, handle: Handle) -> Result<(), StoreError> {
        self.store().install_addon(application, handle)
    }

    /// Saves an installed AddOn whole.
    pub fn save_addon(&self, addon: &AddOn) -> Result<(), StoreError> {
        self.store().save_addon(addon)
    }

    /// Removes an AddOn from an application.
    pub fn remove_addon(&self, application: ApplicationId, handle: Handle) -> Result<(), StoreError> {
        self.store().remove_addon(application, handle)
    }

    /// Every provider, with its sealed key where it has one.
    pub fn providers(&self) -> Result<Vec<(Provider, Option<SealedKey>)>, StoreError> {
        self.store().providers()
    }

    /// A setting of the console itself; never a secret.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.store().setting(name)
    }

    /// Saves a setting of the console itself; `None` takes it away.
    pub fn set_setting(&self, name: &str, value: Option<&str>) -> Result<(), StoreError> {
        self.store().set_setting(name, value)
    }

    /// Adds rows of activity; the oldest beyond 100,000 go.
    pub fn append_activity(&self, rows: &[Activity]) -> Result<(), StoreError> {
        self.store().append_activity(rows)
    }

    /// The newest `limit` rows of activity, newest first.
    pub fn activity(&self, limit: u32) -> Result<Vec<Activity>, StoreError> {
        self.store().activity(limit)
    }
}
