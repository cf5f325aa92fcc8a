//! `POST /v1/ai/text`: the AI Writing Assistant. Whole answers as JSON, or piece by piece as server-sent events.

mod plain;
mod streamed;

use std::sync::Arc;
use std::time::Instant;

use domain::addons::ai_integration::{Block, WritingRequest, shape};
use domain::writing::Conversation;
use domain::{Activity, CallPhase, Cause, Handle, PromptId, Route, Timings, TokenUsage};
use http::header::ACCEPT;
use http::{HeaderMap, Response};
use providers::{Target, UpstreamWriting, Writer};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Visit, session};
use crate::Shared;
use crate::body::{Body, TEXT_BODY_MAX, json_request};
use crate::call::Call;
use crate::gate::Admitted;
use crate::refusal::Refusal;
use crate::snapshot::{ApplicationEntry, ProviderEntry, Snapshot};
use crate::upstream::{Reply, open_key, refused_by};

/// A request for text that is complete and right; all that is missing is the answer.
struct Order {
    shared: Arc<Shared>,
    snapshot: Arc<Snapshot>,
    entry: Arc<ProviderEntry>,
    conversation: Conversation,
    /// How many answers the end user has seen already, so that a local writer does not repeat itself.
    variation: u64,
    prompt_id: PromptId,
    uid: String,
}

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let Visit { shared, snapshot, arrival, admitted, request, .. } = visit;
    let Admitted { session, application } = admitted.ok_or(Cause::Internal)?;
    let streamed = wants_stream(request.headers());
    let body: WritingRequest = json_request(request, TEXT_BODY_MAX).await?;
    let handle = Handle::try_from(body.handle.clone()).map_err(|_| Cause::AddOnUnknown)?;
    let row = Activity {
        id: arrival.id,
        at: shared.clock.now(),
        application: application.application.id,
        route: Route::Text,
        addon: handle,
        provider: None,
        provider_kind: None,
        model: None,
        streamed,
        status: 0,
        cause: None,
        upstream_status: None,
        usage: None,
        timings: Timings::default(),
    };
    let mut call = Call::open(Arc::clone(&shared), arrival, row);
    let entry = match provider_for(&application, handle) {
        Ok(entry) => entry,
        Err(cause) => return Err(fail(call, cause.into())),
    };
    call.asks(&entry);
    let conversation = match body.conversation() {
        Ok(conversation) => conversation,
        Err(rule) => {
            let detail = json!({ "what": rule.what, "rule": rule.rule });
            return Err(fail(call, Refusal::with_detail(Cause::BodyInvalid, detail)));
        }
    };
    call.reached(CallPhase::Admitted);
    let order = Order {
        variation: body.history.len() as u64,
        prompt_id: PromptId(Uuid::new_v4()),
        uid: session.uid.as_str().to_owned(),
        shared,
        snapshot,
        entry,
        conversation,
    };
    if streamed { streamed::answer(order, call).await } else { plain::answer(order, call).await }
}

fn wants_stream(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.split(',').any(|kind| kind.trim().eq_ignore_ascii_case("text/event-stream"))
}

fn provider_for(application: &ApplicationEntry, handle: Handle) -> Result<Arc<ProviderEntry>, Cause> {
    let addon = application.addon(handle).ok_or(Cause::AddOnUnknown)?;
    if !addon.addon.enabled {
        return Err(Cause::AddOnDisabled);
    }
    addon.providers.first().cloned().ok_or(Cause::NoProvider)
}

fn fail(call: Call, refusal: Refusal) -> Refusal {
    call.failed(&refusal, false);
    refusal
}

impl Order {
    fn writer(&self) -> Result<Writer<'static>, Refusal> {
        self.entry.adapter.writing().ok_or_else(|| Cause::NoProvider.into())
    }

    /// Builds the request, opens the key into it, sends it, and waits for a success.
    async fn ask(
        &self,
        writing: &dyn UpstreamWriting,
        streamed: bool,
        call: &mut Call,
    ) -> Result<Reply, Refusal> {
        let entry = &*self.entry;
        let target = Target { base_url: &entry.provider.base_url, model: entry.provider.model.as_ref() };
        let request = writing.request(&target, &self.conversation, streamed);
        let opened = Instant::now();
        let key = open_key(entry, &request.auth, &self.snapshot)?;
        call.reached(CallPhase::KeyOpened);
        // The plain key is ours from here until the client has taken it; `send` takes it at once.
        let sending = self.shared.upstream.send(&entry.provider, request, key);
        call.key_was_open(opened);
        call.reached(CallPhase::Sent);
        let reply = sending.await.map_err(|cause| refused_by(entry, cause, None, None))?;
        call.upstream_said(reply.status());
        if (200..300).contains(&reply.status()) { Ok(reply) } else { Err(reply.into_refusal(entry).await) }
    }

    fn block(&self) -> Block {
        self.conversation.block
    }

    fn refused(&self, cause: Cause) -> Refusal {
        refused_by(&self.entry, cause, None, None)
    }

    /// What is said of a whole answer, plain or as a stream's last event.
    fn done(&self, text: &str, usage: TokenUsage) -> Value {
        json!({
            "promptId": self.prompt_id,
            "content": shape(self.block(), text),
            "usage": self.usage(usage),
            "provider": session::provider(&self.entry),
        })
    }

    fn usage(&self, usage: TokenUsage) -> Value {
        json!({
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
            "total_tokens": usage.total_tokens,
            "uid": self.uid,
        })
    }
}
