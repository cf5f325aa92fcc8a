//! Heads as the HTTP library reads them, and as they come out behind the judge. For tests and fuzzers only.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf};

use crate::head::{Follows, judge};
use crate::strict::Strict;

/// The library's reading of a head: how many lines, and every length it says.
fn library(head: &[u8]) -> Option<(usize, Vec<String>, bool)> {
    let mut headers = [httparse::EMPTY_HEADER; 128];
    let mut request = httparse::Request::new(&mut headers);
    let whole = request.parse(head).ok()?;
    if whole != httparse::Status::Complete(head.len()) || request.version != Some(1) {
        return None;
    }
    let of = |name: &str| {
        let named = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
        named.map(|header| String::from_utf8_lossy(header.value).into_owned()).collect::<Vec<_>>()
    };
    Some((request.headers.len(), of("content-length"), !of("transfer-encoding").is_empty()))
}

/// Whether a head that passed means to the library what it means here.
pub(crate) fn agrees(head: &[u8]) -> bool {
    match (judge(head), library(head)) {
        (Ok(Follows::Bytes(0)), Some((_, lengths, false))) if lengths.is_empty() => true,
        (Ok(Follows::Bytes(length)), Some((_, lengths, false))) => {
            lengths.len() == 1 && lengths[0].parse() == Ok(length)
        }
        (Ok(Follows::Chunks), Some((_, lengths, true))) => lengths.is_empty(),
        (Ok(_), _) => false,
        (Err(_), _) => true,
    }
}

/// Gives its pieces one by one, then the end.
struct Pieces(VecDeque<Vec<u8>>);

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Some(mut piece) = self.0.pop_front() {
            let rest = piece.split_off(piece.len().min(buf.remaining()));
            buf.put_slice(&piece);
            if !rest.is_empty() {
                self.0.push_front(rest);
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// What the library would read of bytes that come in pieces of these sizes.
pub(crate) fn handed_on(bytes: &[u8], sizes: &[usize]) -> Vec<u8> {
    let (mut pieces, mut rest, mut sizes) = (VecDeque::new(), bytes, sizes.iter().cycle());
    while !rest.is_empty() {
        let size = (*sizes.next().unwrap_or(&rest.len())).clamp(1, rest.len());
        pieces.push_back(rest[..size].to_vec());
        rest = &rest[size..];
    }
    let (mut strict, mut out) = (Strict::new(Pieces(pieces)), Vec::new());
    // Nothing more comes of a refused connection: it waits for its reply.
    while matches!(strict.read_buf(&mut out).now_or_never(), Some(Ok(1..))) {}
    out
}
