//! `POST /v1/chat/completions` and `GET /v1/models`: the application's writing provider in OpenAI's dialect, whatever
//! its own, so that any OpenAI-compatible tool can use it.
//!
//! `model`: `default` or absent stands for the provider's configured model; a provider's own model chooses that
//! provider; any other id is asked of the first provider as it is.

mod local;
mod passing;

use std::sync::Arc;

use domain::addons::ai_integration;
use domain::{CallPhase, Cause, Route};
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};
use providers::{Meter, Metered, NotSupported, StreamTranslator, Target, Way, WithoutUsage};
use serde_json::{Value, json};

use super::Visit;
use super::addon::{Begun, Purpose, begin, fail};
use super::writing::able;
use crate::asking::Asking;
use crate::body::{Body, full, json_reply};
use crate::limits::{Wanted, counted_unasked, lengthened};
use crate::refusal::Refusal;
use crate::snapshot::ProviderEntry;
use crate::upstream::{PICTURES, Reply, refused_by};

/// Conversations with pictures in them.
pub(crate) const BODY_MAX: usize = 24 * 1024 * 1024;
const DEFAULT: &str = "default";

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let handle = ai_integration::DESCRIPTOR.handle;
    let purpose = Purpose { route: Route::ChatCompletions, handle, body_max: BODY_MAX, able };
    let (body, mut begun) = begin::<Value>(visit, purpose).await?;
    if !body.is_object() {
        return Err(fail(begun.call, Cause::BodyInvalid.into()));
    }
    if body.get("stream").and_then(Value::as_bool).unwrap_or_default() {
        begun.call.is_streamed();
    }
    let asked = body.get("model").and_then(Value::as_str).filter(|id| !id.is_empty() && *id != DEFAULT);
    let asked = asked.map(str::to_owned);
    if let Some(id) = &asked {
        let own = begun.providers.iter().position(|entry| model_of(entry).as_deref() == Some(id));
        begun.providers = vec![begun.providers.swap_remove(own.unwrap_or(0))];
    }
    begun.call.of_model(asked.as_deref());
    let Begun { application, providers, uid, snapshot, call, .. } = &mut begun;
    let wanted = || Wanted::chat(&body, asked.as_deref(), providers, &snapshot.prices);
    if let Err(refusal) = call.reserve(application, uid, wanted).await {
        return Err(fail(begun.call, refusal));
    }
    begun.call.reached(CallPhase::Admitted);
    match first(&mut begun, asked.as_deref(), &body).await {
        Ok((Answer::Local, entry)) => local::answer(begun, &entry, &body),
        Ok((Answer::Upstream(reply), entry)) => deliver(begun, &entry, reply, &body).await,
        Err(refusal) => Err(fail(begun.call, refusal)),
    }
}

async fn first(
    begun: &mut Begun,
    asked: Option<&str>,
    body: &Value,
) -> Result<(Answer, Arc<ProviderEntry>), Refusal> {
    let mut candidates = begun.candidates();
    loop {
        let entry = candidates.next(&mut begun.call)?;
        let answer = ask(begun, &entry, asked, body).await;
        if let Some(answer) = candidates.counts(&entry, answer) {
            return Ok((answer?, entry));
        }
    }
}

/// The model a provider is asked for when the caller names none.
fn model_of(entry: &ProviderEntry) -> Option<String> {
    let own = entry.provider.model.as_ref().map(domain::Model::as_str);
    own.or(entry.adapter.descriptor().default_model).map(str::to_owned)
}

enum Answer {
    Local,
    Upstream(Reply),
}

async fn ask(
    begun: &mut Begun,
    entry: &Arc<ProviderEntry>,
    asked: Option<&str>,
    body: &Value,
) -> Result<Answer, Refusal> {
    if let Some(Way::Local(_)) = entry.adapter.writing() {
        return Ok(Answer::Local);
    }
    let dialect = entry.adapter.chat_dialect().ok_or(Cause::NoProvider)?;
    let mut body = body.clone();
    body["model"] = asked.map(str::to_owned).or_else(|| model_of(entry)).into();
    if let Some(most) = begun.call.output_max() {
        lengthened(&mut body, most, dialect.length_field());
    }
    let request = dialect.request(&Target::of(&entry.provider), body).map_err(unsaid)?;
    let Begun { shared, snapshot, call, .. } = begun;
    let asking = Asking { shared, snapshot, bounds: PICTURES };
    asking.ask(entry, call, &request).await.map(Answer::Upstream)
}

fn unsaid(what: NotSupported) -> Refusal {
    Refusal::with_detail(Cause::NotSupported, json!({ "what": what.field, "rule": what.rule }))
}

async fn deliver(
    mut begun: Begun,
    entry: &Arc<ProviderEntry>,
    reply: Reply,
    body: &Value,
) -> Result<Response<Body>, Refusal> {
    let kind = reply.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let streamed = kind.starts_with("text/event-stream");
    let meter = Meter::start(Metered::Tokens, &[], kind);
    let Some(dialect) = entry.adapter.chat_dialect() else {
        return Err(fail(begun.call, Cause::Internal.into()));
    };
    if streamed {
        let unasked = begun.call.output_max().is_some() && counted_unasked(body);
        let translator = dialect.translate_stream(body);
        let translator = translator
            .or_else(|| unasked.then(|| Box::new(WithoutUsage::default()) as Box<dyn StreamTranslator>));
        return Ok(passing::stream(reply, begun.call, meter, translator));
    }
    begun.call.reached(CallPhase::FirstByte);
    let whole = match reply.read().await {
        Ok(whole) => whole,
        Err(cause) => return Err(fail(begun.call, refused_by(entry, cause))),
    };
    let mut meter = meter;
    meter.push(&whole);
    begun.call.got(whole.len());
    begun.call.metered(meter.used(), true);
    match dialect.translate_reply(&whole) {
        Ok(translated) => {
            begun.call.succeeded();
            let mut response = Response::new(full(translated.map_or(whole, Into::into)));
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            Ok(response)
        }
        Err(cause) => Err(fail(begun.call, refused_by(entry, cause))),
    }
}

/// The models of the AddOn's providers, first choice first.
pub(crate) async fn models(visit: Visit) -> Result<Response<Body>, Refusal> {
    let application = visit.admitted.ok_or(Cause::Internal)?.application;
    let addon = application.addon(ai_integration::DESCRIPTOR.handle).ok_or(Cause::AddOnUnknown)?;
    if !addon.addon.enabled {
        return Err(Cause::AddOnDisabled.into());
    }
    let data: Vec<Value> = addon
        .providers
        .iter()
        .filter(|entry| able(entry))
        .map(|entry| {
            let id = model_of(entry).unwrap_or_else(|| entry.provider.kind.as_str().to_owned());
            json!({ "id": id, "object": "model", "created": 0, "owned_by": entry.provider.kind })
        })
        .collect();
    json_reply(&json!({ "object": "list", "data": data }))
}
