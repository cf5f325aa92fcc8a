//! A connection that hands on good heads only, and the bodies that belong to them.
//!
//! A refused head is replaced by one that `chain.rs` knows, so that its refusal is a reply like any other and comes in
//! its turn. Copies no body that comes in a piece of its own.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use domain::Cause;
use http::Request;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_util::io::poll_read_buf;

use crate::head::{Follows, judge};

/// The largest head of a request.
pub(crate) const HEAD_MAX: usize = 32 * 1024;

/// Read at once, at least, while a head is awaited: most come whole, with their body.
const READ: usize = 2048;

/// Stands in the place of a head that was refused. A caller who sends it himself is answered the same.
const REFUSED: &str = "REFUSED";
const MALFORMED: &[u8] = b"REFUSED /malformed HTTP/1.1\r\n\r\n";
const TOO_LARGE: &[u8] = b"REFUSED /too-large HTTP/1.1\r\n\r\n";

/// Why the head of this request was refused, if it was.
pub(crate) fn refusal<B>(request: &Request<B>) -> Option<Cause> {
    (request.method().as_str() == REFUSED).then(|| match request.uri().path() {
        "/too-large" => Cause::HeadTooLarge,
        _ => Cause::RequestMalformed,
    })
}

/// Where a head ends, as far as it has come.
enum Seen {
    End(usize),
    More,
    Bad,
}

fn look(head: &[u8], from: usize) -> Seen {
    for at in memchr::memchr_iter(b'\n', &head[from..]).map(|at| from + at) {
        match head[..at].last() {
            // An empty line before anything else is no head either.
            Some(b'\r') if at > 1 => {}
            _ => return Seen::Bad,
        }
        if head[..=at].ends_with(b"\r\n\r\n") {
            return Seen::End(at + 1);
        }
    }
    Seen::More
}

enum State {
    Head,
    Body(u64),
    Chunks,
    Refused,
}

/// Such a connection.
pub(crate) struct Strict<IO> {
    io: IO,
    state: State,
    /// What has come of the next head, and how much of it was looked at.
    head: Vec<u8>,
    looked: usize,
    /// What the library is to read next.
    ready: Vec<u8>,
    handed: usize,
}

impl<IO: AsyncRead + Unpin> Strict<IO> {
    pub(crate) fn new(io: IO) -> Self {
        Self { io, state: State::Head, head: Vec::new(), looked: 0, ready: Vec::new(), handed: 0 }
    }

    /// Looks at what has come. `true` when the library has something to read.
    fn advance(&mut self) -> bool {
        match look(&self.head, self.looked) {
            Seen::End(end) => self.hand_over(end),
            Seen::Bad => self.refuse(Cause::RequestMalformed),
            Seen::More if self.head.len() > HEAD_MAX => self.refuse(Cause::HeadTooLarge),
            Seen::More => {
                self.looked = self.head.len();
                return false;
            }
        }
        true
    }

    fn hand_over(&mut self, end: usize) {
        if end > HEAD_MAX {
            return self.refuse(Cause::HeadTooLarge);
        }
        let behind = (self.head.len() - end) as u64;
        let body = match judge(&self.head[..end]) {
            Ok(Follows::Bytes(length)) => {
                self.state = State::Body(length.saturating_sub(behind));
                behind.min(length)
            }
            Ok(Follows::Chunks) => {
                self.state = State::Chunks;
                behind
            }
            Err(cause) => return self.refuse(cause),
        };
        let whole = end + usize::try_from(body).unwrap_or(0);
        let next = self.head.split_off(whole);
        self.ready = std::mem::replace(&mut self.head, next);
        self.looked = 0;
    }

    fn refuse(&mut self, cause: Cause) {
        self.ready = if cause == Cause::HeadTooLarge { TOO_LARGE } else { MALFORMED }.to_vec();
        self.head = Vec::new();
        self.state = State::Refused;
    }
}

impl<IO: AsyncRead + Unpin> AsyncRead for Strict<IO> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            if this.handed < this.ready.len() {
                let left = &this.ready[this.handed..];
                let some = left.len().min(buf.remaining());
                buf.put_slice(&left[..some]);
                this.handed += some;
                return Poll::Ready(Ok(()));
            }
            if this.handed > 0 {
                (this.ready, this.handed) = (Vec::new(), 0);
            }
            match this.state {
                State::Chunks => return Pin::new(&mut this.io).poll_read(cx, buf),
                State::Body(0) => this.state = State::Head,
                State::Body(left) => {
                    let most = buf.remaining().min(usize::try_from(left).unwrap_or(usize::MAX));
                    let mut part = ReadBuf::new(buf.initialize_unfilled_to(most));
                    ready!(Pin::new(&mut this.io).poll_read(cx, &mut part))?;
                    let some = part.filled().len();
                    buf.advance(some);
                    this.state = State::Body(left - some as u64);
                    return Poll::Ready(Ok(()));
                }
                State::Head => {
                    if this.looked < this.head.len() && this.advance() {
                        continue;
                    }
                    this.head.reserve(READ);
                    if ready!(poll_read_buf(Pin::new(&mut this.io), cx, &mut this.head))? == 0 {
                        return Poll::Ready(Ok(()));
                    }
                }
                // The reply closes the connection; what else came is nobody's.
                State::Refused => return Poll::Pending,
            }
        }
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Strict<IO> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }
}

#[cfg(test)]
mod tests;
