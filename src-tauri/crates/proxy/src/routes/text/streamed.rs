//! An answer piece by piece: `start`, `delta`…, `usage`, then `done` or `error`. A stream always ends in one of these.

use std::time::Duration;

use bytes::Bytes;
use domain::writing::Finish;
use domain::{CallPhase, Cause, TokenUsage};
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderName, Response};
use providers::{LocalReply, StreamReader, Writer, WritingEvent};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use super::{Order, fail, session};
use crate::body::{Body, channel};
use crate::call::Call;
use crate::refusal::Refusal;
use crate::upstream::Chunks;

const PING: Duration = Duration::from_secs(15);
/// The pace of a local writer, so that a demo shows words as they come.
const LOCAL_PACE: Duration = Duration::from_millis(18);

/// Where the pieces come from.
enum Source {
    Local(LocalReply),
    Upstream(Box<dyn StreamReader>, Chunks),
}

/// Waits until upstream has agreed, so that a refusal is still an ordinary error reply; then streams.
pub(super) async fn answer(order: Order, mut call: Call) -> Result<Response<Body>, Refusal> {
    let source = match open(&order, &mut call).await {
        Ok(source) => source,
        Err(refusal) => return Err(fail(call, refusal)),
    };
    let (pieces, body) = channel();
    // The task ends with its caller: once the body is dropped, `pieces` is closed.
    tokio::spawn(pump(order, call, source, Output(pieces)));
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

async fn open(order: &Order, call: &mut Call) -> Result<Source, Refusal> {
    Ok(match order.writer()? {
        Writer::Local(writer) => {
            call.reached(CallPhase::Sent);
            Source::Local(writer.answer(&order.conversation, order.variation))
        }
        Writer::Upstream(writing) => {
            let reply = order.ask(writing, true, call).await?;
            Source::Upstream(writing.stream_reader(), reply.chunks())
        }
    })
}

/// The caller is no longer there.
struct Gone;

struct Output(mpsc::Sender<Bytes>);

impl Output {
    async fn event(&self, name: &str, data: &Value) -> Result<(), Gone> {
        self.bytes(format!("event: {name}\ndata: {data}\n\n")).await
    }

    async fn bytes(&self, text: String) -> Result<(), Gone> {
        self.0.send(text.into()).await.map_err(|_| Gone)
    }
}

async fn pump(order: Order, mut call: Call, source: Source, output: Output) {
    let mut written = Written { text: String::new(), usage: TokenUsage::default() };
    // Dropping the transfer closes the upstream connection: nobody pays for words nobody reads.
    let outcome = tokio::select! {
        outcome = transfer(&order, &mut call, source, &output, &mut written) => outcome,
        () = output.0.closed() => Err(Stop::Gone),
    };
    call.used(written.usage);
    // Whether the last event arrives is the caller's affair; the record has been handed in.
    let _ = match outcome {
        Ok(()) => {
            let done = order.done(&written.text, written.usage);
            let _ = output.event("usage", &order.usage(written.usage)).await;
            call.succeeded();
            output.event("done", &done).await
        }
        Err(Stop::Failed(cause)) => {
            let refusal = order.refused(cause);
            call.failed(&refusal, true);
            output.event("error", &refusal.body()).await
        }
        // The call's record is handed in as it is dropped.
        Err(Stop::Gone) => Err(Gone),
    };
}

struct Written {
    text: String,
    usage: TokenUsage,
}

enum Stop {
    Failed(Cause),
    Gone,
}

impl From<Gone> for Stop {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

async fn transfer(
    order: &Order,
    call: &mut Call,
    source: Source,
    output: &Output,
    written: &mut Written,
) -> Result<(), Stop> {
    let start = json!({ "promptId": order.prompt_id, "provider": session::provider(&order.entry) });
    output.event("start", &start).await?;
    match source {
        Source::Local(reply) => {
            written.usage = reply.usage;
            call.reached(CallPhase::FirstByte);
            for piece in reply.pieces {
                tokio::time::sleep(LOCAL_PACE).await;
                delta(output, written, piece).await?;
            }
            Ok(())
        }
        Source::Upstream(reader, chunks) => relay(call, reader, chunks, output, written).await,
    }
}

async fn relay(
    call: &mut Call,
    mut reader: Box<dyn StreamReader>,
    mut chunks: Chunks,
    output: &Output,
    written: &mut Written,
) -> Result<(), Stop> {
    let mut events = Vec::new();
    let mut finish = None;
    let mut first = true;
    let mut ping = tokio::time::interval_at(tokio::time::Instant::now() + PING, PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let chunk = tokio::select! {
            chunk = chunks.next() => chunk.map_err(Stop::Failed)?,
            _ = ping.tick() => {
                output.bytes(": ping\n\n".to_owned()).await?;
                continue;
            }
        };
        if std::mem::take(&mut first) {
            call.reached(CallPhase::FirstByte);
        }
        let ended = chunk.is_none();
        match chunk {
            Some(bytes) => reader.push(&bytes, &mut events),
            None => reader.end(&mut events),
        }
        for event in events.drain(..) {
            match event {
                WritingEvent::Delta(text) => delta(output, written, text).await?,
                WritingEvent::Usage(usage) => written.usage = usage,
                WritingEvent::Done(how) => finish = Some(how),
                WritingEvent::Failed(cause) => return Err(Stop::Failed(cause)),
            }
        }
        if ended {
            break;
        }
    }
    match finish {
        Some(Finish::Filtered) => Err(Stop::Failed(Cause::ContentFiltered)),
        Some(_) if written.text.trim().is_empty() => Err(Stop::Failed(Cause::ReplyInvalid)),
        Some(_) => Ok(()),
        None => Err(Stop::Failed(Cause::StreamCut)),
    }
}

async fn delta(output: &Output, written: &mut Written, text: String) -> Result<(), Stop> {
    if text.is_empty() {
        return Ok(());
    }
    output.event("delta", &json!({ "text": text })).await?;
    written.text.push_str(&text);
    Ok(())
}
