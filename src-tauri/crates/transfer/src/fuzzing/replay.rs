//! The fuzz targets without a fuzzer: the committed corpus, and a fixed number of changes to it, the same ones each time.

use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use super::{env, keys, litellm, settings};

/// A second or two a target.
const CHANGED: u32 = 3_000;

#[derive(Debug, Clone)]
enum Change {
    Set(Index, u8),
    Cut(Index),
    Insert(Index, &'static str),
    Repeat(Index),
}

impl Change {
    fn any() -> impl Strategy<Value = Self> {
        let piece = select(vec![
            "\"",
            "'",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\n",
            "\t",
            " #",
            "&a ",
            "*a",
            "<<: ",
            "=",
            "==",
            "null",
            "os.environ/",
            "\u{1b}[2J",
            "\u{feff}",
            "\\u0000",
            "\\ud800",
            "export ",
            "- ",
            "1e999",
            "!!binary ",
        ]);
        prop_oneof![
            (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Self::Set(at, byte)),
            any::<Index>().prop_map(Self::Cut),
            (any::<Index>(), piece).prop_map(|(at, piece)| Self::Insert(at, piece)),
            any::<Index>().prop_map(Self::Repeat),
        ]
    }

    fn apply(&self, bytes: &mut Vec<u8>) {
        let gap = |at: &Index| at.index(bytes.len() + 1);
        match self {
            Self::Insert(at, piece) => {
                let at = gap(at);
                drop(bytes.splice(at..at, piece.bytes()));
            }
            Self::Repeat(at) => bytes.extend_from_within(gap(at)..),
            Self::Cut(at) => bytes.truncate(gap(at)),
            Self::Set(..) if bytes.is_empty() => {}
            Self::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
        }
    }
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../fuzz/corpus").join(name);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 4, "{} has hardly anything in it", folder.display());
    files.into_iter().map(|file| std::fs::read(file).unwrap()).collect()
}

fn replay(name: &str, target: fn(&[u8])) {
    let corpus = corpus(name);
    corpus.iter().for_each(|input| target(input));
    let config = ProptestConfig { cases: CHANGED, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let input = (select(corpus), proptest::collection::vec(Change::any(), 0..6));
    let outcome = runner.run(&input, |(mut bytes, changes)| {
        changes.iter().for_each(|change| change.apply(&mut bytes));
        target(&bytes);
        Ok(())
    });
    assert!(outcome.is_ok(), "{name}: {}", outcome.unwrap_err());
}

#[test]
fn settings_hold_for_the_corpus_and_its_changes() {
    replay("transfer_settings", settings);
}

#[test]
fn env_files_hold_for_the_corpus_and_its_changes() {
    replay("transfer_env", env);
}

#[test]
fn litellm_files_hold_for_the_corpus_and_its_changes() {
    replay("transfer_litellm", litellm);
}

#[test]
fn files_of_keys_hold_for_the_corpus_and_its_changes() {
    replay("transfer_keys", keys);
}

/// 4 MiB of what costs a reader most.
#[test]
fn the_largest_files_are_read_or_refused_in_time() {
    let most = |piece: &str| piece.repeat(crate::FILE_MAX / piece.len()).into_bytes();
    let began = std::time::Instant::now();
    for piece in
        ["[", "{", "- ", "? ", "&a ", "&a *a ", "a: ", "{a: ", "\"", "!!a ", "---\n", "#", "A=1\n", "A", "="]
    {
        let file = most(piece);
        settings(&file);
        env(&file);
        litellm(&file);
        keys(&file);
    }
    assert!(began.elapsed() < std::time::Duration::from_secs(120), "{:?}", began.elapsed());
}
