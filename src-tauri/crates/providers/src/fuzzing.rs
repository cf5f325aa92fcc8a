//! What the fuzzers feed: the reader of streams, whose bytes are whatever somebody's server sends. States what must hold
//! for any bytes. Not part of the product: built for tests and by `fuzz/` only.

use crate::sse::{EVENT_MAX, Scanner};

#[cfg(test)]
mod replay;

/// Bodies below this are split at every byte.
const SHORT: usize = 300;

/// What came of a body: the data of its events, and whether it is no stream of events at all. `None`: too large.
type Read = Option<(Vec<Vec<u8>>, bool)>;

fn scanned<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Read {
    let (mut scanner, mut events) = (Scanner::default(), Vec::new());
    let mut sink = |data: &[u8]| events.push(data.to_vec());
    for chunk in chunks {
        scanner.push(chunk, &mut sink).ok()?;
    }
    scanner.end(&mut sink);
    Some((events, scanner.is_foreign()))
}

/// The lines of a body, each ended by a carriage return, a line feed, or both; the last one perhaps by nothing.
fn lines(body: &[u8]) -> Vec<&[u8]> {
    let (mut lines, mut rest) = (Vec::new(), body);
    while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
        lines.push(&rest[..end]);
        let both = rest[end..].starts_with(b"\r\n");
        rest = &rest[end + 1 + usize::from(both)..];
    }
    if !rest.is_empty() {
        lines.push(rest);
    }
    lines
}

/// The rules of the WHATWG, read from the whole body and without a thought for memory.
fn model(body: &[u8]) -> (Vec<Vec<u8>>, bool) {
    let mut lines = lines(body);
    if let Some(first) = lines.first_mut() {
        *first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    }
    let field = |line: &[u8]| -> Option<(Vec<u8>, Vec<u8>)> {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let value = line[colon + 1..].strip_prefix(b" ").unwrap_or(&line[colon + 1..]);
        Some((line[..colon].to_vec(), value.to_vec()))
    };
    let of_a_stream = |line: &&[u8]| {
        let known = [&b""[..], b"data", b"event", b"id", b"retry"];
        field(line).is_some_and(|(name, _)| known.contains(&name.as_slice()))
    };
    let foreign = !lines.is_empty() && !lines.iter().any(of_a_stream);
    let mut events = Vec::new();
    for event in lines.split(|line| line.is_empty()) {
        let data = event.iter().filter_map(|line| match field(line) {
            Some((name, value)) => (name == b"data").then_some(value),
            None => (*line == b"data").then(Vec::new),
        });
        let data: Vec<_> = data.collect();
        if !data.is_empty() {
            events.push(data.join(&b'\n'));
        }
    }
    (events, foreign)
}

/// A body of server-sent events: the same events however it is split, those that the rules say, and none that is larger
/// than may be held.
pub fn sse(data: &[u8]) {
    let whole = scanned([data]);
    if data.len() <= EVENT_MAX {
        assert_eq!(whole, Some(model(data)), "{}", data.escape_ascii());
    }
    if let Some((events, _)) = &whole {
        assert!(events.iter().all(|event| event.len() <= EVENT_MAX));
    }
    for size in [1, 2, 3, 7, 64] {
        assert_eq!(scanned(data.chunks(size)), whole, "in pieces of {size}: {}", data.escape_ascii());
    }
    let cuts = if data.len() <= SHORT { 0..=data.len() } else { data.len() / 2..=data.len() / 2 };
    for at in cuts {
        let (left, right) = data.split_at(at);
        assert_eq!(scanned([left, b"", right]), whole, "split at {at}: {}", data.escape_ascii());
    }
}
