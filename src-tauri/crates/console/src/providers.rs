//! Use cases of providers. A key comes in as a staged key and never goes out.

use std::sync::Arc;

use domain::{AddOn, BaseUrl, Handle, KeyTail, Model, Provider, ProviderId, ProviderKind, ProviderName};
use uuid::Uuid;
use vault::ProviderKey;

use crate::Console;
use crate::api::{
    ApiError, ApplicationRef, Code, Items, Nothing, ProviderAdd, ProviderKindView, ProviderRef,
    ProviderReplaceKey, ProviderView, Topic,
};

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
        let own = providers.iter().filter(|(provider, _)| provider.application == request.application);
        Ok(own.map(|(provider, _)| self.provider_view(provider, &addons)).collect::<Vec<_>>().into())
    }

    pub(crate) async fn provider_add(&self, add: ProviderAdd) -> Result<ProviderView, ApiError> {
        let staged = add.key;
        let (provider, key) = self.draft(add).await?;
        let saved = provider.clone();
        self.change(TOPICS, move |vault| vault.add_provider(&saved, key.as_deref())).await?;
        if let Some(staged) = staged {
            self.staged.discard(staged);
        }
        Ok(self.provider_view(&provider, &[]))
    }

    pub(crate) async fn provider_replace_key(
        &self,
        request: ProviderReplaceKey,
    ) -> Result<ProviderView, ApiError> {
        let key = self.staged.peek(request.key)?;
        let id = request.provider;
        self.change(TOPICS, move |vault| vault.replace_key(id, &key)).await?;
        self.staged.discard(request.key);
        self.health.forget(id);
        let addons = self.store(|vault| vault.addons()).await?;
        Ok(self.provider_view(&self.provider(id).await?, &addons))
    }

    pub(crate) async fn provider_remove(&self, request: ProviderRef) -> Result<Nothing, ApiError> {
        let id = request.provider;
        self.change(TOPICS, move |vault| vault.remove_provider(id)).await?;
        self.health.forget(id);
        Ok(Nothing {})
    }

    /// The provider, or `not-found`.
    pub(crate) async fn provider(&self, id: ProviderId) -> Result<Provider, ApiError> {
        let all = self.store(|vault| vault.providers()).await?;
        all.into_iter().map(|(provider, _)| provider).find(|provider| provider.id == id).ok_or_else(|| {
            ApiError::new(Code::NotFound, "There is no such provider.", "It may have been removed elsewhere.")
        })
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
        if known.needs_key && key.is_none() {
            let hint = format!("Get one at {}.", known.key_url);
            return Err(ApiError::new(Code::NeedsKey, format!("{} needs a key.", known.title), hint));
        }
        let base_url = match add.base_url.filter(|text| !text.trim().is_empty()) {
            Some(text) => BaseUrl::parse(&text)?,
            None => BaseUrl::parse(known.base_url)?,
        };
        if base_url.is_plain_http() && !base_url.is_loopback() && !add.plain_http_allowed {
            return Err(ApiError::new(
                Code::PlainHttp,
                "Over plain HTTP the key and every prompt can be read on the way.",
                "Use https://, or agree to plain HTTP for this provider.",
            ));
        }
        let model = add.model.filter(|text| !text.trim().is_empty()).map(Model::try_from).transpose()?;
        let provider = Provider {
            id: ProviderId(Uuid::now_v7()),
            application: add.application,
            name: ProviderName::try_from(add.name)?,
            kind,
            base_url,
            model,
            plain_http_allowed: add.plain_http_allowed,
            key_tail: key.as_deref().map(ProviderKey::tail),
            created: self.clock.now(),
        };
        Ok((provider, key))
    }

    fn provider_view(&self, provider: &Provider, addons: &[AddOn]) -> ProviderView {
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
            key_tail: provider.key_tail.as_ref().map(|tail| KeyTail::from_stored(tail.as_str().to_owned())),
            used_by,
            last_test: self.health.of(provider.id),
            created: provider.created,
        }
    }
}

fn kind_view(known: &::providers::Descriptor) -> ProviderKindView {
    ProviderKindView {
        kind: known.kind.to_owned(),
        title: known.title.to_owned(),
        needs_key: known.needs_key,
        local: known.local,
        base_url: if known.local { String::new() } else { known.base_url.to_owned() },
        models: known.models.iter().map(|model| (*model).to_owned()).collect(),
        default_model: known.default_model.map(str::to_owned),
        key_hint: known.key_hint.to_owned(),
        key_url: known.key_url.to_owned(),
        addons: domain::addons::REGISTRY
            .iter()
            .filter(|addon| known.capabilities.contains(&addon.capability))
            .map(|addon| addon.handle)
            .collect(),
    }
}
