//! What an import would do to the vault as it stands: made for the preview, and once more before anything is applied.

use std::collections::{BTreeMap, BTreeSet};

use ::transfer::{
    ApplicationSettings, Change, Ignored, KeyEntry, Outcome, ProviderSettings, Settings, Subject, difference,
    shown,
};
use domain::{BaseUrl, Provider};
use subtle::ConstantTimeEq as _;
use vault::{Binding, ProviderKey, StoredProvider, Vault};
use zeroize::Zeroizing;

use super::{Asked, Import, check};
use crate::api::{ApiError, Code};
use crate::exporting::settings;

pub(super) struct Plan {
    /// All that the file names, as it would stand.
    pub(super) then: Option<Settings>,
    pub(super) changes: Vec<Change>,
    pub(super) ignored: Vec<(String, Ignored)>,
    /// Places in the import's list of keys: those that are sealed.
    pub(super) keys: Vec<usize>,
}

pub(super) fn plan(vault: &Vault, import: &Import) -> Result<Plan, ApiError> {
    let now = settings(vault)?;
    let (then, mut changes) = match &import.settings {
        Asked::Nothing => (None, Vec::new()),
        Asked::Document(document) => {
            let then = document.over(&now).map_err(crate::exporting::refused)?;
            let then = check::checked(&now, then)?;
            let changes = difference(&now, &then);
            (Some(then), changes)
        }
        Asked::Providers { application, providers } => {
            let then = over(&now, application, providers.clone())?;
            let mut changes = difference(&now, &then);
            changes.retain(|change| change.subject == Subject::Provider);
            (Some(then), changes)
        }
    };
    let (mut keys, mut ignored, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    let stored = stored(vault)?;
    for (place, entry) in import.keys.iter().enumerate() {
        let outcome = if seen.insert((&entry.application, &entry.provider)) {
            becomes(vault, &stored, then.as_ref(), entry)
        } else {
            Err(Ignored::Repeated)
        };
        match outcome {
            Err(why) => ignored.push((shown(&format!("{} / {}", entry.application, entry.provider)), why)),
            Ok(verdict) => {
                changes.push(Change {
                    subject: Subject::Key,
                    application: entry.application.clone(),
                    name: entry.provider.clone(),
                    verdict,
                    fields: Vec::new(),
                });
                if verdict != Outcome::Unchanged {
                    keys.push(place);
                }
            }
        }
    }
    Ok(Plan { then, changes, ignored, keys })
}

/// Foreign providers over those of an application. What a foreign file does not say stays as it is.
fn over(
    now: &Settings,
    application: &str,
    mut providers: BTreeMap<String, ProviderSettings>,
) -> Result<Settings, ApiError> {
    let present = now.applications.get(application).ok_or_else(|| {
        let message = format!("There is no application {}.", shown(application));
        ApiError::new(Code::NotFound, message, "Name the one that the providers are for.")
    })?;
    for (name, provider) in &mut providers {
        let Some(present) = present.providers.get(name) else { continue };
        if origin(&present.base_url) == origin(&provider.base_url) {
            provider.base_url.clone_from(&present.base_url);
        }
        provider.model = provider.model.take().or_else(|| present.model.clone());
        if provider.options.is_empty() {
            provider.options.clone_from(&present.options);
        }
        (provider.plain_http_allowed, provider.active) = (present.plain_http_allowed, present.active);
    }
    let part = ApplicationSettings {
        kind: present.kind.clone(),
        origins: present.origins.clone(),
        providers,
        addons: BTreeMap::new(),
    };
    let mut then = Settings::default();
    then.console.clone_from(&now.console);
    then.applications.insert(application.to_owned(), part);
    Ok(then)
}

fn origin(base_url: &str) -> Option<String> {
    BaseUrl::parse(base_url).ok().map(|url| url.upstream_origin())
}

/// Every provider with the name of its application.
fn stored(vault: &Vault) -> Result<Vec<(String, StoredProvider)>, ApiError> {
    let applications = vault.applications()?;
    let named = |stored: StoredProvider| {
        let own = applications.iter().find(|each| each.id == stored.provider.application)?;
        Some((own.name.as_str().to_owned(), stored))
    };
    Ok(vault.providers()?.into_iter().filter_map(named).collect())
}

/// What becomes of a key: it goes to the provider of its name, if that is of its type and at its server.
fn becomes(
    vault: &Vault,
    stored: &[(String, StoredProvider)],
    then: Option<&Settings>,
    entry: &KeyEntry,
) -> Result<Outcome, Ignored> {
    let key = ProviderKey::from_bytes(Zeroizing::new(entry.key.as_bytes().to_vec()));
    let key = key.map_err(|_| Ignored::InvalidValue)?;
    let present = stored.iter().find(|(application, stored)| {
        *application == entry.application && stored.provider.name.as_str() == entry.provider
    });
    let Some((_, present)) = present else {
        let app = then.and_then(|then| then.applications.get(&entry.application));
        let new = app.and_then(|app| app.providers.get(&entry.provider)).filter(|provider| {
            provider.kind == entry.kind && origin(&provider.base_url).as_ref() == Some(&entry.origin)
        });
        return new.map(|_| Outcome::Added).ok_or(Ignored::NoSuchProvider);
    };
    if !belongs(entry, &present.provider) {
        return Err(Ignored::NoSuchProvider);
    }
    let Some(sealed) = &present.key else { return Ok(Outcome::Added) };
    let opened = vault.opener().and_then(|opener| opener.open(sealed, &Binding::of(&present.provider)).ok());
    let same = opened.is_some_and(|opened| {
        opened.expose(|old| key.expose(|new| bool::from(old.as_bytes().ct_eq(new.as_bytes()))))
    });
    Ok(if same { Outcome::Unchanged } else { Outcome::Changed })
}

pub(super) fn belongs(entry: &KeyEntry, provider: &Provider) -> bool {
    provider.kind.as_str() == entry.kind && provider.base_url.upstream_origin() == entry.origin
}
