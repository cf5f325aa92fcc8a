//! An answer piece by piece. A stream always ends in an event that says how; in whose words is for its [`Wire`].

use std::time::Duration;

use bytes::Bytes;
use domain::writing::Finish;
use domain::{CallPhase, Cause, TokenUsage};
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{HeaderName, Response};
use providers::{StreamReader, WritingEvent};
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use super::{Order, Source, Written};
use crate::body::{Body, channel};
use crate::refusal::Refusal;
use crate::routes::addon::fail;
use crate::snapshot::ProviderEntry;
use crate::upstream::{Chunks, refused_by};

pub(crate) const PING: Duration = Duration::from_secs(15);
/// The pace of a local writer, so that a demo shows words as they come.
const LOCAL_PACE: Duration = Duration::from_millis(18);

/// How a route words its events. Each method gives whole events, or nothing.
pub(in crate::routes) trait Wire: Send + Sync + 'static {
    /// The answer begins.
    fn start(&self, order: &Order, entry: &ProviderEntry) -> String;
    /// More text.
    fn delta(&self, text: &str) -> String;
    /// The answer is complete.
    fn done(&self, order: &Order, written: &Written) -> String;
    /// It will not be completed.
    fn failed(&self, refusal: &Refusal) -> String;
}

/// Waits until a provider has agreed, so that a refusal is still an ordinary error reply; then streams.
pub(in crate::routes) async fn answer(mut order: Order, wire: impl Wire) -> Result<Response<Body>, Refusal> {
    let (source, entry) = match order.open().await {
        Ok(opened) => opened,
        Err(refusal) => return Err(fail(order.begun.call, refusal)),
    };
    let written = Written { text: String::new(), usage: TokenUsage::default(), entry };
    let (pieces, body) = channel();
    // The task ends with its caller: once the body is dropped, `pieces` is closed.
    tokio::spawn(pump(order, source, written, wire, Output(pieces)));
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// The caller is no longer there.
pub(in crate::routes) struct Gone;

pub(in crate::routes) struct Output(pub(in crate::routes) mpsc::Sender<Bytes>);

impl Output {
    pub(in crate::routes) async fn send(&self, text: String) -> Result<(), Gone> {
        if text.is_empty() {
            return Ok(());
        }
        self.0.send(text.into()).await.map_err(|_| Gone)
    }
}

async fn pump(mut order: Order, source: Source, mut written: Written, wire: impl Wire, output: Output) {
    let start = wire.start(&order, &written.entry);
    // Dropping the transfer closes the upstream connection: nobody pays for words nobody reads.
    let outcome = tokio::select! {
        outcome = transfer(&mut order, source, &wire, start, &output, &mut written) => outcome,
        () = output.0.closed() => Err(Stop::Gone),
    };
    let said = Some(written.usage).filter(|usage| *usage != TokenUsage::default());
    order.begun.call.used(said, outcome.is_ok());
    // Whether the last event arrives is the caller's affair; the record has been handed in.
    let _ = match outcome {
        Ok(()) => {
            let done = wire.done(&order, &written);
            order.begun.call.succeeded();
            output.send(done).await
        }
        Err(Stop::Failed(cause)) => {
            let refusal = refused_by(&written.entry, cause);
            order.begun.call.failed(&refusal, true);
            output.send(wire.failed(&refusal)).await
        }
        // The call's record is handed in as it is dropped.
        Err(Stop::Gone) => Err(Gone),
    };
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
    order: &mut Order,
    source: Source,
    wire: &impl Wire,
    start: String,
    output: &Output,
    written: &mut Written,
) -> Result<(), Stop> {
    output.send(start).await?;
    match source {
        Source::Local(reply) => {
            written.usage = reply.usage;
            order.begun.call.reached(CallPhase::FirstByte);
            for piece in reply.pieces {
                tokio::time::sleep(LOCAL_PACE).await;
                delta(wire, output, written, &piece).await?;
            }
            Ok(())
        }
        Source::Upstream(reader, chunks) => relay(order, reader, chunks, wire, output, written).await,
    }
}

async fn relay(
    order: &mut Order,
    mut reader: Box<dyn StreamReader>,
    mut chunks: Chunks,
    wire: &impl Wire,
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
                output.send(": ping\n\n".to_owned()).await?;
                continue;
            }
        };
        if std::mem::take(&mut first) {
            order.begun.call.reached(CallPhase::FirstByte);
        }
        let ended = chunk.is_none();
        match chunk {
            Some(bytes) => {
                order.begun.call.got(0);
                reader.push(&bytes, &mut events);
            }
            None => reader.end(&mut events),
        }
        for event in events.drain(..) {
            match event {
                WritingEvent::Delta(text) => {
                    order.begun.call.got(text.len());
                    delta(wire, output, written, &text).await?;
                }
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

async fn delta(wire: &impl Wire, output: &Output, written: &mut Written, text: &str) -> Result<(), Stop> {
    if text.is_empty() {
        return Ok(());
    }
    output.send(wire.delta(text)).await?;
    written.text.push_str(text);
    Ok(())
}
