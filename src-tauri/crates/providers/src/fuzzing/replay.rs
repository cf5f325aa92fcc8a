//! The target without a fuzzer: the committed corpus, and a fixed number of changes to it, the same ones each time. A
//! file that once failed goes into `fuzz/corpus/sse` and stays there.

use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

const CHANGED: u32 = 3_000;

/// What a change puts in: the pieces that streams are made of, and noise.
const PIECES: [&[u8]; 13] = [
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n",
    b":",
    b" ",
    b"data",
    b"data:",
    b"data: x",
    b"event: y\n",
    b"\xef\xbb\xbf",
    b"\0",
    b"\xff",
];

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fuzz/corpus/sse");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 8, "hardly anything in it");
    files.into_iter().map(|file| std::fs::read(file).unwrap()).collect()
}

#[test]
fn streams_hold_for_the_corpus_and_its_changes() {
    let corpus = corpus();
    corpus.iter().for_each(|body| super::sse(body));
    let config = ProptestConfig { cases: CHANGED, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    // Where, how much is lost there, and what is put in its place.
    let change = (any::<Index>(), 0_usize..4, select(PIECES.to_vec()));
    let input = (select(corpus), proptest::collection::vec(change, 0..6));
    let outcome = runner.run(&input, |(mut body, changes)| {
        for (at, lost, piece) in changes {
            let at = at.index(body.len() + 1);
            let to = (at + lost).min(body.len());
            body.splice(at..to, piece.iter().copied());
        }
        super::sse(&body);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}

#[test]
fn an_event_that_is_too_large_is_refused_however_it_comes() {
    let body = [b"data: a\n\ndata: ".to_vec(), vec![b'x'; super::EVENT_MAX + 1]].concat();
    assert_eq!(super::scanned([&body[..]]), None);
    super::sse(&body);
}
