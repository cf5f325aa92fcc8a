//! A whole answer at once, as Beefree delivers it.

use domain::writing::Finish;
use domain::{CallPhase, Cause, TokenUsage};
use http::Response;
use providers::Writer;

use super::{Order, fail};
use crate::body::{Body, json_reply};
use crate::call::Call;
use crate::refusal::Refusal;

pub(super) async fn answer(order: Order, mut call: Call) -> Result<Response<Body>, Refusal> {
    match write(&order, &mut call).await {
        Ok((text, usage)) => {
            let reply = json_reply(&order.done(&text, usage))?;
            call.succeeded();
            Ok(reply)
        }
        Err(refusal) => Err(fail(call, refusal)),
    }
}

async fn write(order: &Order, call: &mut Call) -> Result<(String, TokenUsage), Refusal> {
    let reply = match order.writer()? {
        Writer::Local(writer) => {
            call.reached(CallPhase::Sent);
            let local = writer.answer(&order.conversation, order.variation);
            call.reached(CallPhase::FirstByte);
            call.used(local.usage);
            return Ok((local.pieces.concat(), local.usage));
        }
        Writer::Upstream(writing) => {
            let reply = order.ask(writing, false, call).await?;
            call.reached(CallPhase::FirstByte);
            let body = reply.read_text().await.map_err(|cause| order.refused(cause))?;
            writing.read_reply(&body).map_err(|cause| order.refused(cause))?
        }
    };
    let usage = reply.usage.unwrap_or_default();
    call.used(usage);
    match reply.finish {
        Finish::Filtered => Err(order.refused(Cause::ContentFiltered)),
        _ if reply.text.trim().is_empty() => Err(order.refused(Cause::ReplyInvalid)),
        _ => Ok((reply.text, usage)),
    }
}
