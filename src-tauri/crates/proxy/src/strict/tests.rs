//! A connection's bytes in pieces of every size: what comes out does not depend on how it came in.

use std::collections::VecDeque;

use futures_util::FutureExt as _;
use proptest::prelude::*;
use tokio::io::AsyncReadExt as _;

use super::*;

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

/// What the library would read.
pub(crate) fn handed_on(bytes: &[u8], sizes: &[usize]) -> Vec<u8> {
    let (mut pieces, mut rest, mut sizes) = (VecDeque::new(), bytes, sizes.iter().cycle());
    while !rest.is_empty() {
        let size = (*sizes.next().unwrap_or(&rest.len())).clamp(1, rest.len());
        pieces.push_back(rest[..size].to_vec());
        rest = &rest[size..];
    }
    let (mut strict, mut out) = (Strict::new(Pieces(pieces)), Vec::new());
    // Nothing more comes of a refused connection: it waits for its reply.
    while strict.read_buf(&mut out).now_or_never().is_some_and(|read| read.unwrap() > 0) {}
    out
}

fn request(length: usize, body: u8) -> Vec<u8> {
    let head = format!("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n");
    [head.into_bytes(), vec![body; length]].concat()
}

fn refused(bytes: &[u8], at: usize) -> bool {
    [MALFORMED, TOO_LARGE].iter().any(|head| bytes.get(at..) == Some(*head))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn good_requests_pass_byte_by_byte(
        lengths in prop::collection::vec(0_usize..5000, 1..6), body in any::<u8>(),
        sizes in prop::collection::vec(1_usize..3000, 1..8)
    ) {
        let all: Vec<u8> = lengths.iter().flat_map(|length| request(*length, body)).collect();
        prop_assert_eq!(handed_on(&all, &sizes), all);
    }

    #[test]
    fn what_comes_out_does_not_depend_on_the_pieces(
        lengths in prop::collection::vec(0_usize..50, 0..3),
        noise in prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b':'), Just(b' '), any::<u8>()], 0..60),
        sizes in prop::collection::vec(1_usize..40, 1..8)
    ) {
        let mut all: Vec<u8> = lengths.iter().flat_map(|length| request(*length, b'b')).collect();
        let good = all.len();
        all.extend(noise);
        let whole = handed_on(&all, &[all.len().max(1)]);
        prop_assert_eq!(&handed_on(&all, &sizes), &whole);
        prop_assert!(whole.len() >= good);
        // Only what came, or a refusal behind what was good.
        let same = all.iter().zip(&whole).take_while(|(one, other)| one == other).count();
        prop_assert!(same == whole.len() || (good..=same).any(|at| refused(&whole, at)));
    }
}

#[test]
fn a_bare_line_feed_behind_a_good_request_is_refused_in_its_turn() {
    let all = [request(3, b'b'), b"GET / HTTP/1.1\n\n".to_vec()].concat();
    assert_eq!(handed_on(&all, &[1]), [request(3, b'b'), MALFORMED.to_vec()].concat());
    let endless = [request(0, b'b'), vec![b'x'; HEAD_MAX + 1]].concat();
    assert_eq!(handed_on(&endless, &[1000]), [request(0, b'b'), TOO_LARGE.to_vec()].concat());
}
