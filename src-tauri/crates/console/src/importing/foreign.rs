//! Providers from a foreign file, as this console would store them: settings, and keys with the place they belong to.

use std::collections::BTreeMap;

use ::providers::Adapter;
use ::transfer::{Ignored, KeyEntry, Proposal, Proposals, ProviderSettings, shown};
use domain::{BaseUrl, ProviderKind, ProviderName};

use super::{Asked, Import};
use crate::providers::{checked_model, checked_options};

/// What a foreign file asks for. What cannot become a provider is left aside, and said.
pub(super) fn import(application: String, proposals: Proposals) -> Import {
    let Proposals { providers: proposals, mut ignored } = proposals;
    let (mut providers, mut keys) = (BTreeMap::new(), Vec::new());
    for mut proposal in proposals {
        let key = proposal.key.take();
        let drafted = drafted(&proposal, key.as_ref().map(|key| key.as_str()));
        let (name, settings, origin) = match drafted {
            Ok(drafted) => drafted,
            Err(why) => {
                ignored.push((shown(&proposal.name), why));
                continue;
            }
        };
        if providers.contains_key(&name) {
            ignored.push((name, Ignored::Repeated));
            continue;
        }
        if let Some(key) = key {
            let (application, provider) = (application.clone(), name.clone());
            keys.push(KeyEntry { application, provider, kind: settings.kind.clone(), origin, key });
        }
        providers.insert(name, settings);
    }
    Import { settings: Asked::Providers { application, providers }, keys, ignored }
}

/// Its name, its settings, and the server that its key belongs to.
fn drafted(proposal: &Proposal, key: Option<&str>) -> Result<(String, ProviderSettings, String), Ignored> {
    let invalid = |_| Ignored::InvalidValue;
    let name = ProviderName::try_from(proposal.name.clone()).map_err(invalid)?;
    let kind = ProviderKind::try_from(proposal.kind.clone()).map_err(invalid)?;
    let adapter = ::providers::adapter(&kind).ok_or(Ignored::UnknownProvider)?;
    let known = Adapter::descriptor(adapter);
    let needs = |name: &str| known.fields.iter().any(|field| field.name == name && field.required);
    let mut options: BTreeMap<String, String> = proposal.options.iter().cloned().collect();
    let (mut base_url, mut model) = (proposal.base_url.clone(), proposal.model.clone());
    if let Some(pasted) = base_url.as_deref().and_then(|url| adapter.split_url(url)) {
        base_url = Some(pasted.base_url);
        model = model.or(pasted.model);
        for (name, value) in pasted.options {
            options.entry(name.to_owned()).or_insert(value);
        }
    }
    if (needs("model") && model.is_none()) || (needs("base-url") && base_url.is_none()) {
        return Err(Ignored::Incomplete);
    }
    let of_key = || key.and_then(|key| adapter.base_url_of_key(key));
    let base_url = base_url.as_deref().or_else(of_key).unwrap_or(known.base_url);
    let base_url = BaseUrl::parse(base_url).map_err(invalid)?;
    if base_url.is_plain_http() && !base_url.is_loopback() {
        // Consent is the developer's to give, in the form of the provider.
        return Err(Ignored::InvalidValue);
    }
    // A file's api-version is no option of most types.
    options.retain(|name, _| known.fields.iter().any(|field| field.name == name));
    let settings = ProviderSettings {
        kind: kind.as_str().to_owned(),
        base_url: base_url.to_string(),
        model: checked_model(known, model).map_err(|_| Ignored::InvalidValue)?.map(Into::into),
        options: checked_options(known, options).map_err(|_| Ignored::InvalidValue)?.into(),
        plain_http_allowed: false,
        active: true,
    };
    Ok((name.into(), settings, base_url.upstream_origin()))
}
