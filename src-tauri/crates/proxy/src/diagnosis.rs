//! *Test connection*, stage by stage: how far a provider can be used, which stage failed, and why.
//!
//! Two questions at most: the provider's cheapest one proves the key, then one real call, as small as it can be, proves
//! model, capability and quota and measures the first byte. Never makes a picture: that would cost.

use std::time::{Duration, Instant};

use domain::addons::Capability;
use domain::writing::{Conversation, Picture, PictureKind, Task};
use domain::{Cause, Provider, Timestamp};
use http::header::{HeaderName, HeaderValue};
use providers::{Adapter, Captioner, Probed, Target, TranslationOrder, UpstreamRequest, Way};
use serde::{Deserialize, Serialize};
use vault::ProviderKey;

use crate::upstream::{Failure, PICTURES, Reply, TEXT, Upstream, key_header};

/// A stage of the way to an answer, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The host's name is known.
    Name,
    /// Something listens.
    Tcp,
    /// The certificate is good.
    Tls,
    /// The key is accepted.
    Auth,
    /// The model or deployment exists.
    Model,
    /// It can do what the AddOns need.
    Capability,
    /// There is credit, and the rate limit is not reached.
    Quota,
    /// An answer began.
    FirstByte,
}

/// How a stage went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct StageReport {
    /// Which.
    pub stage: Stage,
    /// Why it failed; `None` if it passed.
    pub cause: Option<Cause>,
}

/// What came of a diagnosis.
#[derive(Debug, Default, Clone)]
pub struct Diagnosis {
    /// Stages that were reached; only the last can have failed. A stage that could not be judged is left out.
    pub stages: Vec<StageReport>,
    /// From sending the real call to its first byte.
    pub first_byte: Option<Duration>,
    /// The models this key may use, where the provider lists them.
    pub models: Option<Vec<String>>,
    /// Units left, where the provider says.
    pub left: Option<u64>,
    /// The corporate proxy the calls went through, as `host:port`.
    pub through: Option<String>,
    /// The last day of the chosen model, if it has one.
    pub retires_on: Option<&'static str>,
}

impl Diagnosis {
    /// Why the provider cannot be used, if it cannot.
    #[must_use]
    pub fn cause(&self) -> Option<Cause> {
        self.stages.iter().find_map(|report| report.cause)
    }

    fn passed(&mut self, stages: &[Stage]) {
        for stage in stages {
            if !self.stages.iter().any(|report| report.stage == *stage) {
                self.stages.push(StageReport { stage: *stage, cause: None });
            }
        }
    }

    /// Everything before the stage a cause belongs to has passed.
    fn failed(&mut self, cause: Cause, tls: bool) {
        const ORDER: &[Stage] = &[
            Stage::Name,
            Stage::Tcp,
            Stage::Tls,
            Stage::Auth,
            Stage::Model,
            Stage::Capability,
            Stage::Quota,
        ];
        let stage = stage_of(cause);
        let before: Vec<Stage> =
            ORDER.iter().copied().filter(|known| *known < stage && (tls || *known != Stage::Tls)).collect();
        // What a refusal says nothing about is not called passed: an overloaded server has not looked at the model.
        let sure = |known: &Stage| match stage {
            Stage::FirstByte | Stage::Quota => *known <= Stage::Auth,
            _ => true,
        };
        self.passed(&before.into_iter().filter(sure).collect::<Vec<_>>());
        self.stages.retain(|report| report.stage != stage);
        self.stages.push(StageReport { stage, cause: Some(cause) });
    }
}

/// The stage at which a cause stops a call.
fn stage_of(cause: Cause) -> Stage {
    match cause {
        Cause::NameUnknown | Cause::DestinationRefused => Stage::Name,
        Cause::ConnectionRefused | Cause::UpstreamUnreachable | Cause::CorporateProxyFailed => Stage::Tcp,
        Cause::TlsExpired | Cause::TlsWrongHost | Cause::TlsUnknownCa | Cause::UpstreamTls => Stage::Tls,
        Cause::KeyRejected
        | Cause::WrongEndpoint
        | Cause::KeyMissing
        | Cause::KeyDamaged
        | Cause::VaultLocked => Stage::Auth,
        Cause::ModelUnknown | Cause::ModelRetired | Cause::DeploymentUnknown | Cause::EndpointUnknown => {
            Stage::Model
        }
        Cause::CapabilityMissing
        | Cause::PermissionDenied
        | Cause::RegionUnsupported
        | Cause::ParameterUnsupported
        | Cause::ContentFiltered
        | Cause::LanguageUnsupported
        | Cause::ImageRejected
        | Cause::UpstreamRejected => Stage::Capability,
        Cause::RateLimited | Cause::QuotaExhausted => Stage::Quota,
        _ => Stage::FirstByte,
    }
}

/// Whether a refusal of the cheap question says nothing about the real call: the key is real, the question is not its.
fn tells_nothing(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::PermissionDenied | Cause::EndpointUnknown | Cause::RateLimited | Cause::ModelUnknown
    )
}

impl Upstream {
    /// How far `provider` can be used with `key`. `None` where there is nothing to ask (sandbox).
    pub async fn diagnose(
        &self,
        provider: &Provider,
        adapter: &dyn Adapter,
        key: Option<&ProviderKey>,
        now: Timestamp,
    ) -> Option<Diagnosis> {
        let probe = adapter.probe(&Target::of(provider))?;
        let mut found = Diagnosis::default();
        let tls = !provider.base_url.is_plain_http();
        if !provider.base_url.is_loopback() {
            found.through = self.corporate_proxy();
        }
        let model = provider.model.as_ref().map(domain::Model::as_str).or(adapter.descriptor().default_model);
        let retired = adapter.descriptor().retired.iter().find(|retired| model == Some(retired.model));
        found.retires_on = retired.map(|retired| retired.on);
        match self.question(provider, probe, key).await {
            Ok(reply) => self.read_probe(&mut found, adapter, reply, now, tls).await,
            Err(cause) => found.failed(cause, tls),
        }
        if found.cause().is_none() {
            self.judge_model(&mut found, provider, adapter, now, tls);
        }
        if found.cause().is_none() {
            self.try_out(&mut found, provider, adapter, key, now, tls).await;
        }
        Some(found)
    }

    /// The models `key` may use, where the provider lists them.
    pub async fn models(
        &self,
        provider: &Provider,
        adapter: &dyn Adapter,
        key: Option<&ProviderKey>,
        now: Timestamp,
    ) -> Result<Option<Vec<String>>, Cause> {
        let Some(probe) = adapter.probe(&Target::of(provider)) else { return Ok(None) };
        let reply = self.question(provider, probe, key).await?;
        if !(200..300).contains(&reply.status()) {
            return Err(reply.into_failure(adapter, now).await.cause);
        }
        Ok(adapter.read_probe(&reply.read().await?).models)
    }

    async fn read_probe(
        &self,
        found: &mut Diagnosis,
        adapter: &dyn Adapter,
        reply: Reply,
        now: Timestamp,
        tls: bool,
    ) {
        found.passed(if tls { &[Stage::Name, Stage::Tcp, Stage::Tls] } else { &[Stage::Name, Stage::Tcp] });
        if (200..300).contains(&reply.status()) {
            let Probed { models, left } = match reply.read().await {
                Ok(body) => adapter.read_probe(&body),
                Err(cause) => return found.failed(cause, tls),
            };
            found.passed(&[Stage::Auth]);
            (found.models, found.left) = (models, left);
            if left == Some(0) {
                found.failed(Cause::QuotaExhausted, tls);
            }
            return;
        }
        let Failure { cause, .. } = reply.into_failure(adapter, now).await;
        match cause {
            // An empty image is refused by a service that has read the key.
            Cause::ImageRejected | Cause::UpstreamRejected if adapter.writing().is_none() => {
                found.passed(&[Stage::Auth])
            }
            // A key that may write but not list, a server that has no list, a limit on lists: the real call tells.
            cause if tells_nothing(cause) && adapter.writing().is_some() => {}
            // The key is real, and scoped to what it is for.
            Cause::PermissionDenied => found.passed(&[Stage::Auth]),
            cause => found.failed(cause, tls),
        }
    }

    /// Whether the list of models has the chosen one. Retired ones may stay listed for a while.
    fn judge_model(
        &self,
        found: &mut Diagnosis,
        provider: &Provider,
        adapter: &dyn Adapter,
        now: Timestamp,
        tls: bool,
    ) {
        let Some(model) = provider.model.as_ref().map(domain::Model::as_str) else { return };
        let over = found.retires_on.is_some_and(|on| crate::retirement::is_over(on, now));
        let listed = found.models.as_ref().map(|models| models.iter().any(|known| known == model));
        match listed {
            Some(false) if over => found.failed(Cause::ModelRetired, tls),
            // Aliases and fine-tuned models are not always listed where a real call can tell.
            Some(false) if adapter.writing().is_none() => found.failed(Cause::ModelUnknown, tls),
            Some(true) if !over => found.passed(&[Stage::Model]),
            _ => {}
        }
    }

    async fn try_out(
        &self,
        found: &mut Diagnosis,
        provider: &Provider,
        adapter: &dyn Adapter,
        key: Option<&ProviderKey>,
        now: Timestamp,
        tls: bool,
    ) {
        let Some(trial) = trial(adapter, &Target::of(provider)) else {
            return found.passed(&[Stage::Quota]);
        };
        let began = Instant::now();
        let reply = match self.question(provider, trial, key).await {
            Ok(reply) => reply,
            Err(cause) => return found.failed(cause, tls),
        };
        if !(200..300).contains(&reply.status()) {
            let mut cause = reply.into_failure(adapter, now).await.cause;
            let over = found.retires_on.is_some_and(|on| crate::retirement::is_over(on, now));
            if cause == Cause::ModelUnknown && over {
                cause = Cause::ModelRetired;
            }
            // The trial's image is small and plain; a service that has read the key may refuse it.
            return match cause {
                Cause::ImageRejected if adapter.writing().is_none() => {
                    found.passed(&[Stage::Auth, Stage::Capability, Stage::Quota]);
                }
                cause => found.failed(cause, tls),
            };
        }
        match reply.chunks().next().await {
            Ok(Some(_)) => {
                found.first_byte = Some(began.elapsed());
                let model = adapter.writing().is_some();
                found.passed(&[Stage::Auth]);
                if model {
                    found.passed(&[Stage::Model]);
                }
                found.passed(&[Stage::Capability, Stage::Quota, Stage::FirstByte]);
            }
            Ok(None) => found.failed(Cause::ReplyInvalid, tls),
            Err(cause) => found.failed(cause, tls),
        }
    }

    async fn question(
        &self,
        provider: &Provider,
        request: UpstreamRequest,
        key: Option<&ProviderKey>,
    ) -> Result<Reply, Cause> {
        let header: Option<(HeaderName, HeaderValue)> =
            key.map(|key| key_header(&request.auth, key)).transpose()?;
        let bounds = if request.body.len() > 100_000 { PICTURES } else { TEXT };
        self.send(provider, request, header, bounds).await
    }
}

/// The smallest real call; `None` where every real call costs too much.
fn trial(adapter: &dyn Adapter, target: &Target<'_>) -> Option<UpstreamRequest> {
    if let Some(Way::Upstream(writing)) = adapter.writing() {
        let instructions = "Answer with the word OK.".to_owned();
        let conversation = Conversation::of(
            Task::Block(domain::addons::ai_integration::Block::Button),
            instructions,
            "Ready?".to_owned(),
        );
        return Some(writing.request(target, &conversation, true));
    }
    if let Some(Way::Upstream(translating)) = adapter.translating() {
        let order = TranslationOrder { source: Some("en"), target: "de", texts: &["OK".to_owned()] };
        return Some(translating.request(target, &order));
    }
    if let Some(Captioner::Upstream(captioning)) = adapter.captioning() {
        let picture = Picture { kind: PictureKind::Png, bytes: TRIAL_IMAGE.into() };
        return Some(captioning.request(target, &picture));
    }
    debug_assert!(adapter.descriptor().capabilities.contains(&Capability::Drawing));
    None
}

/// A plain square of 64 pixels: the smallest side Azure AI Vision takes is 50.
const TRIAL_IMAGE: &[u8] = include_bytes!("diagnosis/trial.png");
