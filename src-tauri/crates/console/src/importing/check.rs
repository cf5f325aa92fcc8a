//! The product's rules, for settings that come from a file: the same as for settings that are typed. Checked whole before
//! anything is changed; what is there already and stays the same is not judged again.

use std::collections::{BTreeMap, BTreeSet};

use ::providers::Adapter;
use ::transfer::{AddOnSettings, ApplicationSettings, ConsoleSettings, ProviderSettings, Settings, shown};
use domain::addons::check_settings;
use domain::{ApplicationKind, ApplicationName, BaseUrl, Handle, Origin, ProviderKind, ProviderName};

use crate::api::{ApiError, Code};
use crate::providers::{checked_model, checked_options};
use crate::{addons, vaulting};

/// The settings in the form in which they would be stored, so that the same reads as the same.
pub(super) fn checked(now: &Settings, then: Settings) -> Result<Settings, ApiError> {
    let mut whole = Settings::default();
    whole.console = console(then.console)?;
    for (typed, settings) in then.applications {
        let place = shown(&typed);
        let name: String = ApplicationName::try_from(typed).map_err(|error| at(&place, error.into()))?.into();
        let settings = application(&name, now.applications.get(&name), settings)?;
        once(&place, whole.applications.insert(name, settings))?;
    }
    Ok(whole)
}

fn console(mut then: ConsoleSettings) -> Result<ConsoleSettings, ApiError> {
    let clean =
        |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    (then.ca_file, then.corporate_proxy) = (clean(then.ca_file), clean(then.corporate_proxy));
    // Its rules are a base URL's; above all it must not hold a password.
    if then.corporate_proxy.as_deref().is_some_and(|proxy| BaseUrl::parse(proxy).is_err()) {
        return Err(invalid(
            "corporate_proxy",
            "must look like http://proxy.example:3128, without user and password",
        ));
    }
    if then.lock_idle_minutes > vaulting::IDLE_MAX {
        return Err(invalid("lock_idle_minutes", "is 0 to 1,440"));
    }
    Ok(then)
}

fn application(
    name: &str,
    now: Option<&ApplicationSettings>,
    then: ApplicationSettings,
) -> Result<ApplicationSettings, ApiError> {
    let here = |error: domain::InvalidValue| at(name, error.into());
    let kind: ApplicationKind = then.kind.parse().map_err(here)?;
    let origins = then.origins.iter().map(|origin| Origin::parse(origin)).collect::<Result<BTreeSet<_>, _>>();
    let mut whole = ApplicationSettings {
        kind: kind.as_str().to_owned(),
        origins: origins.map_err(here)?.into_iter().map(String::from).collect(),
        providers: BTreeMap::new(),
        addons: BTreeMap::new(),
    };
    for (typed, settings) in then.providers {
        let place = format!("{name} / {}", shown(&typed));
        let checked = (|| {
            let provider: String = ProviderName::try_from(typed)?.into();
            let present = now.and_then(|now| now.providers.get(&provider));
            Ok::<_, ApiError>((
                provider,
                if present == Some(&settings) { settings } else { self::provider(settings)? },
            ))
        })();
        let (provider, settings) = checked.map_err(|error| at(&place, error))?;
        once(&place, whole.providers.insert(provider, settings))?;
    }
    // What counts for AddOns: a provider that is there keeps its type.
    let mut kinds: BTreeMap<&str, &str> = BTreeMap::new();
    let there = now.into_iter().flat_map(|now| &now.providers);
    for (provider, settings) in whole.providers.iter().chain(there) {
        kinds.insert(provider, &settings.kind);
    }
    let mut addons = BTreeMap::new();
    for (handle, settings) in then.addons {
        let place = format!("{name} / {}", shown(&handle));
        let present = now.and_then(|now| now.addons.get(&handle));
        if present != Some(&settings) {
            addon(&handle, &settings, &kinds).map_err(|error| at(&place, error))?;
        }
        addons.insert(handle, settings);
    }
    exclusion(now, &addons).map_err(|error| at(name, error))?;
    whole.addons = addons;
    Ok(whole)
}

fn provider(then: ProviderSettings) -> Result<ProviderSettings, ApiError> {
    let kind = ProviderKind::try_from(then.kind)?;
    let known = ::providers::adapter(&kind).map(Adapter::descriptor).ok_or_else(|| {
        ApiError::new(
            Code::InvalidInput,
            "This version does not know the provider's type.",
            "Update the console.",
        )
    })?;
    let base_url = BaseUrl::parse(&then.base_url)?;
    if base_url.is_plain_http() && !base_url.is_loopback() && !then.plain_http_allowed {
        return Err(ApiError::new(
            Code::PlainHttp,
            "Over plain HTTP the key and every prompt can be read on the way.",
            "Use https://, or set plain_http_allowed in the file if you agree.",
        ));
    }
    Ok(ProviderSettings {
        kind: kind.into(),
        base_url: base_url.to_string(),
        model: checked_model(known, then.model)?.map(Into::into),
        options: checked_options(known, then.options)?.into(),
        ..then
    })
}

/// `kinds`: the type of each provider that the application will have, by name.
fn addon(handle: &str, then: &AddOnSettings, kinds: &BTreeMap<&str, &str>) -> Result<(), ApiError> {
    let handle = Handle::try_from(handle.to_owned())?;
    check_settings(handle, &then.settings)?;
    for (place, name) in then.providers.iter().enumerate() {
        let kind = kinds.get(name.as_str()).and_then(|kind| ProviderKind::try_from((*kind).to_owned()).ok());
        let Some(kind) = kind else {
            let message = format!("It names a provider {} that is not there.", shown(name));
            return Err(ApiError::new(Code::NotFound, message, "Add it to the file, or take it out."));
        };
        if !addons::able(&kind, handle) || then.providers[..place].contains(name) {
            return Err(addons::unable(name, handle));
        }
    }
    Ok(())
}

/// Beefree: only one of the two writing assistants can be on. What is on already counts.
fn exclusion(
    now: Option<&ApplicationSettings>,
    then: &BTreeMap<String, AddOnSettings>,
) -> Result<(), ApiError> {
    let there = now.into_iter().flat_map(|now| &now.addons).filter(|(handle, _)| !then.contains_key(*handle));
    let on: BTreeSet<&str> = then
        .iter()
        .chain(there)
        .filter(|(_, settings)| settings.enabled)
        .map(|(handle, _)| handle.as_str())
        .collect();
    for handle in on.iter().filter_map(|handle| Handle::try_from((*handle).to_owned()).ok()) {
        if let Some(other) = handle.descriptor().excludes.filter(|other| on.contains(other.as_str())) {
            return Err(addons::excluded(handle, other));
        }
    }
    Ok(())
}

/// Spaces around a name do not make another of it.
fn once<T>(place: &str, before: Option<T>) -> Result<(), ApiError> {
    before.map_or(Ok(()), |_| Err(invalid(place, "stands there twice")))
}

fn invalid(what: &str, rule: &str) -> ApiError {
    ApiError::new(Code::InvalidInput, format!("{what} {rule}. Nothing was changed."), "Mend the file.")
}

fn at(place: &str, error: ApiError) -> ApiError {
    ApiError { message: format!("{place}: {} Nothing was changed.", error.message), ..error }
}
