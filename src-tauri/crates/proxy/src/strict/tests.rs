//! A connection's bytes in pieces of every size: what comes out does not depend on how it came in.

use proptest::prelude::*;

use super::*;
use crate::fuzzing::heads::handed_on;

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
