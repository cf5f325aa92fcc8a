//! What an import does to the vault. Each step is an act of its own, whole and written down, and a step whose outcome is
//! there already is not taken: an import that dies half-way can be run again.

use std::cell::{Cell, RefCell};

use ::transfer::{AddOnSettings, ApplicationSettings, KeyEntry, ProviderSettings, Settings};
use domain::{
    AddOn, Application, ApplicationId, ApplicationKind, ApplicationName, BaseUrl, Handle, Model, Origin,
    Provider, ProviderId, ProviderKind, ProviderName, ProviderOptions, Timestamp,
};
use uuid::Uuid;
use vault::{Acting, ProviderKey, StoreError};
use zeroize::Zeroizing;

use super::plan::{Plan, belongs};
use crate::api::ApiError;
use crate::{network, vaulting};

/// Does what a plan says; the plan was made of the vault as it stands, and checked.
pub(super) fn apply(
    vault: &Acting<'_>,
    at: Timestamp,
    plan: &Plan,
    keys: &[KeyEntry],
) -> Result<(), ApiError> {
    let keys: Vec<&KeyEntry> = plan.keys.iter().filter_map(|place| keys.get(*place)).collect();
    let target = Target { vault, at, keys: &keys, begun: Cell::new(false), keyed: RefCell::default() };
    let settings = plan.then.as_ref().map_or(Ok(()), |then| target.settings(then));
    let done = settings.and_then(|()| target.keys());
    done.map_err(|error| if target.begun.get() { half(error) } else { error })
}

fn half(error: ApiError) -> ApiError {
    let message = format!("{} A part of the file was imported before that.", error.message);
    ApiError {
        message,
        hint: "Import the file again: what is there already is left as it is.".to_owned(),
        ..error
    }
}

/// The vault in somebody's hands, now.
struct Target<'a> {
    vault: &'a Acting<'a>,
    at: Timestamp,
    keys: &'a [&'a KeyEntry],
    /// Something was changed.
    begun: Cell<bool>,
    /// Providers that were added with their key.
    keyed: RefCell<Vec<ProviderId>>,
}

impl Target<'_> {
    /// An act, done or not.
    fn did<T, E>(&self, outcome: Result<T, E>) -> Result<T, ApiError>
    where
        ApiError: From<E>,
    {
        self.begun.set(self.begun.get() || outcome.is_ok());
        Ok(outcome?)
    }

    fn settings(&self, then: &Settings) -> Result<(), ApiError> {
        let (network, policy) = (network::stored(self.vault)?, vaulting::stored_policy(self.vault)?);
        let console = &then.console;
        let (ca_file, proxy) = (&console.ca_file, &console.corporate_proxy);
        if (&network.ca_file, &network.proxy) != (ca_file, proxy) {
            self.did(network::save(self.vault, ca_file.as_deref(), proxy.as_deref()))?;
        }
        let (idle, suspend) = (console.lock_idle_minutes, console.lock_on_suspend);
        if (policy.idle_minutes, policy.on_suspend) != (idle, suspend) {
            self.did(vaulting::save_policy(self.vault, idle, suspend))?;
        }
        then.applications.iter().try_for_each(|(name, settings)| self.application_settings(name, settings))
    }

    fn application_settings(&self, name: &str, then: &ApplicationSettings) -> Result<(), ApiError> {
        let kind: ApplicationKind = then.kind.parse()?;
        let origins =
            then.origins.iter().map(|origin| Origin::parse(origin)).collect::<Result<Vec<_>, _>>()?;
        let typed = ApplicationName::try_from(name.to_owned())?;
        let id = match self.application(name)? {
            Some(present) => {
                let mut had = present.origins;
                had.sort();
                if present.kind != kind || had != origins {
                    self.did(self.vault.update_application(present.id, &typed, kind, &origins))?;
                }
                present.id
            }
            // Its client secret is made by whoever needs it.
            None => self.did(self.vault.add_application(typed, kind, origins))?.0.id,
        };
        for (provider, settings) in &then.providers {
            self.provider_settings((id, name), provider, settings)?;
        }
        then.addons.iter().try_for_each(|(handle, settings)| self.addon_settings(id, handle, settings))
    }

    fn provider_settings(
        &self,
        (id, application): (ApplicationId, &str),
        name: &str,
        then: &ProviderSettings,
    ) -> Result<(), ApiError> {
        let mut wanted = Provider {
            id: ProviderId(Uuid::now_v7()),
            application: id,
            name: ProviderName::try_from(name.to_owned())?,
            kind: ProviderKind::try_from(then.kind.clone())?,
            base_url: BaseUrl::parse(&then.base_url)?,
            model: then.model.clone().map(Model::try_from).transpose()?,
            options: ProviderOptions::try_from(then.options.clone())?,
            plain_http_allowed: then.plain_http_allowed,
            key_tail: None,
            active: then.active,
            created: self.at,
        };
        let Some(mut present) = self.provider(id, name)? else {
            // With its key, where the file has it: both are there, or neither.
            let own = |entry: &&&KeyEntry| entry.application == application && entry.provider == name;
            let key = self.keys.iter().find(own).map(|entry| plain(entry)).transpose()?;
            wanted.key_tail = key.as_ref().map(ProviderKey::tail);
            self.keyed.borrow_mut().extend(key.as_ref().map(|_| wanted.id));
            return self.did(self.vault.add_provider(&wanted, key.as_ref()));
        };
        let bound = (&present.kind, &present.base_url, present.plain_http_allowed);
        if bound != (&wanted.kind, &wanted.base_url, wanted.plain_http_allowed) {
            // Said in the preview; its key stays where it belongs.
            return Ok(());
        }
        if (&present.model, &present.options) != (&wanted.model, &wanted.options) {
            (present.model, present.options) = (wanted.model, wanted.options);
            self.did(self.vault.update_provider(&present))?;
        }
        if present.active != wanted.active {
            self.did(self.vault.switch_provider(present.id, wanted.active))?;
        }
        Ok(())
    }

    fn addon_settings(&self, app: ApplicationId, handle: &str, then: &AddOnSettings) -> Result<(), ApiError> {
        let handle = Handle::try_from(handle.to_owned())?;
        let mut providers = Vec::new();
        for name in &then.providers {
            providers.push(self.provider(app, name)?.ok_or(StoreError::NotFound)?.id);
        }
        let settings = then.settings.clone();
        let wanted = AddOn { application: app, handle, enabled: then.enabled, providers, settings };
        let present =
            self.vault.addons()?.into_iter().find(|each| (each.application, each.handle) == (app, handle));
        if present.is_none() {
            self.did(self.vault.install_addon(app, handle))?;
        }
        if present.as_ref() == Some(&wanted) { Ok(()) } else { self.did(self.vault.save_addon(&wanted)) }
    }

    /// The keys of providers that were there before; those of new ones came with them.
    fn keys(&self) -> Result<(), ApiError> {
        for entry in self.keys {
            let app = self.application(&entry.application)?.ok_or(StoreError::NotFound)?.id;
            let provider = self.provider(app, &entry.provider)?.ok_or(StoreError::NotFound)?;
            if !belongs(entry, &provider) {
                return Err(StoreError::NotFound.into());
            }
            if !self.keyed.borrow().contains(&provider.id) {
                self.did(self.vault.replace_key(provider.id, &plain(entry)?, None))?;
            }
        }
        Ok(())
    }

    fn application(&self, name: &str) -> Result<Option<Application>, StoreError> {
        Ok(self.vault.applications()?.into_iter().find(|each| each.name.as_str() == name))
    }

    fn provider(&self, app: ApplicationId, name: &str) -> Result<Option<Provider>, StoreError> {
        let mut all = self.vault.providers()?.into_iter().map(|stored| stored.provider);
        Ok(all.find(|each| each.application == app && each.name.as_str() == name))
    }
}

fn plain(entry: &KeyEntry) -> Result<ProviderKey, ApiError> {
    Ok(ProviderKey::from_bytes(Zeroizing::new(entry.key.as_bytes().to_vec()))?)
}
