//! *Test connection* and the list of models: asks the provider with the key and says what came of it.
//!
//! Besides the proxy's request path this is the only place where a stored key is opened.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ::proxy::Diagnosis;
use domain::{Provider, ProviderId};
use vault::{Binding, ProviderKey};

use crate::api::{ApiError, ModelList, ModelView, ProviderTest, TestReport, Topic};
use crate::{Console, api, failures};

const LIST_LIFE: Duration = Duration::from_secs(10 * 60);

/// The lists of models fetched lately, of stored providers.
#[derive(Default)]
pub(crate) struct ModelLists(Mutex<HashMap<ProviderId, (Duration, Vec<String>)>>);

impl ModelLists {
    fn get(&self, id: ProviderId, now: Duration) -> Option<Vec<String>> {
        let lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, models) = lists.get(&id)?;
        (now.saturating_sub(*at) < LIST_LIFE).then(|| models.clone())
    }

    fn put(&self, id: ProviderId, now: Duration, models: Vec<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, (now, models));
    }

    /// With its key or settings a provider's list may change.
    pub(crate) fn forget(&self, id: ProviderId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}

/// A provider and its plain key, for as long as a question takes.
struct Asked {
    provider: Provider,
    key: Option<Arc<ProviderKey>>,
    stored: bool,
}

impl Console {
    pub(crate) async fn provider_test(&self, test: ProviderTest) -> Result<TestReport, ApiError> {
        let Asked { provider, key, stored } = self.asked(test).await?;
        let report = self.diagnose(&provider, key.as_deref()).await;
        if stored {
            self.health.set(provider.id, report.clone());
            for topic in [Topic::Providers, Topic::Addons] {
                self.tell(api::Event::Changed { topic });
            }
        }
        Ok(report)
    }

    pub(crate) async fn provider_models(&self, test: ProviderTest) -> Result<ModelList, ApiError> {
        let Asked { provider, key, stored } = self.asked(test).await?;
        let Some(adapter) = ::providers::adapter(&provider.kind) else {
            return Ok(ModelList { items: Vec::new(), fetched: false, cause: None });
        };
        let now = self.clock.elapsed();
        let kept = self.models.get(provider.id, now).filter(|_| stored);
        let found = match kept {
            Some(models) => Ok(Some(models)),
            None => self.shared.upstream.models(&provider, adapter, key.as_deref(), self.clock.now()).await,
        };
        let known = adapter.descriptor();
        let (fetched, cause) = match found {
            Ok(models) => (models, None),
            Err(cause) => (None, Some(cause)),
        };
        if let (true, Some(models)) = (stored, &fetched) {
            self.models.put(provider.id, now, models.clone());
        }
        Ok(ModelList { items: offered(known, fetched.as_deref()), fetched: fetched.is_some(), cause })
    }

    async fn asked(&self, test: ProviderTest) -> Result<Asked, ApiError> {
        match test {
            ProviderTest::Stored(id) => {
                let provider = self.provider(id).await?;
                let key = self.stored_key(&provider).await?.map(Arc::new);
                Ok(Asked { provider, key, stored: true })
            }
            ProviderTest::Draft(add) => {
                let (provider, key) = self.draft(add).await?;
                Ok(Asked { provider, key, stored: false })
            }
            ProviderTest::Replacement(request) => {
                let provider = self.provider(request.provider).await?;
                let key = Some(self.staged.peek(request.key)?);
                Ok(Asked { provider, key, stored: false })
            }
        }
    }

    async fn stored_key(&self, provider: &Provider) -> Result<Option<ProviderKey>, ApiError> {
        let id = provider.id;
        let Some(sealed) = self.stored_provider(id).await?.key else { return Ok(None) };
        let opener = self.vault.opener().ok_or_else(|| failures::custody(self.vault.state()))?;
        let key = opener.open(&sealed, &Binding::of(provider));
        key.map(Some).map_err(|_| failures::custody(vault::CustodyState::Damaged))
    }

    async fn diagnose(&self, provider: &Provider, key: Option<&ProviderKey>) -> TestReport {
        let (began, now) = (self.clock.elapsed(), self.clock.now());
        let found = match ::providers::adapter(&provider.kind) {
            Some(adapter) => self.shared.upstream.diagnose(provider, adapter, key, now).await,
            None => None,
        };
        let nothing_to_ask = found.is_none();
        let found = found.unwrap_or_default();
        let cause = found.cause();
        let message = match cause {
            _ if nothing_to_ask => "Nothing to test: it answers on this machine, without a key.".to_owned(),
            Some(cause) => cause.message().to_owned(),
            None => said(provider, &found),
        };
        TestReport {
            ok: cause.is_none(),
            cause,
            message,
            took_ms: milliseconds(self.clock.elapsed().saturating_sub(began)),
            first_byte_ms: found.first_byte.map(milliseconds),
            left: found.left,
            through: found.through,
            retires_on: found.retires_on.map(str::to_owned),
            stages: found.stages,
            at: now,
        }
    }
}

fn milliseconds(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

fn said(provider: &Provider, found: &Diagnosis) -> String {
    let mut text = format!("{} accepted the key.", provider.base_url.upstream_origin());
    if let Some(first) = found.first_byte {
        text.push_str(&format!(" First byte after {} ms.", milliseconds(first)));
    }
    if let Some(left) = found.left {
        text.push_str(&format!(" {left} units left."));
    }
    if let Some(day) = found.retires_on {
        text.push_str(&format!(" The model retires on {day}."));
    }
    text
}

/// What the adapter knows first, then whatever else the provider lists.
fn offered(known: &::providers::Descriptor, listed: Option<&[String]>) -> Vec<ModelView> {
    let view = |id: &str, note: &str| ModelView {
        id: id.to_owned(),
        note: note.to_owned(),
        retires_on: known
            .retired
            .iter()
            .find(|retired| retired.model == id)
            .map(|retired| retired.on.to_owned()),
    };
    let is_listed = |id: &str| listed.is_none_or(|all| all.iter().any(|model| model == id));
    let mut offered: Vec<ModelView> = known
        .models
        .iter()
        .filter(|model| is_listed(model.id))
        .map(|model| view(model.id, model.note))
        .collect();
    let mut rest: Vec<&String> = listed.unwrap_or_default().iter().collect();
    rest.sort();
    rest.dedup();
    rest.retain(|id| !offered.iter().any(|model| model.id == **id));
    offered.extend(rest.into_iter().map(|id| view(id, "")));
    offered
}
