//! Heads against a naive model, and against the library's own parser: what passes here means the same there.

use proptest::prelude::*;

use super::*;
use crate::fuzzing::heads::agrees;

/// A line and whether it is good; what it says of the body.
#[derive(Debug, Clone)]
struct Line(&'static str, bool, Option<Says>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Length(u64),
    Chunked,
}

const LINES: &[(&str, bool, Option<Says>)] = &[
    ("Host: 127.0.0.1:1", true, None),
    ("X:", true, None),
    ("X: \t a, b\t", true, None),
    ("X: \u{e9}", true, None),
    ("Connection: keep-alive", true, None),
    ("Expect: 100-continue", true, None),
    ("Upgrade: h2c", true, None),
    ("Content-Length: 7", true, Some(Says::Length(7))),
    ("content-length:0", true, Some(Says::Length(0))),
    ("CONTENT-LENGTH: 007 ", true, Some(Says::Length(7))),
    ("Transfer-Encoding: chunked", true, Some(Says::Chunked)),
    ("transfer-encoding:\tCHUNKED", true, Some(Says::Chunked)),
    ("Content-Length: +7", false, None),
    ("Content-Length: 7 7", false, None),
    ("Content-Length: ", false, None),
    ("Transfer-Encoding: gzip", false, None),
    ("Transfer-Encoding: chunked, chunked", false, None),
    ("Upgrade: websocket", false, None),
    (" folded", false, None),
    ("\tfolded", false, None),
    ("X : y", false, None),
    (": y", false, None),
    ("X", false, None),
    ("", false, None),
    ("X: a\rb", false, None),
    ("X: a\nY: b", false, None),
    ("X: a\u{0}", false, None),
    ("X: a\u{7f}", false, None),
];

const STARTS: &[(&str, bool)] = &[
    ("GET / HTTP/1.1", true),
    ("POST /v1/ai/text?x=%20 HTTP/1.1", true),
    ("M-SEARCH * HTTP/1.1", true),
    ("GET http://a.example/ HTTP/1.1", true),
    ("GET / HTTP/1.0", false),
    ("GET /#x HTTP/1.1", false),
    ("GET  / HTTP/1.1", false),
    ("GET / HTTP/1.1 ", false),
    ("GET /", false),
    ("", false),
];

/// What the rules say, without looking at bytes: every line good, and one word at most on the body's length.
fn model(start: bool, lines: &[Line]) -> Result<Follows, Cause> {
    let says: Vec<Says> = lines.iter().filter_map(|line| line.2).collect();
    let good = start && lines.iter().all(|line| line.1) && says.len() <= 1;
    match says.first() {
        _ if !good => Err(Cause::RequestMalformed),
        _ if lines.len() > LINES_MAX => Err(Cause::HeadTooLarge),
        Some(Says::Chunked) => Ok(Follows::Chunks),
        Some(Says::Length(length)) => Ok(Follows::Bytes(*length)),
        None => Ok(Follows::Bytes(0)),
    }
}

fn line() -> impl Strategy<Value = Line> {
    // Good ones more often, or hardly a head would be good as a whole.
    let good = prop::sample::select(&LINES[..7]);
    let any = prop::sample::select(LINES);
    prop_oneof![6 => good, 1 => any].prop_map(|(text, good, says)| Line(text, good, says))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_head_is_judged_as_the_model_says(
        start in prop::sample::select(STARTS), lines in prop::collection::vec(line(), 0..12)
    ) {
        let mut head = format!("{}\r\n", start.0).into_bytes();
        for line in &lines {
            head.extend_from_slice(line.0.as_bytes());
            head.extend_from_slice(b"\r\n");
        }
        head.extend_from_slice(b"\r\n");
        prop_assert_eq!(judge(&head), model(start.1, &lines));
        prop_assert!(agrees(&head));
    }

    #[test]
    fn any_bytes_are_judged_and_what_passes_means_the_same_to_the_library(
        bytes in prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b' '), Just(b':'), any::<u8>()], 0..80)
    ) {
        prop_assert!(agrees(&[b"GET / HTTP/1.1\r\n", bytes.as_slice(), b"\r\n\r\n"].concat()));
        prop_assert!(agrees(&bytes));
    }

    #[test]
    fn one_changed_byte_never_changes_what_a_passing_head_means_to_the_library(at in 0_usize..90, byte in any::<u8>()) {
        let mut head = b"POST /v1/ai/text HTTP/1.1\r\nHost: 127.0.0.1:23366\r\nContent-Length: 113\r\nX: yz\r\n\r\n".to_vec();
        let at = at % head.len();
        head[at] = byte;
        prop_assert!(agrees(&head));
    }
}

#[test]
fn more_lines_than_the_library_takes_are_too_many() {
    let head = |lines: usize| format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(lines));
    assert_eq!(judge(head(96).as_bytes()), Ok(Follows::Bytes(0)));
    assert_eq!(judge(head(97).as_bytes()), Err(Cause::HeadTooLarge));
}
