//! `POST /v1/ai/metadata`, `/v1/ai/summary` and `/v1/ai/sms`: short texts about a whole template.

use domain::addons::ai_integration;
use domain::addons::digest::{DigestRequest, shape_sms};
use domain::addons::metadata::{self, MetadataRequest};
use domain::writing::{Conversation, Task};
use domain::{Cause, InvalidValue, PromptId, Route};
use http::Response;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::addon::{Begun, Purpose, begin, fail, usage};
use super::writing::{Order, Written, able};
use super::{Visit, session, template};
use crate::body::{Body, TEMPLATE_BODY_MAX, json_reply};
use crate::refusal::Refusal;
use crate::upstream::refused_by;

fn purpose(route: Route) -> Purpose {
    Purpose { route, handle: ai_integration::DESCRIPTOR.handle, body_max: TEMPLATE_BODY_MAX, able }
}

pub(crate) async fn metadata(visit: Visit) -> Result<Response<Body>, Refusal> {
    let (mut body, begun) = begin::<MetadataRequest>(visit, purpose(Route::Metadata)).await?;
    let given = body.template.take();
    answer(begun, given, |outline| body.conversation(outline), fields).await
}

pub(crate) async fn summary(visit: Visit) -> Result<Response<Body>, Refusal> {
    let (mut body, begun) = begin::<DigestRequest>(visit, purpose(Route::Summary)).await?;
    let given = body.template.take();
    let shape = |text: &str, _: &Task| Some(Map::from_iter([("summary".to_owned(), text.trim().into())]));
    answer(begun, given, |outline| body.summary(outline), shape).await
}

pub(crate) async fn sms(visit: Visit) -> Result<Response<Body>, Refusal> {
    let (mut body, begun) = begin::<DigestRequest>(visit, purpose(Route::Sms)).await?;
    let given = body.template.take();
    let shape = |text: &str, _: &Task| Some(Map::from_iter([("sms".to_owned(), shape_sms(text).into())]));
    answer(begun, given, |outline| body.sms(outline), shape).await
}

fn fields(text: &str, task: &Task) -> Option<Map<String, Value>> {
    let Task::Metadata { fields, .. } = task else { return None };
    metadata::read(text, fields)
}

/// Reads the template, asks, and shapes the answer.
async fn answer(
    begun: Begun,
    given: Value,
    ask: impl FnOnce(String) -> Result<Conversation, InvalidValue>,
    shape: fn(&str, &Task) -> Option<Map<String, Value>>,
) -> Result<Response<Body>, Refusal> {
    let outline = match template::outline(given) {
        Ok(outline) => outline,
        Err(refusal) => return Err(fail(begun.call, refusal)),
    };
    let conversation = match ask(outline) {
        Ok(conversation) => conversation,
        Err(rule) => return Err(begun.invalid(rule)),
    };
    // Each time another answer: Regenerate sends the same request again.
    let prompt_id = PromptId(Uuid::new_v4());
    let variation = u64::from(prompt_id.0.as_bytes()[0]);
    let mut order = Order { begun, conversation, variation, prompt_id };
    let written = match order.write().await {
        Ok(written) => written,
        Err(refusal) => return Err(fail(order.begun.call, refusal)),
    };
    let Some(mut reply) = shape(&written.text, &order.conversation.task) else {
        let refusal = refused_by(&written.entry, Cause::ReplyInvalid);
        return Err(fail(order.begun.call, refusal));
    };
    let Written { usage: used, entry, .. } = written;
    reply.insert("promptId".to_owned(), order.prompt_id.0.to_string().into());
    reply.insert("usage".to_owned(), usage(used, &order.begun.uid));
    reply.insert("provider".to_owned(), session::provider(&entry));
    let reply = json_reply(&reply)?;
    order.begun.call.succeeded();
    Ok(reply)
}
