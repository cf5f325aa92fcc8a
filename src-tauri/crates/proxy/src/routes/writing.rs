//! An answer in words, for every route that needs one: asked of the AddOn's providers in order, whole or as a stream.

pub(crate) mod stream;

use domain::writing::{Conversation, Finish};
use domain::{CallPhase, Cause, PromptId, TokenUsage};
use providers::{LocalReply, StreamReader, Target, Way, Writer};
use std::sync::Arc;

use super::addon::Begun;
use crate::asking::Asking;
use crate::call::Call;
use crate::limits::Wanted;
use crate::refusal::Refusal;
use crate::snapshot::ProviderEntry;
use crate::upstream::{Chunks, TEXT, refused_by};

/// A request that is complete and right; all that is missing is the answer.
pub(super) struct Order {
    pub(super) begun: Begun,
    pub(super) conversation: Conversation,
    /// How many answers the end user has seen already, so that a local writer does not repeat itself.
    pub(super) variation: u64,
    pub(super) prompt_id: PromptId,
}

/// A whole answer. Personal: no `Debug`.
pub(super) struct Written {
    pub(super) text: String,
    pub(super) usage: TokenUsage,
    pub(super) entry: Arc<ProviderEntry>,
}

/// Where a stream's pieces come from.
pub(super) enum Source {
    Local(LocalReply),
    Upstream(Box<dyn StreamReader>, Chunks),
}

/// Whether a provider writes.
pub(super) fn able(entry: &ProviderEntry) -> bool {
    entry.adapter.writing().is_some()
}

fn writer(entry: &ProviderEntry) -> Result<Writer<'static>, Refusal> {
    entry.adapter.writing().ok_or_else(|| Cause::NoProvider.into())
}

impl Order {
    /// Nothing stands in the way, limits included.
    async fn admit(&mut self) -> Result<(), Refusal> {
        let Begun { application, providers, uid, snapshot, call, .. } = &mut self.begun;
        let wanted = || Wanted::writing(&self.conversation, providers, &snapshot.prices);
        call.reserve(application, uid, wanted).await?;
        call.reached(CallPhase::Admitted);
        Ok(())
    }

    /// A whole answer from the first provider that gives one.
    pub(super) async fn write(&mut self) -> Result<Written, Refusal> {
        self.admit().await?;
        let mut candidates = self.begun.candidates();
        loop {
            let entry = candidates.next(&mut self.begun.call)?;
            let answer = self.write_by(&entry).await;
            if let Some(answer) = candidates.counts(&entry, answer) {
                let (text, usage) = answer?;
                return Ok(Written { text, usage, entry });
            }
        }
    }

    async fn write_by(&mut self, entry: &Arc<ProviderEntry>) -> Result<(String, TokenUsage), Refusal> {
        let Self { begun, conversation, variation, .. } = self;
        let Begun { shared, snapshot, call, .. } = begun;
        let asking = Asking { shared, snapshot, bounds: TEXT };
        by(&asking, entry, conversation, *variation, call).await
    }

    /// The start of an answer from the first provider that begins one.
    pub(super) async fn open(&mut self) -> Result<(Source, Arc<ProviderEntry>), Refusal> {
        self.admit().await?;
        let mut candidates = self.begun.candidates();
        loop {
            let entry = candidates.next(&mut self.begun.call)?;
            let answer = self.open_by(&entry).await;
            if let Some(answer) = candidates.counts(&entry, answer) {
                return Ok((answer?, entry));
            }
        }
    }

    async fn open_by(&mut self, entry: &Arc<ProviderEntry>) -> Result<Source, Refusal> {
        let Begun { shared, snapshot, call, .. } = &mut self.begun;
        let conversation = &self.conversation;
        match writer(entry)? {
            Way::Local(writer) => {
                call.reached(CallPhase::Sent);
                let reply = writer.answer(conversation, self.variation).at_most(call.output_max());
                Ok(Source::Local(reply))
            }
            Way::Upstream(writing) => {
                let asking = Asking { shared, snapshot, bounds: TEXT };
                let target = Target::of(&entry.provider).at_most(call.output_max());
                let request = writing.request(&target, conversation, true);
                let reply = asking.ask(entry, call, &request).await?;
                Ok(Source::Upstream(writing.stream_reader(), reply.chunks()))
            }
        }
    }
}

/// A whole answer by one provider.
pub(super) async fn by(
    asking: &Asking<'_>,
    entry: &Arc<ProviderEntry>,
    conversation: &Conversation,
    variation: u64,
    call: &mut Call,
) -> Result<(String, TokenUsage), Refusal> {
    let reply = match writer(entry)? {
        Way::Local(writer) => {
            call.reached(CallPhase::Sent);
            let local = writer.answer(conversation, variation).at_most(call.output_max());
            call.reached(CallPhase::FirstByte);
            call.used(Some(local.usage), true);
            return Ok((local.pieces.concat(), local.usage));
        }
        Way::Upstream(writing) => {
            let target = Target::of(&entry.provider).at_most(call.output_max());
            let request = writing.request(&target, conversation, false);
            let reply = asking.ask(entry, call, &request).await?;
            call.reached(CallPhase::FirstByte);
            let body = reply.read().await.map_err(|cause| refused_by(entry, cause))?;
            call.got(body.len());
            writing.read_reply(&body).map_err(|cause| refused_by(entry, cause))?
        }
    };
    let usage = reply.usage.unwrap_or_default();
    if reply.usage.is_some() {
        call.used_more(usage);
    }
    match reply.finish {
        Finish::Filtered => Err(refused_by(entry, Cause::ContentFiltered)),
        _ if reply.text.trim().is_empty() => Err(refused_by(entry, Cause::ReplyInvalid)),
        _ => Ok((reply.text, usage)),
    }
}
