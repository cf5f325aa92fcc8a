//! *Test connection*: asks the provider's cheapest question with the key and says what came of it.
//!
//! Besides the proxy's request path this is the only place where a stored key is opened.

use std::sync::Arc;

use domain::{Cause, Provider};
use vault::{Binding, ProviderKey};

use crate::api::{ApiError, ProviderTest, TestReport, TestStage, Topic};
use crate::{Console, api, failures};

impl Console {
    pub(crate) async fn provider_test(&self, test: ProviderTest) -> Result<TestReport, ApiError> {
        match test {
            ProviderTest::Stored(id) => {
                let provider = self.provider(id).await?;
                let key = self.stored_key(&provider).await?;
                let report = self.ask(&provider, key.as_ref()).await;
                self.health.set(id, report.clone());
                for topic in [Topic::Providers, Topic::Addons] {
                    self.tell(api::Event::Changed { topic });
                }
                Ok(report)
            }
            ProviderTest::Draft(add) => {
                let (provider, key) = self.draft(add).await?;
                Ok(self.ask(&provider, key.as_deref()).await)
            }
            ProviderTest::Replacement(request) => {
                let provider = self.provider(request.provider).await?;
                let key: Arc<ProviderKey> = self.staged.peek(request.key)?;
                Ok(self.ask(&provider, Some(&key)).await)
            }
        }
    }

    async fn stored_key(&self, provider: &Provider) -> Result<Option<ProviderKey>, ApiError> {
        let id = provider.id;
        let all = self.store(|vault| vault.providers()).await?;
        let Some(sealed) = all.into_iter().find(|(found, _)| found.id == id).and_then(|(_, sealed)| sealed)
        else {
            return Ok(None);
        };
        let opener = self.vault.opener().ok_or_else(|| failures::custody(self.vault.state()))?;
        let key = opener.open(&sealed, &Binding::of(provider));
        key.map(Some).map_err(|_| failures::custody(vault::CustodyState::Damaged))
    }

    async fn ask(&self, provider: &Provider, key: Option<&ProviderKey>) -> TestReport {
        let began = self.clock.elapsed();
        let probe = match ::providers::adapter(&provider.kind) {
            Some(adapter) => self.shared.upstream.probe(provider, adapter, key).await,
            None => None,
        };
        let took = self.clock.elapsed().saturating_sub(began);
        let (cause, passed, message) = match &probe {
            None => (None, vec![], "Nothing to test: it answers on this machine, without a key.".to_owned()),
            Some(probe) => match probe.cause {
                None => (
                    None,
                    vec![TestStage::Connection, TestStage::Key],
                    format!("{} accepted the key.", provider.base_url.upstream_origin()),
                ),
                Some(cause) => (Some(cause), stages(probe.connected, cause), cause.message().to_owned()),
            },
        };
        TestReport {
            ok: cause.is_none(),
            passed,
            cause,
            message,
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            at: self.clock.now(),
        }
    }
}

/// A server that knows the key but will not serve it now has accepted it all the same.
fn stages(connected: bool, cause: Cause) -> Vec<TestStage> {
    match cause {
        _ if !connected => vec![],
        Cause::PermissionDenied | Cause::RateLimited | Cause::QuotaExhausted => {
            vec![TestStage::Connection, TestStage::Key]
        }
        _ => vec![TestStage::Connection],
    }
}
