//! `POST /v1/agent/chat`: the AI Co-Pilot. Streams in the protocol of the Vercel AI SDK 5 ("UI message stream"), so
//! that its own hooks can read it.

use domain::addons::ai_agent::{self, ChatRequest};
use domain::template::Template;
use domain::{PromptId, Route};
use http::{HeaderName, HeaderValue, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use super::addon::{Purpose, begin, usage};
use super::writing::stream::{self, Wire};
use super::writing::{Order, Written, able};
use super::{Visit, session, template};
use crate::body::{Body, TEMPLATE_BODY_MAX};
use crate::refusal::Refusal;
use crate::snapshot::ProviderEntry;

const PROTOCOL: HeaderName = HeaderName::from_static("x-vercel-ai-ui-message-stream");
/// A message of ours has one part of text.
const PART: &str = "0";

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let handle = ai_agent::DESCRIPTOR.handle;
    let purpose = Purpose { route: Route::Agent, handle, body_max: TEMPLATE_BODY_MAX, able };
    let (mut body, begun) = begin::<ChatRequest>(visit, purpose).await?;
    let outline = match body.template.take().map(template::read).transpose() {
        Ok(template) => template.as_ref().map(Template::outline),
        Err(refusal) => return Err(super::addon::fail(begun.call, refusal)),
    };
    let conversation = match body.conversation(outline) {
        Ok(conversation) => conversation,
        Err(rule) => return Err(begun.invalid(rule)),
    };
    let variation = (conversation.turns.len() / 2) as u64;
    let order = Order { begun, conversation, variation, prompt_id: PromptId(Uuid::new_v4()) };
    let mut response = stream::answer(order, UiMessages).await?;
    response.headers_mut().insert(PROTOCOL, HeaderValue::from_static("v1"));
    Ok(response)
}

struct UiMessages;

fn data(value: &Value) -> String {
    format!("data: {value}\n\n")
}

const LAST: &str = "data: [DONE]\n\n";

impl Wire for UiMessages {
    fn start(&self, order: &Order, _: &ProviderEntry) -> String {
        data(&json!({ "type": "start", "messageId": order.prompt_id }))
            + &data(&json!({ "type": "text-start", "id": PART }))
    }

    fn delta(&self, text: &str) -> String {
        data(&json!({ "type": "text-delta", "id": PART, "delta": text }))
    }

    fn done(&self, order: &Order, written: &Written) -> String {
        let about = json!({
            "usage": usage(written.usage, &order.begun.uid),
            "provider": session::provider(&written.entry),
        });
        data(&json!({ "type": "text-end", "id": PART }))
            + &data(&json!({ "type": "finish", "messageMetadata": about }))
            + LAST
    }

    fn failed(&self, refusal: &Refusal) -> String {
        // The protocol's own field is the text; a strict reader refuses others, so cause and code stand inside it.
        data(&json!({ "type": "error", "errorText": refusal.body().to_string() })) + LAST
    }
}
