//! A reply before it is sent: status, headers, and a body in pieces that a behaviour may spoil.

use std::collections::VecDeque;

use bytes::Bytes;
use serde_json::Value;

use super::behaviour::Behaviour;
use super::delivery::Step;

/// A part of a body, and whether it is a delta of text.
struct Piece {
    bytes: Bytes,
    delta: bool,
}

pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pieces: Vec<Piece>,
    streamed: bool,
}

impl Reply {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::of(status, "application/json", body.to_string())
    }

    pub(super) fn of(status: u16, content_type: &str, body: String) -> Self {
        Self {
            status,
            headers: vec![("content-type", content_type.to_owned())],
            pieces: vec![Piece { bytes: body.into(), delta: false }],
            streamed: false,
        }
    }

    /// Events, each with whether it is a delta.
    pub(super) fn events(events: Vec<(String, bool)>) -> Self {
        let pieces = events.into_iter().map(|(text, delta)| Piece { bytes: text.into(), delta });
        Self {
            status: 200,
            headers: vec![("content-type", "text/event-stream; charset=utf-8".to_owned())],
            pieces: pieces.collect(),
            streamed: true,
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The body's length, if it is to be declared.
    pub(super) fn length(&self) -> Option<u64> {
        (!self.streamed).then(|| self.pieces.iter().map(|piece| piece.bytes.len() as u64).sum())
    }

    /// What is sent, and in which steps. `failure` is the dialect's error event.
    pub(super) fn script(self, behaviour: Behaviour, failure: &str) -> VecDeque<Step> {
        let mut steps: VecDeque<Step> = match behaviour {
            Behaviour::Stall(n)
            | Behaviour::CutStream(n)
            | Behaviour::EndEarly(n)
            | Behaviour::FailStream(n) => self.beginning(n).into_iter().map(Step::Send).collect(),
            Behaviour::BrokenJson if self.streamed => self.beginning(1).into_iter().map(Step::Send).collect(),
            Behaviour::SplitUtf8 => {
                let bytes = self.pieces.iter().flat_map(|piece| piece.bytes.iter().copied());
                bytes.map(|byte| Step::Send(Bytes::copy_from_slice(&[byte]))).collect()
            }
            _ => self.pieces.into_iter().map(|piece| Step::Send(piece.bytes)).collect(),
        };
        match behaviour {
            Behaviour::Stall(_) => steps.push_back(Step::Stall),
            Behaviour::CutStream(_) => steps.push_back(Step::Cut),
            // A whole answer has no error event: it ends before the length it declared.
            Behaviour::EndEarly(_) | Behaviour::FailStream(_) if !self.streamed => steps.push_back(Step::Cut),
            Behaviour::FailStream(_) => {
                steps.push_back(Step::Send(Bytes::copy_from_slice(failure.as_bytes())))
            }
            Behaviour::BrokenJson if self.streamed => {
                steps.push_back(Step::Send(Bytes::from_static(b"data: {\"broken\": \n\n")));
            }
            _ => {}
        }
        steps
    }

    /// Everything up to the `n`th delta; of a whole answer, its first half.
    fn beginning(&self, n: usize) -> Vec<Bytes> {
        if !self.streamed {
            return self.pieces.iter().map(|piece| piece.bytes.slice(..piece.bytes.len() / 2)).collect();
        }
        let mut deltas = 0;
        let kept = self.pieces.iter().take_while(|piece| {
            deltas += usize::from(piece.delta);
            deltas <= n
        });
        // What follows the last delta is not part of a beginning.
        let last = self.pieces.iter().rposition(|piece| piece.delta).map_or(0, |last| last + 1);
        kept.take(last).map(|piece| piece.bytes.clone()).collect()
    }
}
