//! A body that is sent step by step, each piece in a write of its own, and that notices when nobody listens.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::state::Presence;

/// What to do next.
pub(super) enum Step {
    /// Send these bytes.
    Send(Bytes),
    /// Send nothing more and leave the connection open.
    Stall,
    /// Break the connection.
    Cut,
}

pub(super) struct Delivery {
    steps: VecDeque<Step>,
    length: Option<u64>,
    client: Presence,
    pause: bool,
}

impl Delivery {
    pub(super) fn new(steps: VecDeque<Step>, length: Option<u64>, client: Presence) -> Self {
        Self { steps, length, client, pause: false }
    }
}

impl Body for Delivery {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        // hyper flushes when a body has nothing ready: so each piece leaves on its own.
        if std::mem::take(&mut self.pause) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        match self.steps.pop_front() {
            Some(Step::Send(bytes)) => {
                self.pause = true;
                if self.steps.is_empty() {
                    self.client.settle();
                }
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            // Nobody wakes this; the connection sees for itself when its peer leaves.
            Some(Step::Stall) => {
                self.steps.push_front(Step::Stall);
                Poll::Pending
            }
            Some(Step::Cut) => {
                self.client.settle();
                Poll::Ready(Some(Err(io::Error::other("cut on purpose"))))
            }
            None => {
                self.client.settle();
                Poll::Ready(None)
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
