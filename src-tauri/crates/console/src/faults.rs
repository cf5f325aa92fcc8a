//! Use cases of faults: failures provoked on purpose, per provider, and who may ask for one by header.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};

use ::providers::faults::{applies, offered};
use domain::{ActiveFault, Fault, FaultTimes, ProviderId, ProviderKind, Timestamp};

use crate::Console;
use crate::api::{
    ApiError, ApplicationTesting, ApplicationView, Code, FaultList, FaultSet, FaultView, Items, ProviderRef,
    ProviderView, Topic,
};

const TOPICS: &[Topic] = &[Topic::Providers, Topic::Addons];

/// When a fault, or tapes, were last switched on. Each has a time of its own, by which its calls are counted.
#[derive(Default)]
pub(crate) struct LastFault(AtomicI64);

impl LastFault {
    pub(crate) fn next(&self, now: Timestamp) -> Timestamp {
        let later = |last: i64| now.0.max(last.saturating_add(1));
        let before = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| Some(later(last)));
        Timestamp(before.map_or(now.0, later))
    }
}

impl Console {
    pub(crate) async fn fault_list(&self, request: FaultList) -> Result<Items<FaultView>, ApiError> {
        let kind = request.kind.map(|kind| adapter(&kind)).transpose()?;
        let wanted = |fault: &&Fault| kind.is_none_or(|adapter| applies(**fault, adapter));
        Ok(Fault::ALL.iter().filter(wanted).map(|fault| view(*fault)).collect::<Vec<_>>().into())
    }

    pub(crate) async fn fault_set(&self, request: FaultSet) -> Result<ProviderView, ApiError> {
        let FaultSet { provider: id, fault: word, times } = request;
        let provider = self.provider(id).await?;
        let adapter = adapter(provider.kind.as_str())?;
        let Some(fault) = Fault::from_word(&word) else {
            return Err(ApiError::new(
                Code::NotFound,
                "There is no such fault.",
                format!("`addonctl fault list --kind {}` shows them.", provider.kind.as_str()),
            ));
        };
        if !offered(adapter).contains(&fault) {
            let title = adapter.descriptor().title;
            return Err(ApiError::new(
                Code::InvalidInput,
                format!("{title} cannot fail so: {}.", fault.title()),
                format!("`addonctl fault list --kind {}` shows how it can.", provider.kind.as_str()),
            ));
        }
        let left = times.map(FaultTimes::try_from).transpose()?;
        let active = ActiveFault { fault, left, since: self.last_fault.next(self.clock.now()) };
        self.change(TOPICS, move |vault| vault.set_fault(id, &active)).await?;
        self.shown(id).await
    }

    pub(crate) async fn fault_clear(&self, request: ProviderRef) -> Result<ProviderView, ApiError> {
        let id = request.provider;
        self.provider(id).await?;
        self.change(TOPICS, move |vault| vault.clear_fault(id)).await?;
        self.shown(id).await
    }

    pub(crate) async fn application_testing(
        &self,
        request: ApplicationTesting,
    ) -> Result<ApplicationView, ApiError> {
        let ApplicationTesting { application: id, testing } = request;
        self.change(&[Topic::Applications], move |vault| vault.set_testing(id, testing)).await?;
        self.application_view(id).await
    }

    /// Which faults are on.
    pub(crate) async fn active_faults(&self) -> Result<HashMap<ProviderId, ActiveFault>, ApiError> {
        Ok(self.store(|vault| vault.faults()).await?.into_iter().collect())
    }

    /// A call met a fault that is on for some calls only.
    pub(crate) async fn count_fault(&self, provider: ProviderId, since: Timestamp, left: u32) {
        // What cannot be written now is written with the next call: the proxy counts by itself.
        let _ = self.change(TOPICS, move |vault| vault.count_fault(provider, since, left)).await;
    }
}

fn adapter(kind: &str) -> Result<&'static dyn ::providers::Adapter, ApiError> {
    let known = ProviderKind::try_from(kind.to_owned()).ok().and_then(|kind| ::providers::adapter(&kind));
    known.ok_or_else(|| {
        ApiError::new(Code::NotFound, "There is no such provider type.", "See `addonctl provider kinds`.")
    })
}

fn view(fault: Fault) -> FaultView {
    let kinds = ::providers::registry().iter().filter(|adapter| applies(fault, **adapter));
    FaultView {
        id: fault,
        title: fault.title().to_owned(),
        about: fault.about().to_owned(),
        group: fault.group(),
        streams_only: fault.needs_stream(),
        kinds: kinds.map(|adapter| adapter.descriptor().kind.to_owned()).collect(),
    }
}
