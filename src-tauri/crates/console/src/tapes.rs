//! Use cases of tapes: sets of recorded exchanges, who records and plays them, and sets as files.

mod deck;
mod files;

use std::collections::HashMap;

use ::providers::Adapter;
use domain::tape::SET_MAX;
use domain::{ActiveTape, Provider, ProviderId, TapeName, TapeSetId, TapeUse};
use vault::{StoredTapes, Vault};

use crate::Console;
use crate::api::{
    ApiError, Code, Items, Nothing, ProviderRef, ProviderView, TapeCreate, TapePlay, TapeRecord, TapeRef,
    TapeRename, TapeSetView, TapeUser, Topic,
};

pub(crate) use deck::Deck;

const SETS: &[Topic] = &[Topic::Tapes];
const USES: &[Topic] = &[Topic::Tapes, Topic::Providers, Topic::Addons];

impl Console {
    pub(crate) async fn tape_list(&self, _: Nothing) -> Result<Items<TapeSetView>, ApiError> {
        let (sets, names) = self
            .store(|vault| {
                let opens: Vec<_> =
                    vault.tape_sets()?.into_iter().map(|set| (vault.tape_set_opens(&set), set)).collect();
                Ok::<_, ApiError>((opens, users(vault)?))
            })
            .await?;
        let view = |(opens, set): (Option<bool>, StoredTapes)| TapeSetView {
            id: set.id,
            kinds: set.kinds.iter().map(|kind| kind.as_str().to_owned()).collect(),
            exchanges: set.exchanges,
            bytes: set.bytes,
            bytes_max: SET_MAX as u64,
            recorded: set.recorded,
            created: set.created,
            damaged: opens == Some(false),
            users: names.iter().filter(|(id, _)| *id == set.id).map(|(_, user)| user.clone()).collect(),
            lost: self.deck.lost(set.id),
            name: set.name,
        };
        Ok(sets.into_iter().map(view).collect::<Vec<_>>().into())
    }

    pub(crate) async fn tape_create(&self, request: TapeCreate) -> Result<TapeSetView, ApiError> {
        let name = TapeName::try_from(request.name)?;
        let id = self.change(SETS, move |vault| vault.add_tape_set(&name)).await?;
        self.tape_view(id).await
    }

    pub(crate) async fn tape_rename(&self, request: TapeRename) -> Result<TapeSetView, ApiError> {
        let (id, name) = (request.set, TapeName::try_from(request.name)?);
        self.change(USES, move |vault| vault.rename_tape_set(id, &name)).await?;
        self.tape_view(id).await
    }

    pub(crate) async fn tape_delete(&self, request: TapeRef) -> Result<Nothing, ApiError> {
        let id = request.set;
        let removed = self.change(SETS, move |vault| vault.remove_tape_set(id)).await?;
        if removed {
            self.deck.forget(id);
            return Ok(Nothing {});
        }
        let users: Vec<_> =
            self.tape_view(id).await?.users.into_iter().map(|user| user.provider_name).collect();
        let message = format!("The tapes are in use at {}.", users.join(", "));
        // Its provider would ask the network from then on.
        Err(ApiError::new(Code::InvalidInput, message, "Stop recording or playing them first."))
    }

    pub(crate) async fn tape_record(&self, request: TapeRecord) -> Result<ProviderView, ApiError> {
        let TapeRecord { provider, set } = request;
        let stored = self.provider(provider).await?;
        if local(&stored) {
            return Err(no_network(&stored));
        }
        if self.tape_view(set).await?.damaged {
            return Err(damaged());
        }
        self.deck.forget(set);
        self.use_tapes(provider, set, TapeUse::Record).await
    }

    pub(crate) async fn tape_play(&self, request: TapePlay) -> Result<ProviderView, ApiError> {
        let TapePlay { provider, set, fast } = request;
        let stored = self.provider(provider).await?;
        if local(&stored) {
            return Err(no_network(&stored));
        }
        let view = self.tape_view(set).await?;
        if view.damaged {
            return Err(damaged());
        }
        if view.exchanges == 0 {
            let hint = "Record something into them first, or import tapes.";
            return Err(ApiError::new(Code::InvalidInput, "These tapes are empty.", hint));
        }
        self.use_tapes(provider, set, if fast { TapeUse::PlayFast } else { TapeUse::Play }).await
    }

    pub(crate) async fn tape_stop(&self, request: ProviderRef) -> Result<ProviderView, ApiError> {
        let id = request.provider;
        self.provider(id).await?;
        self.change(USES, move |vault| vault.stop_tapes(id)).await?;
        self.shown(id).await
    }

    async fn use_tapes(
        &self,
        provider: ProviderId,
        set: TapeSetId,
        does: TapeUse,
    ) -> Result<ProviderView, ApiError> {
        let since = self.last_tape.next(self.clock.now());
        self.change(USES, move |vault| vault.use_tapes(provider, set, does, since)).await?;
        self.shown(provider).await
    }

    async fn tape_view(&self, id: TapeSetId) -> Result<TapeSetView, ApiError> {
        let all = self.tape_list(Nothing {}).await?.items;
        all.into_iter().find(|set| set.id == id).ok_or_else(|| {
            ApiError::new(Code::NotFound, "There are no such tapes.", "`addonctl tape list` shows them.")
        })
    }

    /// Which tapes are in use.
    pub(crate) async fn active_tapes(&self) -> Result<HashMap<ProviderId, ActiveTape>, ApiError> {
        Ok(self.store(|vault| vault.tape_uses()).await?.into_iter().collect())
    }
}

fn users(vault: &Vault) -> Result<Vec<(TapeSetId, TapeUser)>, ApiError> {
    let providers = vault.providers()?;
    let user = |(id, active): (ProviderId, ActiveTape)| {
        let provider = &providers.iter().find(|stored| stored.provider.id == id)?.provider;
        let user = TapeUser {
            provider: id,
            provider_name: provider.name.as_str().to_owned(),
            application: provider.application,
            does: active.does,
            since: active.since,
        };
        Some((active.set, user))
    };
    Ok(vault.tape_uses()?.into_iter().filter_map(user).collect())
}

fn local(provider: &Provider) -> bool {
    ::providers::adapter(&provider.kind).map(Adapter::descriptor).is_some_and(|known| known.local)
}

fn no_network(provider: &Provider) -> ApiError {
    let message =
        format!("{} answers by itself: there is nothing to record or play.", provider.name.as_str());
    ApiError::new(Code::InvalidInput, message, "Choose a provider with a server.")
}

fn damaged() -> ApiError {
    ApiError::new(
        Code::Damaged,
        "The key of these tapes does not open: they can be neither recorded nor played.",
        "Delete them, and import them again from a file.",
    )
}
