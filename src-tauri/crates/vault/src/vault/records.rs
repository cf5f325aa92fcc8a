//! Everything in the store that is not a key: applications, AddOns, providers' public part, settings, activity.

use std::time::Duration;

use std::borrow::Borrow;

use domain::{
    Activity, AddOn, Application, ApplicationId, ApplicationKind, ApplicationName, CallId, ClientId, Handle,
    Origin, Retention, Timestamp,
};
use uuid::Uuid;

use super::{Acting, Vault};
use crate::audit::Act;
use crate::failure::StoreError;
use crate::safe::ClientSecret;
use crate::store::{Kept, SecretHash, StoredProvider, addons, applications, settings};

/// How long an old client secret works beside its successor (Beefree: 24 hours).
const SECRET_OVERLAP: Duration = Duration::from_secs(24 * 60 * 60);

impl Vault {
    /// Every application, oldest first.
    pub fn applications(&self) -> Result<Vec<Application>, StoreError> {
        self.store().applications()
    }

    /// The hashes of all client secrets.
    pub fn secret_hashes(&self) -> Result<Vec<SecretHash>, StoreError> {
        self.store().secret_hashes()
    }

    /// Every installed AddOn.
    pub fn addons(&self) -> Result<Vec<AddOn>, StoreError> {
        self.store().addons()
    }

    /// Every provider, oldest first, with its sealed keys.
    pub fn providers(&self) -> Result<Vec<StoredProvider>, StoreError> {
        self.store().providers()
    }

    /// A setting of the console itself; never a secret.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.store().setting(name)
    }

    /// Adds rows of activity; the oldest beyond the rows and bytes of `keep` go. No act: it is in no audit chain.
    pub fn append_activity(
        &self,
        rows: &[impl Borrow<Activity>],
        keep: &Retention,
    ) -> Result<(), StoreError> {
        self.store().append_activity(rows, keep)
    }

    /// Removes the rows that are beyond `keep` now, by age too. No act either.
    pub fn trim_activity(&self, keep: &Retention, now: Timestamp) -> Result<(), StoreError> {
        self.store().trim_activity(keep, now)
    }

    /// Gives the room of removed rows back to the disk, if it is worth it.
    pub fn shrink(&self) -> Result<(), StoreError> {
        self.store().shrink()
    }

    /// How much activity there is.
    pub fn kept(&self) -> Result<Kept, StoreError> {
        self.store().kept()
    }

    /// The newest `limit` rows of activity, newest first; `before`: of those written before this one.
    pub fn activity(&self, limit: u32, before: Option<CallId>) -> Result<Vec<Activity>, StoreError> {
        self.store().activity(limit, before)
    }
}

impl Acting<'_> {
    /// Adds an application and makes its client secret.
    pub fn add_application(
        &self,
        name: ApplicationName,
        kind: ApplicationKind,
        origins: Vec<Origin>,
    ) -> Result<(Application, ClientSecret), StoreError> {
        let secret = ClientSecret::make(&*self.random)?;
        let application = Application {
            id: ApplicationId(Uuid::now_v7()),
            client_id: ClientId(Uuid::new_v4()),
            name,
            kind,
            origins,
            created: self.now(),
        };
        self.act(Act::ApplicationAdded, Some(application.id.0), |transaction| {
            applications::add_application(transaction, &application, secret.hash())
        })?;
        Ok((application, secret))
    }

    /// Changes an application's name, type and allowed origins.
    pub fn update_application(
        &self,
        id: ApplicationId,
        name: &ApplicationName,
        kind: ApplicationKind,
        origins: &[Origin],
    ) -> Result<(), StoreError> {
        self.act(Act::ApplicationChanged, Some(id.0), |transaction| {
            applications::update_application(transaction, id, name, kind, origins)
        })
    }

    /// Removes an application with its AddOns, providers and keys, from the files too.
    pub fn remove_application(&self, id: ApplicationId) -> Result<(), StoreError> {
        self.act(Act::ApplicationRemoved, Some(id.0), |transaction| {
            applications::remove_application(transaction, id)
        })?;
        self.store().clear_log();
        Ok(())
    }

    /// Makes a new client secret; the old one works 24 hours more.
    pub fn regenerate_secret(&self, id: ApplicationId) -> Result<ClientSecret, StoreError> {
        let secret = ClientSecret::make(&*self.random)?;
        let until = self.now().plus(SECRET_OVERLAP);
        self.act(Act::SecretMade, Some(id.0), |transaction| {
            applications::add_secret(transaction, id, secret.hash(), self.now(), until)
        })?;
        Ok(secret)
    }

    /// Installs an AddOn, switched off; installed already is fine.
    pub fn install_addon(&self, application: ApplicationId, handle: Handle) -> Result<(), StoreError> {
        self.act_if(Act::AddonInstalled, Some(application.0), |transaction| {
            addons::install_addon(transaction, application, handle).map(|added| ((), added))
        })
    }

    /// Saves an installed AddOn whole.
    pub fn save_addon(&self, addon: &AddOn) -> Result<(), StoreError> {
        self.act(Act::AddonChanged, Some(addon.application.0), |transaction| {
            addons::save_addon(transaction, addon)
        })
    }

    /// Removes an AddOn from an application.
    pub fn remove_addon(&self, application: ApplicationId, handle: Handle) -> Result<(), StoreError> {
        self.act(Act::AddonRemoved, Some(application.0), |transaction| {
            addons::remove_addon(transaction, application, handle)
        })
    }

    /// Saves how an application may be used, by names of settings: all of them or none. `None` takes one away. Never a secret.
    pub fn mark_application(
        &self,
        id: ApplicationId,
        marks: &[(String, Option<&str>)],
    ) -> Result<(), StoreError> {
        self.act_if(Act::ApplicationChanged, Some(id.0), |transaction| {
            let mut changed = false;
            for (name, value) in marks {
                changed |= settings::set_setting(transaction, name, *value)?;
            }
            Ok(((), changed))
        })
    }

    /// Saves a setting of the console itself; `None` takes it away. Never a secret.
    pub fn set_setting(&self, name: &str, value: Option<&str>) -> Result<(), StoreError> {
        self.act_if(Act::SettingChanged, None, |transaction| {
            settings::set_setting(transaction, name, value).map(|changed| ((), changed))
        })
    }
}
