//! Use cases of providers. A key comes in as a staged key and never goes out.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use ::providers::{Adapter, Descriptor, KeyRule};
use domain::{
    AddOn, BaseUrl, Handle, KeyTail, Model, Provider, ProviderId, ProviderKind, ProviderName, ProviderOptions,
};
use uuid::Uuid;
use vault::{ProviderKey, StoredProvider};

use crate::Console;
use crate::api::{
    ApiError, ApplicationRef, Code, Items, Nothing, PastedUrl, PreviousKey, ProviderAdd, ProviderKindView,
    ProviderRef, ProviderRemove, ProviderReplaceKey, ProviderSwitch, ProviderUpdate, ProviderView, SplitUrl,
    Topic,
};

/// A week: longer, and it is no rotation.
const OVERLAP_MAX: u32 = 7 * 24;
const TOPICS: &[Topic] = &[Topic::Providers, Topic::Addons];

impl Console {
    pub(crate) async fn provider_kinds(&self, _: Nothing) -> Result<Items<ProviderKindView>, ApiError> {
        Ok(::providers::registry()
            .iter()
            .map(|adapter| kind_view(adapter.descriptor()))
            .collect::<Vec<_>>()
            .into())
    }

    pub(crate) async fn provider_list(
        &self,
        request: ApplicationRef,
    ) -> Result<Items<ProviderView>, ApiError> {
        self.application(request.application).await?;
        let (providers, addons) =
            self.store(|vault| Ok::<_, vault::StoreError>((vault.providers()?, vault.addons()?))).await?;
        let damaged = self.vault_damaged().await?;
        let own = providers.iter().filter(|stored| stored.provider.application == request.application);
        let (faults, tapes) = (self.active_faults().await?, self.active_tapes().await?);
        let view = |stored| {
            let view: ProviderView = self.provider_view(stored, &addons, &damaged);
            let (fault, tape) = (faults.get(&view.id).copied(), tapes.get(&view.id).cloned());
            ProviderView { fault, tape, ..view }
        };
        Ok(own.map(view).collect::<Vec<_>>().into())
    }

    pub(crate) async fn provider_add(&self, add: ProviderAdd) -> Result<ProviderView, ApiError> {
        let staged = add.key;
        let (provider, key) = self.draft(add).await?;
        let saved = provider.clone();
        self.change(TOPICS, move |vault| vault.add_provider(&saved, key.as_deref())).await?;
        if let Some(staged) = staged {
            self.staged.discard(staged);
        }
        self.shown(provider.id).await
    }

    pub(crate) async fn provider_update(&self, update: ProviderUpdate) -> Result<ProviderView, ApiError> {
        let mut provider = self.provider(update.provider).await?;
        let known = ::providers::adapter(&provider.kind).map(Adapter::descriptor).ok_or_else(|| {
            ApiError::new(
                Code::NotFound,
                "This version does not know the provider's type.",
                "Update the console.",
            )
        })?;
        if let Some(name) = update.name {
            provider.name = ProviderName::try_from(name)?;
        }
        if let Some(model) = update.model {
            provider.model = checked_model(known, Some(model).filter(|text| !text.trim().is_empty()))?;
        }
        if let Some(options) = update.options {
            provider.options = checked_options(known, options)?;
        }
        let saved = provider.clone();
        self.change(TOPICS, move |vault| vault.update_provider(&saved)).await?;
        // What was said of the old model may not hold for the new one.
        self.health.forget(provider.id);
        self.models.forget(provider.id);
        self.shown(provider.id).await
    }

    pub(crate) async fn provider_split_url(&self, request: PastedUrl) -> Result<SplitUrl, ApiError> {
        let kind = ProviderKind::try_from(request.kind)?;
        let pasted = ::providers::adapter(&kind).and_then(|adapter| adapter.split_url(&request.url));
        Ok(match pasted {
            None => SplitUrl { base_url: request.url, model: None, options: BTreeMap::new() },
            Some(pasted) => SplitUrl {
                base_url: pasted.base_url,
                model: pasted.model,
                options: pasted.options.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            },
        })
    }

    pub(crate) async fn provider_replace_key(
        &self,
        request: ProviderReplaceKey,
    ) -> Result<ProviderView, ApiError> {
        let key = self.staged.peek(request.key)?;
        let id = request.provider;
        let overlap = request.overlap_hours.unwrap_or(0);
        if overlap > OVERLAP_MAX {
            return Err(ApiError::new(Code::InvalidInput, "An old key is kept 168 hours at most.", ""));
        }
        let until = self.clock.now().plus(Duration::from_secs(u64::from(overlap) * 60 * 60));
        let keep_until = (overlap > 0).then_some(until);
        self.change(TOPICS, move |vault| vault.replace_key(id, &key, keep_until)).await?;
        self.staged.discard(request.key);
        self.models.forget(id);
        self.health.forget(id);
        self.tell_if_mended().await?;
        self.shown(id).await
    }

    pub(crate) async fn provider_return_key(&self, request: ProviderRef) -> Result<ProviderView, ApiError> {
        let id = request.provider;
        self.change(TOPICS, move |vault| vault.return_key(id)).await?;
        self.models.forget(id);
        self.health.forget(id);
        self.shown(id).await
    }

    pub(crate) async fn provider_switch(&self, request: ProviderSwitch) -> Result<ProviderView, ApiError> {
        let ProviderSwitch { provider, active } = request;
        self.change(TOPICS, move |vault| vault.switch_provider(provider, active)).await?;
        self.shown(provider).await
    }

    pub(crate) async fn provider_remove(&self, request: ProviderRemove) -> Result<Nothing, ApiError> {
        let ProviderRemove { provider: id, shred } = request;
        self.change(TOPICS, move |vault| vault.remove_provider(id, shred)).await?;
        self.health.forget(id);
        self.tell_if_mended().await?;
        Ok(Nothing {})
    }

    /// The provider, or `not-found`.
    pub(crate) async fn provider(&self, id: ProviderId) -> Result<Provider, ApiError> {
        Ok(self.stored_provider(id).await?.provider)
    }

    /// The provider with its sealed keys, or `not-found`.
    pub(crate) async fn stored_provider(&self, id: ProviderId) -> Result<StoredProvider, ApiError> {
        let all = self.store(|vault| vault.providers()).await?;
        all.into_iter().find(|stored| stored.provider.id == id).ok_or_else(|| {
            ApiError::new(Code::NotFound, "There is no such provider.", "It may have been removed elsewhere.")
        })
    }

    /// A stored provider as faces see it.
    pub(crate) async fn shown(&self, id: ProviderId) -> Result<ProviderView, ApiError> {
        let stored = self.stored_provider(id).await?;
        let addons = self.store(|vault| vault.addons()).await?;
        let fault = self.active_faults().await?.get(&id).copied();
        let tape = self.active_tapes().await?.remove(&id);
        Ok(ProviderView { fault, tape, ..self.provider_view(&stored, &addons, &self.vault_damaged().await?) })
    }

    async fn vault_damaged(&self) -> Result<Vec<ProviderId>, ApiError> {
        Ok(self.store(|vault| vault.status()).await?.damaged)
    }

    /// A provider as it would be stored, with its staged key.
    pub(crate) async fn draft(
        &self,
        add: ProviderAdd,
    ) -> Result<(Provider, Option<Arc<ProviderKey>>), ApiError> {
        self.application(add.application).await?;
        let kind = ProviderKind::try_from(add.kind)?;
        let adapter = ::providers::adapter(&kind).ok_or_else(|| {
            ApiError::new(Code::NotFound, format!("There is no provider type {}.", kind.as_str()), "")
        })?;
        let known = adapter.descriptor();
        let key = add.key.map(|id| self.staged.peek(id)).transpose()?;
        if known.key == KeyRule::Required && key.is_none() {
            let hint = format!("Get one at {}.", known.key_url);
            return Err(ApiError::new(Code::NeedsKey, format!("{} needs a key.", known.title), hint));
        }
        let typed = add.base_url.filter(|text| !text.trim().is_empty());
        let pasted = typed.as_deref().and_then(|text| adapter.split_url(text));
        let of_key = || key.as_deref().and_then(|key| key.expose(|plain| adapter.base_url_of_key(plain)));
        let base_url = match (&pasted, typed) {
            (Some(pasted), _) => BaseUrl::parse(&pasted.base_url)?,
            (None, Some(text)) => BaseUrl::parse(&text)?,
            (None, None) => BaseUrl::parse(of_key().unwrap_or(known.base_url))?,
        };
        if base_url.is_plain_http() && !base_url.is_loopback() && !add.plain_http_allowed {
            return Err(ApiError::new(
                Code::PlainHttp,
                "Over plain HTTP the key and every prompt can be read on the way.",
                "Use https://, or agree to plain HTTP for this provider.",
            ));
        }
        let (mut model, mut options) = (add.model.filter(|text| !text.trim().is_empty()), add.options);
        if let Some(pasted) = pasted {
            // What was typed beside it wins over what the address says.
            model = model.or(pasted.model);
            for (name, value) in pasted.options {
                options.entry(name.to_owned()).or_insert(value);
            }
        }
        let model = checked_model(known, model)?;
        let options = checked_options(known, options)?;
        let provider = Provider {
            id: ProviderId(Uuid::now_v7()),
            application: add.application,
            name: ProviderName::try_from(add.name)?,
            kind,
            base_url,
            model,
            options,
            plain_http_allowed: add.plain_http_allowed,
            key_tail: key.as_deref().map(ProviderKey::tail),
            active: true,
            created: self.clock.now(),
        };
        Ok((provider, key))
    }

    fn provider_view(
        &self,
        stored: &StoredProvider,
        addons: &[AddOn],
        damaged: &[ProviderId],
    ) -> ProviderView {
        let StoredProvider { provider, previous, .. } = stored;
        let known = ::providers::adapter(&provider.kind).map(::providers::Adapter::descriptor);
        let used_by: Vec<Handle> = addons
            .iter()
            .filter(|addon| addon.providers.contains(&provider.id))
            .map(|addon| addon.handle)
            .collect();
        let model = provider.model.as_ref().map(Model::as_str);
        ProviderView {
            id: provider.id,
            application: provider.application,
            name: provider.name.as_str().to_owned(),
            kind: provider.kind.as_str().to_owned(),
            kind_title: known.map_or(provider.kind.as_str(), |known| known.title).to_owned(),
            base_url: if known.is_some_and(|known| known.local) {
                String::new()
            } else {
                provider.base_url.to_string()
            },
            model: model.or(known.and_then(|known| known.default_model)).map(str::to_owned),
            options: provider.options.clone().into(),
            key_tail: provider.key_tail.as_ref().map(copy),
            active: provider.active,
            previous_key: previous
                .as_ref()
                .map(|previous| PreviousKey { tail: copy(&previous.tail), until: previous.until }),
            damaged: damaged.contains(&provider.id),
            fault: None,
            tape: None,
            used_by,
            last_test: self.health.of(provider.id),
            created: provider.created,
        }
    }
}

fn copy(tail: &KeyTail) -> KeyTail {
    KeyTail::from_stored(tail.as_str().to_owned())
}

/// The model, if one is needed or named.
pub(crate) fn checked_model(known: &Descriptor, typed: Option<String>) -> Result<Option<Model>, ApiError> {
    let model = typed.map(Model::try_from).transpose()?;
    let field = known.fields.iter().find(|field| field.name == "model");
    match (model, field) {
        (None, Some(field)) if field.required => Err(ApiError::new(
            Code::InvalidInput,
            format!("{} needs a {}.", known.title, field.label),
            field.hint,
        )),
        (model, _) => Ok(model),
    }
}

/// Options the type has, with acceptable values.
pub(crate) fn checked_options(
    known: &Descriptor,
    typed: BTreeMap<String, String>,
) -> Result<ProviderOptions, ApiError> {
    let fields = || known.fields.iter().filter(|field| !matches!(field.name, "base-url" | "model"));
    if let Some(name) = typed.keys().find(|name| !fields().any(|field| field.name == name.as_str())) {
        let takes: Vec<_> = fields().map(|field| field.name).collect();
        let hint = if takes.is_empty() { String::new() } else { format!("It takes {}.", takes.join(", ")) };
        return Err(ApiError::new(
            Code::InvalidInput,
            format!("{} has no option {name}.", known.title),
            hint,
        ));
    }
    Ok(ProviderOptions::try_from(typed)?)
}

fn kind_view(known: &'static Descriptor) -> ProviderKindView {
    ProviderKindView {
        descriptor: *known,
        addons: domain::addons::REGISTRY
            .iter()
            .filter(|addon| addon.capability.is_some_and(|needed| known.capabilities.contains(&needed)))
            .map(|addon| addon.handle)
            .collect(),
    }
}
