//! How every AddOn's route begins: the body read, the call's record opened, the AddOn and its providers found.

use std::sync::Arc;

use domain::{Activity, Cause, Handle, InvalidValue, Route, Uid};
use http::HeaderMap;
use http::header::ACCEPT;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Visit;
use crate::Shared;
use crate::asking::Candidates;
use crate::body::json_request;
use crate::call::Call;
use crate::gate::Admitted;
use crate::refusal::Refusal;
use crate::snapshot::{ApplicationEntry, ProviderEntry, Snapshot};

/// A request for an AddOn that is on and has providers.
pub(super) struct Begun {
    pub(super) shared: Arc<Shared>,
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) application: Arc<ApplicationEntry>,
    /// Those of the AddOn's providers that can do it, first choice first; never none.
    pub(super) providers: Vec<Arc<ProviderEntry>>,
    pub(super) uid: Uid,
    /// This proxy's own origin, by the name the caller used.
    pub(super) own_origin: String,
    pub(super) streamed: bool,
    pub(super) call: Call,
}

/// What a route is for.
pub(super) struct Purpose {
    pub(super) route: Route,
    pub(super) handle: Handle,
    /// Largest body in bytes.
    pub(super) body_max: usize,
    /// Whether a provider can do it.
    pub(super) able: fn(&ProviderEntry) -> bool,
}

/// Reads the request and opens its call.
pub(super) async fn begin<T: DeserializeOwned>(
    visit: Visit,
    purpose: Purpose,
) -> Result<(T, Begun), Refusal> {
    let Visit { shared, snapshot, arrival, own: own_origin, admitted, request, .. } = visit;
    let Admitted { session, application, fault } = admitted.ok_or(Cause::Internal)?;
    let streamed = wants_stream(request.headers());
    let body: T = json_request(request, purpose.body_max).await?;
    let (id, at, app) = (arrival.id, shared.clock.now(), application.application.id);
    let begun = Activity::begun(id, at, app, purpose.route, Some(purpose.handle));
    let row = Activity { streamed, ..begun };
    let call = Call::open(Arc::clone(&shared), arrival, row).asking_for(fault);
    let providers = match providers(&application, &purpose) {
        Ok(providers) => providers,
        Err(cause) => return Err(fail(call, cause.into())),
    };
    let uid = session.uid.clone();
    Ok((body, Begun { shared, snapshot, application, providers, uid, own_origin, streamed, call }))
}

fn wants_stream(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.split(',').any(|kind| kind.trim().eq_ignore_ascii_case("text/event-stream"))
}

fn providers(application: &ApplicationEntry, purpose: &Purpose) -> Result<Vec<Arc<ProviderEntry>>, Cause> {
    let addon = application.addon(purpose.handle).ok_or(Cause::AddOnUnknown)?;
    if !addon.addon.enabled {
        return Err(Cause::AddOnDisabled);
    }
    let able: Vec<_> = addon.providers.iter().filter(|entry| (purpose.able)(entry)).cloned().collect();
    if able.is_empty() { Err(Cause::NoProvider) } else { Ok(able) }
}

impl Begun {
    /// The providers to ask, in their order.
    pub(super) fn candidates(&self) -> Candidates {
        Candidates::of(&self.shared, &self.providers)
    }

    /// The rule a request breaks, as its refusal; the call's record is closed.
    pub(super) fn invalid(self, rule: InvalidValue) -> Refusal {
        fail(self.call, broken(rule))
    }
}

/// A rule that a request breaks.
pub(super) fn broken(rule: InvalidValue) -> Refusal {
    Refusal::with_detail(Cause::BodyInvalid, json!({ "what": rule.what, "rule": rule.rule }))
}

/// Closes a call's record with the refusal its caller gets.
pub(super) fn fail(call: Call, refusal: Refusal) -> Refusal {
    call.failed(&refusal, false);
    refusal
}

/// Usage in OpenAI's names, with the end user's id as Beefree gives it.
pub(super) fn usage(usage: domain::TokenUsage, uid: &Uid) -> Value {
    json!({
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": usage.total_tokens,
        "uid": uid.as_str(),
    })
}
