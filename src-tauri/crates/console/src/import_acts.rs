//! What an import does to the vault. Each step is an act of its own, whole and written down; an import that dies half-way
//! can be run again.

use std::collections::BTreeMap;

use ::providers::{Adapter, KeyRule};
use ::transfer::{
    AddOnSettings, ApplicationSettings, Change, Ignored, KeyEntry, Outcome, Proposal, ProviderSettings,
    Settings, Subject,
};
use domain::addons::check_settings;
use domain::{
    AddOn, ApplicationId, ApplicationKind, ApplicationName, BaseUrl, Handle, Model, Origin, Provider,
    ProviderId, ProviderKind, ProviderName, ProviderOptions, Timestamp,
};
use uuid::Uuid;
use vault::{Acting, ProviderKey, StoreError};
use zeroize::Zeroizing;

use crate::api::{ApiError, Code};
use crate::importing::{Import, key_change};
use crate::{network, vaulting};

/// The vault in somebody's hands, now.
pub(crate) struct Target<'a> {
    pub(crate) vault: &'a Acting<'a>,
    pub(crate) at: Timestamp,
}

pub(crate) fn apply(target: &Target<'_>, import: Import) -> Result<(), ApiError> {
    match import {
        Import::Settings(settings) => target.settings(&settings),
        Import::Keys(keys) => keys.into_iter().try_for_each(|entry| target.key(entry)),
        Import::Providers { application, proposals } => {
            let id = target.application(&application)?.ok_or(StoreError::NotFound)?;
            proposals.into_iter().try_for_each(|proposal| target.proposal(id, proposal))
        }
    }
}

/// What foreign providers would become, and those that cannot become anything.
pub(crate) fn preview(
    now: &Settings,
    application: &str,
    proposals: Vec<Proposal>,
) -> (Vec<Proposal>, Vec<Change>, Vec<(String, Ignored)>) {
    let known = now.applications.get(application).map(|app| &app.providers);
    let (mut kept, mut changes, mut ignored) = (Vec::<Proposal>::new(), Vec::new(), Vec::new());
    for proposal in proposals {
        let Ok(draft) = drafted(&proposal) else {
            ignored.push((proposal.name, Ignored::InvalidValue));
            continue;
        };
        if kept.iter().any(|other| other.name == proposal.name) {
            ignored.push((proposal.name, Ignored::Repeated));
            continue;
        }
        let present = known.and_then(|providers| providers.get(&proposal.name));
        let verdict = match present {
            None => Outcome::Added,
            Some(present) if same_place(present, &draft) => Outcome::Unchanged,
            Some(_) => Outcome::Conflict,
        };
        changes.push(Change {
            subject: Subject::Provider,
            application: application.to_owned(),
            name: proposal.name.clone(),
            verdict,
            fields: Vec::new(),
        });
        if verdict == Outcome::Conflict {
            continue;
        }
        if proposal.key.is_some() {
            let verdict = if present.is_some() { Outcome::Changed } else { Outcome::Added };
            changes.push(key_change(application, &proposal.name, verdict));
        }
        kept.push(proposal);
    }
    (kept, changes, ignored)
}

fn same_place(present: &ProviderSettings, draft: &Provider) -> bool {
    present.kind == draft.kind.as_str()
        && BaseUrl::parse(&present.base_url)
            .is_ok_and(|url| url.upstream_origin() == draft.base_url.upstream_origin())
}

/// A foreign provider as it would be stored; its application comes later.
fn drafted(proposal: &Proposal) -> Result<Provider, ApiError> {
    let kind = ProviderKind::try_from(proposal.kind.clone())?;
    let adapter = ::providers::adapter(&kind).ok_or_else(unknown_kind)?;
    let known = adapter.descriptor();
    let pasted = proposal.base_url.as_deref().and_then(|url| adapter.split_url(url));
    let mut options: BTreeMap<String, String> = proposal.options.iter().cloned().collect();
    let (base_url, model) = match pasted {
        Some(pasted) => {
            for (name, value) in pasted.options {
                options.entry(name.to_owned()).or_insert(value);
            }
            (BaseUrl::parse(&pasted.base_url)?, proposal.model.clone().or(pasted.model))
        }
        None => {
            let of_key = proposal.key.as_deref().and_then(|key| adapter.base_url_of_key(key));
            let text = proposal.base_url.as_deref().or(of_key).unwrap_or(known.base_url);
            (BaseUrl::parse(text)?, proposal.model.clone())
        }
    };
    if base_url.is_plain_http() && !base_url.is_loopback() {
        return Err(ApiError::new(Code::PlainHttp, "Plain HTTP needs consent.", ""));
    }
    let key =
        proposal.key.as_ref().map(|key| ProviderKey::from_bytes(Zeroizing::new(key.as_bytes().to_vec())));
    let key = key.transpose()?;
    if known.key == KeyRule::None && key.is_some() {
        return Err(unknown_kind());
    }
    options.retain(|name, _| known.fields.iter().any(|field| field.name == name));
    Ok(Provider {
        id: ProviderId(Uuid::now_v7()),
        application: ApplicationId(Uuid::nil()),
        name: ProviderName::try_from(proposal.name.clone())?,
        kind,
        base_url,
        model: model.map(Model::try_from).transpose()?,
        options: ProviderOptions::try_from(options)?,
        plain_http_allowed: false,
        key_tail: key.as_ref().map(ProviderKey::tail),
        active: true,
        created: Timestamp(0),
    })
}

fn unknown_kind() -> ApiError {
    ApiError::new(
        Code::InvalidInput,
        "This version does not know the provider's type.",
        "Update the console.",
    )
}

impl Target<'_> {
    fn settings(&self, then: &Settings) -> Result<(), ApiError> {
        let console = &then.console;
        network::save(self.vault, console.ca_file.as_deref(), console.corporate_proxy.as_deref())?;
        vaulting::save_policy(self.vault, console.lock_idle_minutes, console.lock_on_suspend)?;
        for (name, settings) in &then.applications {
            self.application_settings(name, settings)?;
        }
        Ok(())
    }

    fn application_settings(&self, name: &str, then: &ApplicationSettings) -> Result<(), ApiError> {
        let kind: ApplicationKind = then.kind.parse()?;
        let origins =
            then.origins.iter().map(|origin| Origin::parse(origin)).collect::<Result<Vec<_>, _>>()?;
        let typed = ApplicationName::try_from(name.to_owned())?;
        let present = self.vault.applications()?.into_iter().find(|each| each.name == typed);
        let id = match present {
            Some(present) => {
                let (mut had, mut wanted) = (present.origins.clone(), origins.clone());
                had.sort_by_key(ToString::to_string);
                wanted.sort_by_key(ToString::to_string);
                if present.kind != kind || had != wanted {
                    self.vault.update_application(present.id, &typed, kind, &origins)?;
                }
                present.id
            }
            // Its client secret is made by whoever needs it.
            None => self.vault.add_application(typed, kind, origins)?.0.id,
        };
        for (name, settings) in &then.providers {
            self.provider_settings(id, name, settings)?;
        }
        for (handle, settings) in &then.addons {
            self.addon_settings(id, handle, settings)?;
        }
        Ok(())
    }

    fn provider_settings(
        &self,
        app: ApplicationId,
        name: &str,
        then: &ProviderSettings,
    ) -> Result<(), ApiError> {
        let kind = ProviderKind::try_from(then.kind.clone())?;
        ::providers::adapter(&kind).map(Adapter::descriptor).ok_or_else(unknown_kind)?;
        let base_url = BaseUrl::parse(&then.base_url)?;
        if base_url.is_plain_http() && !base_url.is_loopback() && !then.plain_http_allowed {
            let message = format!("{name} speaks plain HTTP to another machine without consent.");
            return Err(ApiError::new(
                Code::PlainHttp,
                message,
                "Set plain_http_allowed in the file if you agree.",
            ));
        }
        let wanted = Provider {
            id: ProviderId(Uuid::now_v7()),
            application: app,
            name: ProviderName::try_from(name.to_owned())?,
            kind,
            base_url,
            model: then.model.clone().map(Model::try_from).transpose()?,
            options: ProviderOptions::try_from(then.options.clone())?,
            plain_http_allowed: then.plain_http_allowed,
            key_tail: None,
            active: then.active,
            created: self.at,
        };
        let Some(mut present) = self.provider(app, name)? else {
            return Ok(self.vault.add_provider(&wanted, None)?);
        };
        let bound = (&present.kind, present.base_url.to_string(), present.plain_http_allowed);
        if bound != (&wanted.kind, wanted.base_url.to_string(), wanted.plain_http_allowed) {
            // Said in the preview; its key stays where it belongs.
            return Ok(());
        }
        let changed = present.model != wanted.model || present.options != wanted.options;
        let switched = present.active != wanted.active;
        (present.model, present.options) = (wanted.model, wanted.options);
        if changed {
            self.vault.update_provider(&present)?;
        }
        if switched {
            self.vault.switch_provider(present.id, wanted.active)?;
        }
        Ok(())
    }

    fn addon_settings(&self, app: ApplicationId, handle: &str, then: &AddOnSettings) -> Result<(), ApiError> {
        let handle = Handle::try_from(handle.to_owned())?;
        check_settings(handle, &then.settings)?;
        let mut providers = Vec::new();
        for name in &then.providers {
            let found = self.provider(app, name)?.ok_or_else(|| {
                let message = format!("{handle} names a provider {name} that is not there.");
                ApiError::new(Code::NotFound, message, "Add it to the file, or take it out.")
            })?;
            providers.push(found.id);
        }
        self.vault.install_addon(app, handle)?;
        let wanted = AddOn {
            application: app,
            handle,
            enabled: then.enabled,
            providers,
            settings: then.settings.clone(),
        };
        let same = self.vault.addons()?.into_iter().any(|addon| {
            (addon.application, addon.handle, addon.enabled) == (app, handle, wanted.enabled)
                && addon.providers == wanted.providers
                && addon.settings == wanted.settings
        });
        if same { Ok(()) } else { Ok(self.vault.save_addon(&wanted)?) }
    }

    fn key(&self, entry: KeyEntry) -> Result<(), ApiError> {
        let app = self.application(&entry.application)?.ok_or(StoreError::NotFound)?;
        let provider = self.provider(app, &entry.provider)?.ok_or(StoreError::NotFound)?;
        // Looked at once more: something may have changed since the preview.
        if provider.kind.as_str() != entry.kind || provider.base_url.upstream_origin() != entry.origin {
            return Err(StoreError::NotFound.into());
        }
        self.seal(provider.id, &entry.key)
    }

    fn proposal(&self, app: ApplicationId, proposal: Proposal) -> Result<(), ApiError> {
        let mut draft = drafted(&proposal)?;
        match (self.provider(app, &proposal.name)?, &proposal.key) {
            (Some(present), Some(key)) => self.seal(present.id, key),
            (Some(_), None) => Ok(()),
            (None, key) => {
                (draft.application, draft.created) = (app, self.at);
                let key =
                    key.as_ref().map(|key| ProviderKey::from_bytes(Zeroizing::new(key.as_bytes().to_vec())));
                Ok(self.vault.add_provider(&draft, key.transpose()?.as_ref())?)
            }
        }
    }

    fn seal(&self, provider: ProviderId, key: &Zeroizing<String>) -> Result<(), ApiError> {
        let key = ProviderKey::from_bytes(Zeroizing::new(key.as_bytes().to_vec()))?;
        Ok(self.vault.replace_key(provider, &key, None)?)
    }

    fn application(&self, name: &str) -> Result<Option<ApplicationId>, StoreError> {
        Ok(self.vault.applications()?.into_iter().find(|each| each.name.as_str() == name).map(|each| each.id))
    }

    fn provider(&self, app: ApplicationId, name: &str) -> Result<Option<Provider>, StoreError> {
        let all = self.vault.providers()?.into_iter().map(|stored| stored.provider);
        Ok(all.into_iter().find(|each| each.application == app && each.name.as_str() == name))
    }
}
