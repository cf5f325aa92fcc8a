//! Use cases of AddOns.

use domain::addons::{REGISTRY, check_settings};
use domain::{AddOn, ApplicationId, Cause, Handle, ProviderKind};
use vault::StoreError;

use crate::Console;
use crate::api::{
    AddOnRef, AddOnState, AddOnUpdate, AddOnView, ApiError, ApplicationRef, Code, Items, Nothing, Topic,
};

impl Console {
    pub(crate) async fn addon_list(&self, request: ApplicationRef) -> Result<Items<AddOnView>, ApiError> {
        let id = request.application;
        self.application(id).await?;
        let installed = self.store(|vault| vault.addons()).await?;
        let views = REGISTRY.iter().map(|known| {
            let found =
                installed.iter().find(|addon| addon.application == id && addon.handle == known.handle);
            self.addon_view(known.handle, found)
        });
        Ok(views.collect::<Vec<_>>().into())
    }

    pub(crate) async fn addon_install(&self, request: AddOnRef) -> Result<AddOnView, ApiError> {
        let AddOnRef { application, handle } = request;
        self.application(application).await?;
        self.change(&[Topic::Addons], move |vault| vault.install_addon(application, handle)).await?;
        let addon = self.addon(application, handle).await?;
        Ok(self.addon_view(handle, Some(&addon)))
    }

    pub(crate) async fn addon_update(&self, update: AddOnUpdate) -> Result<AddOnView, ApiError> {
        let mut addon = self.addon(update.application, update.handle).await?;
        if let Some(enabled) = update.enabled {
            if enabled && !addon.enabled {
                self.check_exclusion(&addon).await?;
            }
            addon.enabled = enabled;
        }
        for (name, value) in update.settings.unwrap_or_default() {
            if value.is_null() {
                addon.settings.remove(&name);
            } else {
                addon.settings.insert(name, value);
            }
        }
        check_settings(addon.handle, &addon.settings)?;
        if let Some(providers) = update.providers {
            self.check_providers(&addon, &providers).await?;
            addon.providers = providers;
        }
        let saved = addon.clone();
        self.change(&[Topic::Addons, Topic::Providers], move |vault| vault.save_addon(&saved)).await?;
        Ok(self.addon_view(addon.handle, Some(&addon)))
    }

    pub(crate) async fn addon_remove(&self, request: AddOnRef) -> Result<Nothing, ApiError> {
        let AddOnRef { application, handle } = request;
        self.change(&[Topic::Addons], move |vault| vault.remove_addon(application, handle)).await?;
        Ok(Nothing {})
    }

    async fn addon(&self, application: ApplicationId, handle: Handle) -> Result<AddOn, ApiError> {
        let all = self.store(|vault| vault.addons()).await?;
        let found = all.into_iter().find(|addon| addon.application == application && addon.handle == handle);
        found.ok_or_else(|| {
            ApiError::new(
                Code::NotFound,
                format!("{handle} is not installed in this application."),
                "Install it first.",
            )
        })
    }

    /// Beefree: only one of the two writing assistants can be on.
    async fn check_exclusion(&self, addon: &AddOn) -> Result<(), ApiError> {
        let Some(other) = addon.handle.descriptor().excludes else { return Ok(()) };
        let all = self.store(|vault| vault.addons()).await?;
        let on = all
            .iter()
            .any(|known| known.application == addon.application && known.handle == other && known.enabled);
        if !on {
            return Ok(());
        }
        Err(excluded(addon.handle, other))
    }

    /// Each provider must be the application's own, able to serve the AddOn, and named once.
    async fn check_providers(&self, addon: &AddOn, chosen: &[domain::ProviderId]) -> Result<(), ApiError> {
        let known = self.store(|vault| vault.providers()).await?;
        for (place, id) in chosen.iter().enumerate() {
            let found = known.iter().map(|stored| &stored.provider).find(|provider| provider.id == *id);
            let provider = found
                .filter(|provider| provider.application == addon.application)
                .ok_or(StoreError::NotFound)?;
            if !able(&provider.kind, addon.handle) || chosen[..place].contains(id) {
                return Err(unable(provider.name.as_str(), addon.handle));
            }
        }
        Ok(())
    }

    /// Which provider a call would ask first.
    fn first_provider(&self, addon: &AddOn) -> Option<domain::ProviderId> {
        let snapshot = self.shared.snapshot.load();
        let entry = snapshot.application(addon.application)?.addon(addon.handle)?;
        entry.providers.first().map(|entry| entry.provider.id)
    }

    fn addon_view(&self, handle: Handle, installed: Option<&AddOn>) -> AddOnView {
        let known = handle.descriptor();
        let state = match installed {
            None => AddOnState::Available,
            Some(addon) if !addon.enabled => AddOnState::Off,
            // The host app answers itself.
            Some(_) if known.capability.is_none() => AddOnState::Ready,
            // As the proxy sees it: without providers that are switched off.
            Some(addon) => match self.first_provider(addon) {
                None => AddOnState::NeedsProvider,
                Some(first) if self.key_was_rejected(first) => AddOnState::KeyRejected,
                Some(_) => AddOnState::Ready,
            },
        };
        AddOnView {
            handle,
            title: known.title.to_owned(),
            about: known.about.to_owned(),
            excludes: known.excludes,
            needs_provider: known.capability.is_some(),
            state,
            enabled: installed.is_some_and(|addon| addon.enabled),
            providers: installed.map(|addon| addon.providers.clone()).unwrap_or_default(),
            settings: installed.map(|addon| addon.settings.clone()).unwrap_or_default(),
            setting_types: known.settings.to_vec(),
            provider_kinds: ::providers::registry()
                .iter()
                .map(|adapter| adapter.descriptor())
                .filter(|kind| known.capability.is_some_and(|needed| kind.capabilities.contains(&needed)))
                .map(|kind| kind.kind.to_owned())
                .collect(),
        }
    }

    fn key_was_rejected(&self, provider: domain::ProviderId) -> bool {
        self.health.of(provider).is_some_and(|report| report.cause == Some(Cause::KeyRejected))
    }
}

/// Whether providers of a type can serve an AddOn.
pub(crate) fn able(kind: &ProviderKind, handle: Handle) -> bool {
    ::providers::adapter(kind)
        .zip(handle.descriptor().capability)
        .is_some_and(|(adapter, needed)| adapter.descriptor().capabilities.contains(&needed))
}

pub(crate) fn unable(provider: &str, handle: Handle) -> ApiError {
    let message = format!("{provider} cannot serve {handle} here.");
    ApiError::new(Code::InvalidInput, message, "Choose each able provider once.")
}

pub(crate) fn excluded(this: Handle, other: Handle) -> ApiError {
    let (this, other) = (this.descriptor().title, other.descriptor().title);
    let message = format!("{this} cannot be on together with {other}.");
    ApiError::new(Code::Excluded, message, format!("Switch {other} off first."))
}
