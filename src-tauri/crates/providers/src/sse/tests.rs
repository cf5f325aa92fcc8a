//! The scanner against the WHATWG rules, any split, and any bytes.

use proptest::prelude::*;

use super::*;

fn whole(body: &[u8]) -> Vec<String> {
    chunked(&[body])
}

fn chunked(chunks: &[&[u8]]) -> Vec<String> {
    let (mut scanner, mut events) = (Scanner::default(), Vec::new());
    let mut sink = |data: &[u8]| events.push(String::from_utf8_lossy(data).into_owned());
    for chunk in chunks {
        scanner.push(chunk, &mut sink).unwrap();
    }
    scanner.end(&mut sink);
    events
}

#[test]
fn events_are_found() {
    let long = "x".repeat(100_000);
    for (body, events) in [
        ("data: a\n\ndata: b\n\n", vec!["a", "b"]),
        ("data:a\r\n\r\ndata: b\r\rdata:  c\n\n", vec!["a", "b", " c"]),
        ("data: a\r\ndata: b\r\n\r\ndata: c\rdata: d\r\r", vec!["a\nb", "c\nd"]),
        ("event: x\ndata: a\nid: 1\nretry: 5\n\n", vec!["a"]),
        (": comment\n\n:\n\ndata: a\n\n: again\n\n", vec!["a"]),
        ("data: a\ndata: b\ndata\ndata:\n\n", vec!["a\nb\n\n"]),
        ("data\n\ndata\n\n", vec!["", ""]),
        ("\n\n\n", vec![]),
        ("dataset: a\nDATA: b\n data: c\n\n", vec![]),
        ("event: only\n\n", vec![]),
        ("\u{feff}data: marked\n\ndata: \u{feff}kept\n\n", vec!["marked", "\u{feff}kept"]),
        ("data: no blank line\n", vec!["no blank line"]),
        ("data: a\n\ndata: no line end", vec!["a", "no line end"]),
        ("data: {\"t\":\"è 🙂\"}   \n\n", vec!["{\"t\":\"è 🙂\"}   "]),
        ("", vec![]),
        (&format!("data: {long}\n\n"), vec![&long]),
    ] {
        assert_eq!(whole(body.as_bytes()), events, "{body:.60}");
        if body.len() < 1_000 {
            for at in 0..=body.len() {
                let (left, right) = body.as_bytes().split_at(at);
                assert_eq!(chunked(&[left, right]), events, "{body} split at {at}");
                assert_eq!(chunked(&[left, b"", right]), events);
            }
        }
    }
}

#[test]
fn an_event_is_told_before_the_next_byte_comes() {
    let (mut scanner, mut events) = (Scanner::default(), 0);
    scanner.push(b"data: a\r\n\r", &mut |_| events += 1).unwrap();
    assert_eq!(events, 1, "a carriage return ends a line without waiting for a line feed");
}

#[test]
fn memory_is_bounded_for_endless_lines_and_endless_events() {
    for (piece, limit) in [("x".repeat(1_000), EVENT_MAX), ("data: y\n".repeat(100), EVENT_MAX * 5)] {
        let mut scanner = Scanner::default();
        let mut fed = 0;
        while scanner.push(piece.as_bytes(), &mut |_| panic!("nothing was completed")).is_ok() {
            fed += piece.len();
            assert!(fed < limit, "never refused");
            assert!(scanner.line.capacity() + scanner.data.capacity() <= 4 * EVENT_MAX);
        }
    }
    let one = format!("data: {}\n\n", "z".repeat(EVENT_MAX));
    assert_eq!(Scanner::default().push(one.as_bytes(), &mut |_| {}), Err(TooLarge));
}

proptest! {
    #[test]
    fn any_chunking_equals_the_whole(
        lines in proptest::collection::vec("(data: ?|event: |: ?|data|)[a-zè🙂: ]{0,6}(\r\n|\n|\r|\n\n)", 0..20),
        cuts in proptest::collection::vec(any::<proptest::sample::Index>(), 0..10),
    ) {
        let body = lines.concat().into_bytes();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(body.len() + 1)).collect();
        cuts.sort_unstable();
        let ends = cuts.iter().copied().chain([body.len()]);
        let chunks: Vec<&[u8]> = std::iter::once(0).chain(cuts.iter().copied()).zip(ends)
            .map(|(from, to)| &body[from..to])
            .collect();
        prop_assert_eq!(chunked(&chunks), whole(&body));
        let bytes: Vec<&[u8]> = body.chunks(1).collect();
        prop_assert_eq!(chunked(&bytes), whole(&body));
    }

    #[test]
    fn no_bytes_make_it_panic(chunks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..50), 0..20)) {
        let chunks: Vec<&[u8]> = chunks.iter().map(Vec::as_slice).collect();
        chunked(&chunks);
    }
}
