//! `POST /v1/ai/text`: the AI Writing Assistant. Whole answers as JSON, or piece by piece as server-sent events:
//! `start`, `delta`…, `usage`, then `done` or `error`.

use domain::addons::ai_integration::{self, Block, WritingRequest, shape};
use domain::{Cause, PromptId, Route};
use http::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::addon::{Purpose, begin, fail, usage};
use super::writing::stream::{self, Wire};
use super::writing::{Order, Written, able};
use super::{Visit, session};
use crate::body::{Body, TEXT_BODY_MAX, json_reply};
use crate::refusal::Refusal;
use crate::snapshot::ProviderEntry;

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let handle = ai_integration::DESCRIPTOR.handle;
    let purpose = Purpose { route: Route::Text, handle, body_max: TEXT_BODY_MAX, able };
    let (body, begun) = begin::<WritingRequest>(visit, purpose).await?;
    if body.handle != handle.as_str() {
        return Err(fail(begun.call, Cause::AddOnUnknown.into()));
    }
    let conversation = match body.conversation() {
        Ok(conversation) => conversation,
        Err(rule) => return Err(begun.invalid(rule)),
    };
    let block = body.module.block;
    let variation = body.history.len() as u64;
    let streamed = begun.streamed;
    let mut order = Order { begun, conversation, variation, prompt_id: PromptId(Uuid::new_v4()) };
    if streamed {
        return stream::answer(order, Events(block)).await;
    }
    match order.write().await {
        Ok(written) => {
            let reply = json_reply(&done(&order, &written, block))?;
            order.begun.call.succeeded();
            Ok(reply)
        }
        Err(refusal) => Err(fail(order.begun.call, refusal)),
    }
}

/// What is said of a whole answer, plain or as a stream's last event.
fn done(order: &Order, written: &Written, block: Block) -> Value {
    json!({
        "promptId": order.prompt_id,
        "content": shape(block, &written.text),
        "usage": usage(written.usage, &order.begun.uid),
        "provider": session::provider(&written.entry),
    })
}

/// Our own events.
struct Events(Block);

fn event(name: &str, data: &Value) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

impl Wire for Events {
    fn start(&self, order: &Order, entry: &ProviderEntry) -> String {
        event("start", &json!({ "promptId": order.prompt_id, "provider": session::provider(entry) }))
    }

    fn delta(&self, text: &str) -> String {
        event("delta", &json!({ "text": text }))
    }

    fn done(&self, order: &Order, written: &Written) -> String {
        let used = event("usage", &usage(written.usage, &order.begun.uid));
        used + &event("done", &done(order, written, self.0))
    }

    fn failed(&self, refusal: &Refusal) -> String {
        event("error", &refusal.body())
    }
}
