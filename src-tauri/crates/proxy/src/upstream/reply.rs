//! A reply whose head has arrived: its body as a whole or as it comes, and what a refusal means.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use domain::{Cause, Timestamp};
use http::header::{HeaderName, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use http_body::Frame;
use http_body_util::BodyExt as _;
use providers::Adapter;
use providers::faults::{End, PlayedReply};
use tokio::time::Instant;

use super::Bounds;
use super::here::Carried;
use crate::redaction::Outline;
use crate::refusal::{FromUpstream, Refusal};
use crate::snapshot::ProviderEntry;
use crate::tapes::Recording;

pub(crate) const BETWEEN_CHUNKS: Duration = Duration::from_secs(60);
const FAILURE_MAX: usize = 64 * 1024;
const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");
const SHOULD_RETRY: HeaderName = HeaderName::from_static("x-should-retry");

/// A reply whose head has arrived.
pub(crate) struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Flow,
    max: usize,
    /// Of the key that was sent.
    pub(crate) outline: Option<Box<Outline>>,
    recording: Option<Box<Recording>>,
}

/// A body on its way.
pub(super) enum Flow {
    /// From a provider's server.
    Wire(reqwest::Body),
    /// From a server on this machine.
    Here(Carried),
    /// From nobody: a fault.
    Played(Playing),
}

/// A fault's body on its way.
pub(super) struct Playing {
    pieces: std::vec::IntoIter<(Duration, Bytes)>,
    end: End,
    haste: u32,
    /// When the piece before came, or the head.
    last: Instant,
}

/// A refusal, read.
pub(crate) struct Failure {
    pub(crate) cause: Cause,
    pub(crate) status: u16,
    /// How long upstream asks to wait.
    pub(crate) wait: Option<Duration>,
    /// Upstream's own word on trying again, where it gives one.
    pub(crate) should_retry: Option<bool>,
}

impl Reply {
    pub(super) fn new(response: http::Response<Flow>, bounds: Bounds) -> Self {
        let (head, body) = response.into_parts();
        Self::of(head.status, head.headers, body, bounds)
    }

    fn of(status: StatusCode, headers: HeaderMap, body: Flow, bounds: Bounds) -> Self {
        Self { status, headers, body, max: bounds.reply_max, outline: None, recording: None }
    }

    /// A fault's reply; its time passes `haste` times faster than written.
    pub(crate) fn played(reply: PlayedReply, bounds: Bounds, haste: u32) -> Self {
        let PlayedReply { status, headers, pieces, end, .. } = reply;
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let last = Instant::now();
        let body = Flow::Played(Playing { pieces: pieces.into_iter(), end, haste, last });
        Self::of(status, headers.into_iter().collect(), body, bounds)
    }

    /// The same, looked on by a recording.
    pub(crate) fn recorded(mut self, recording: Option<Recording>) -> Self {
        self.recording = recording.and_then(|recording| recording.began(self.status, &self.headers));
        self
    }

    pub(crate) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The whole body.
    pub(crate) async fn read(self) -> Result<Bytes, Cause> {
        let mut whole = BytesMut::new();
        let mut chunks = self.chunks();
        while let Some(chunk) = chunks.next().await? {
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }

    /// A refusal's body; empty if it is larger than `max` bytes or cut.
    pub(crate) async fn read_failure(mut self, max: usize) -> Bytes {
        self.max = max;
        self.read().await.unwrap_or_default()
    }

    /// The body as it comes.
    pub(crate) fn chunks(self) -> Chunks {
        Chunks { body: self.body, left: self.max, until: None, recording: self.recording }
    }

    /// Why upstream refused.
    pub(crate) async fn into_failure(self, adapter: &dyn Adapter, now: Timestamp) -> Failure {
        let (status, wait) = (self.status(), wait(self.headers(), now));
        let said = text(self.headers(), &SHOULD_RETRY).and_then(|word| word.parse().ok());
        let body = self.read_failure(FAILURE_MAX).await;
        Failure { cause: adapter.read_failure(status, &body), status, wait, should_retry: said }
    }
}

impl Failure {
    /// A refusal by this provider.
    pub(crate) fn into_refusal(self, entry: &ProviderEntry) -> Refusal {
        let seconds =
            self.wait.map(|wait| u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX));
        let provider = entry.provider.kind.clone();
        let upstream = FromUpstream { provider, status: Some(self.status), retry_after: seconds };
        Refusal::by_upstream(self.cause, upstream)
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
}

/// `retry-after-ms`, else `retry-after` as seconds or as an HTTP date: the order of both big SDKs.
fn wait(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let milliseconds = text(headers, &RETRY_AFTER_MS).and_then(|value| value.parse::<f64>().ok());
    let seconds =
        || text(headers, &RETRY_AFTER).and_then(|value| value.parse::<f64>().ok()).map(|s| s * 1000.0);
    let date = || {
        let at = httpdate::parse_http_date(text(headers, &RETRY_AFTER)?).ok()?;
        let at = at.duration_since(std::time::UNIX_EPOCH).ok()?;
        let now = Duration::from_millis(u64::try_from(now.0).ok()?);
        Some(at.saturating_sub(now).as_secs_f64() * 1000.0)
    };
    let found = milliseconds.or_else(seconds).or_else(date)?;
    // A day is longer than anybody waits; the bound keeps the conversion from failing.
    Duration::try_from_secs_f64(found.clamp(0.0, 86_400_000.0) / 1000.0).ok()
}

impl Flow {
    async fn next(&mut self) -> Result<Option<Bytes>, Cause> {
        loop {
            let frame = match self {
                Self::Wire(body) => body.frame().await.transpose().map_err(|_| Cause::StreamCut)?,
                Self::Here(body) => body.frame().await.transpose().map_err(|_| Cause::StreamCut)?,
                Self::Played(playing) => return playing.next().await,
            };
            match frame.map(Frame::into_data) {
                Some(Ok(chunk)) => return Ok(Some(chunk)),
                // Trailers say nothing that is passed on.
                Some(Err(_)) => {}
                None => return Ok(None),
            }
        }
    }
}

impl Playing {
    async fn next(&mut self) -> Result<Option<Bytes>, Cause> {
        match (self.pieces.as_slice().first(), self.end) {
            (Some((after, _)), _) => {
                // Counted from the piece before, and taken only once its time has come: whoever waits may look elsewhere
                // meanwhile, and ask again.
                let due = self.last + *after / self.haste.max(1);
                if due > Instant::now() {
                    tokio::time::sleep_until(due).await;
                }
                self.last = due;
                Ok(self.pieces.next().map(|(_, piece)| piece))
            }
            (None, End::Whole) => Ok(None),
            (None, End::Cut) => Err(Cause::StreamCut),
            (None, End::Stall) => std::future::pending().await,
        }
    }
}

/// A body's chunks, each within its time, all within the size limit.
pub(crate) struct Chunks {
    body: Flow,
    left: usize,
    /// Until when the next chunk is waited for. Kept while it is: whoever waits may look elsewhere in between.
    until: Option<Instant>,
    recording: Option<Box<Recording>>,
}

impl Chunks {
    /// The next chunk; `None` at the end of the body.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Cause> {
        let patience = match &self.body {
            Flow::Wire(_) | Flow::Here(_) => BETWEEN_CHUNKS,
            Flow::Played(playing) => BETWEEN_CHUNKS / playing.haste.max(1),
        };
        let until = *self.until.get_or_insert_with(|| Instant::now() + patience);
        let next = tokio::time::timeout_at(until, self.body.next()).await;
        self.until = None;
        let Some(chunk) = next.map_err(|_| Cause::UpstreamTimeout)?? else {
            if let Some(recording) = self.recording.take() {
                recording.ended();
            }
            return Ok(None);
        };
        self.recording = self.recording.take().and_then(|recording| recording.took(&chunk));
        self.left = self.left.checked_sub(chunk.len()).ok_or(Cause::ReplyTooLarge)?;
        Ok(Some(chunk))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_stall_ends_in_time_also_for_one_who_looks_elsewhere_in_between() {
        let pieces = vec![(Duration::ZERO, Bytes::from_static(b"data: 1"))];
        let (headers, after, end) = (Vec::new(), Duration::ZERO, End::Stall);
        let reply = PlayedReply { status: 200, headers, after, pieces, end };
        let mut chunks = Reply::played(reply, crate::upstream::TEXT, 1).chunks();
        assert!(chunks.next().await.unwrap().is_some());
        let begun = Instant::now();
        let outcome = loop {
            // As a stream's keep-alive does.
            tokio::select! {
                outcome = chunks.next() => break outcome,
                () = tokio::time::sleep(Duration::from_secs(15)) => {}
            }
            assert!(begun.elapsed() < 2 * BETWEEN_CHUNKS, "it waits for ever");
        };
        assert_eq!(outcome.unwrap_err(), Cause::UpstreamTimeout);
        assert_eq!(begun.elapsed().as_secs(), BETWEEN_CHUNKS.as_secs());
    }

    #[tokio::test(start_paused = true)]
    async fn a_tape_keeps_its_time_for_a_slow_reader_and_for_one_who_looks_elsewhere() {
        let gaps = [5, 40, 20_000, 0, 300].map(Duration::from_millis);
        let pieces = gaps.map(|gap| (gap, Bytes::from_static(b"x"))).to_vec();
        let (headers, after, end) = (Vec::new(), Duration::ZERO, End::Whole);
        let reply = PlayedReply { status: 200, headers, after, pieces, end };
        let mut chunks = Reply::played(reply, crate::upstream::TEXT, 1).chunks();
        let begun = Instant::now();
        let mut due = Duration::ZERO;
        for gap in gaps {
            due += gap;
            loop {
                tokio::select! {
                    chunk = chunks.next() => {
                        assert_eq!(chunk.unwrap().unwrap().len(), 1);
                        break;
                    }
                    // As a stream's keep-alive does.
                    () = tokio::time::sleep(Duration::from_secs(15)) => {}
                }
                assert!(begun.elapsed() < due + Duration::from_secs(1), "the wait began anew");
            }
            let late = begun.elapsed().abs_diff(due);
            assert!(late <= Duration::from_millis(10), "{gap:?}: {late:?}");
            // The reader has work of its own.
            tokio::time::sleep(Duration::from_millis(4)).await;
        }
        assert_eq!(chunks.next().await.unwrap(), None);
    }

    #[test]
    fn every_form_of_a_wait_is_read() {
        let now = Timestamp(1_700_000_000_000);
        let of = |name: &'static str, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HeaderName::from_static(name), value.parse().unwrap());
            wait(&headers, now)
        };
        assert_eq!(of("retry-after-ms", "250"), Some(Duration::from_millis(250)));
        assert_eq!(of("retry-after", "2"), Some(Duration::from_secs(2)));
        assert_eq!(of("retry-after", "1.5"), Some(Duration::from_millis(1500)));
        assert_eq!(of("retry-after", "Tue, 14 Nov 2023 22:13:30 GMT"), Some(Duration::from_secs(10)));
        assert_eq!(of("retry-after", "-3"), Some(Duration::ZERO));
        assert_eq!(of("retry-after", "soon"), None);
        assert_eq!(of("retry-after", "1e300"), Some(Duration::from_secs(86_400)));
    }
}
