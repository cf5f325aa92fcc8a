//! The recording of one exchange while its reply goes by. It looks on, copies and counts time; what came whole is cleaned and
//! handed over away from the async workers. A reply that is cut, or whose caller leaves, is dropped with the recording.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::tape::{CHUNKS_MAX, EXCHANGE_MAX};
use domain::{Asked, Exchange, ExchangeHead, ProviderKind, TapeSetId};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use super::Unrecorded;
use super::cut::Cut;
use crate::Shared;
use crate::routes::passes_down;

/// An exchange that is being recorded.
pub(crate) struct Recording {
    shared: Arc<Shared>,
    set: TapeSetId,
    cut: Cut,
    head: ExchangeHead,
    body: Vec<u8>,
    /// When the last thing of it came.
    last: Instant,
    /// Bytes announced for the body.
    announced: Option<usize>,
}

impl Recording {
    /// It begins as the request leaves.
    pub(super) fn begin(
        shared: &Arc<Shared>,
        set: TapeSetId,
        kind: ProviderKind,
        asked: Asked,
        cut: Cut,
    ) -> Self {
        let recorded = shared.clock.now();
        let head = ExchangeHead {
            asked,
            kind,
            recorded,
            status: 0,
            headers: Vec::new(),
            after_us: 0,
            chunks: Vec::new(),
        };
        let shared = Arc::clone(shared);
        Self { shared, set, cut, head, body: Vec::new(), last: Instant::now(), announced: None }
    }

    /// The head of the reply came. `None`: nothing of it is kept.
    pub(crate) fn began(mut self, status: StatusCode, headers: &HeaderMap) -> Option<Box<Self>> {
        // Redirects are never followed, so they answer nothing.
        if !status.is_success() && !status.is_client_error() && !status.is_server_error() {
            return None;
        }
        if headers.get(CONTENT_ENCODING).is_some_and(|value| value != "identity") {
            self.failed(Unrecorded::Compressed);
            return None;
        }
        self.head.status = status.as_u16();
        let text = |value: &http::HeaderValue| value.to_str().ok().map(str::to_owned);
        let passing = headers.iter().filter(|(name, _)| passes_down(name.as_str()));
        self.head.headers =
            passing.filter_map(|(name, value)| Some((name.as_str().to_owned(), text(value)?))).collect();
        let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
        self.announced = length.and_then(|length| length.parse().ok());
        self.head.after_us = self.gap();
        Some(Box::new(self))
    }

    /// A chunk came. `None`: the recording is over, since all is there or there is too much.
    pub(crate) fn took(mut self: Box<Self>, chunk: &Bytes) -> Option<Box<Self>> {
        let gap = self.gap();
        let room = EXCHANGE_MAX - self.body.len();
        let length = u32::try_from(chunk.len()).ok().filter(|_| chunk.len() <= room);
        let Some(length) = length.filter(|_| self.head.chunks.len() < CHUNKS_MAX) else {
            self.failed(Unrecorded::TooLarge);
            return None;
        };
        self.head.chunks.push((gap, length));
        self.body.extend_from_slice(chunk);
        // Nobody asks for more once the announced bytes are there.
        if self.announced.is_some_and(|announced| self.body.len() >= announced) {
            self.ended();
            return None;
        }
        Some(self)
    }

    /// The reply came to its end.
    pub(crate) fn ended(self: Box<Self>) {
        tokio::task::spawn_blocking(move || {
            let Self { shared, set, cut, mut head, mut body, .. } = *self;
            let clean = cut.out_of(&shared, &mut head, &mut body);
            let exchange = if clean { Ok(Exchange { head, body }) } else { Err(Unrecorded::NotWritten) };
            shared.tapes.record(set, exchange);
        });
    }

    fn failed(&self, why: Unrecorded) {
        let (shared, set) = (Arc::clone(&self.shared), self.set);
        tokio::task::spawn_blocking(move || shared.tapes.record(set, Err(why)));
    }

    fn gap(&mut self) -> u64 {
        let now = Instant::now();
        let gap: Duration = now.duration_since(std::mem::replace(&mut self.last, now));
        u64::try_from(gap.as_micros()).unwrap_or(u64::MAX)
    }
}
