//! The fuzz targets without a fuzzer: the committed corpus, and a fixed number of changes to it, the same ones each
//! time. A change that breaks a target is made as small as it can be before it is shown.

use std::path::PathBuf;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use crate::safe::{Cost, VaultKey, Wrapping};

/// Enough to try each kind of change at each place of the small inputs; a second or two a target.
const CHANGED: u32 = 3_000;

#[derive(Debug, Clone)]
enum Change {
    Flip(Index, u8),
    Set(Index, u8),
    Cut(Index),
    Drop(Index),
    Insert(Index, Vec<u8>),
    Repeat(Index),
}

impl Change {
    fn any() -> impl Strategy<Value = Self> {
        let set = prop_oneof![any::<u8>(), select(vec![0, 1, 0x7f, 0x80, 0xff])];
        prop_oneof![
            (any::<Index>(), 0..8_u8).prop_map(|(at, bit)| Self::Flip(at, bit)),
            (any::<Index>(), set).prop_map(|(at, byte)| Self::Set(at, byte)),
            any::<Index>().prop_map(Self::Cut),
            any::<Index>().prop_map(Self::Drop),
            (any::<Index>(), proptest::collection::vec(any::<u8>(), 1..80))
                .prop_map(|(at, bytes)| Self::Insert(at, bytes)),
            any::<Index>().prop_map(Self::Repeat),
        ]
    }

    fn apply(&self, bytes: &mut Vec<u8>) {
        let length = bytes.len();
        let gap = |at: &Index| at.index(length + 1);
        match self {
            Self::Insert(at, new) => drop(bytes.splice(gap(at)..gap(at), new.iter().copied())),
            Self::Repeat(at) => bytes.extend_from_within(gap(at)..),
            Self::Cut(at) => bytes.truncate(gap(at)),
            _ if bytes.is_empty() => {}
            Self::Flip(at, bit) => bytes[at.index(length)] ^= 1 << bit,
            Self::Set(at, byte) => bytes[at.index(length)] = *byte,
            Self::Drop(at) => drop(bytes.remove(at.index(length))),
        }
    }
}

fn folder(corpus: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../fuzz/corpus").join(corpus)
}

/// The files of a corpus.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = folder(name);
    let files = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    assert!(files.len() >= 4, "{} has hardly anything in it", folder.display());
    files.into_iter().map(|file| std::fs::read(file).unwrap()).collect()
}

fn replay(name: &str, changed: u32, target: fn(&[u8])) {
    let corpus = corpus(name);
    corpus.iter().for_each(|input| target(input));
    let config = ProptestConfig { cases: changed, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let input = (select(corpus), proptest::collection::vec(Change::any(), 0..5));
    let outcome = runner.run(&input, |(mut bytes, changes)| {
        changes.iter().for_each(|change| change.apply(&mut bytes));
        target(&bytes);
        Ok(())
    });
    assert!(outcome.is_ok(), "{name}: {}", outcome.unwrap_err());
}

#[test]
fn records_hold_for_the_corpus_and_its_changes() {
    replay("record", CHANGED, super::record);
}

#[test]
fn custody_slots_hold_for_the_corpus_and_its_changes() {
    let salt = [0x5a; 16];
    // The sound ones of the corpus; `UPDATE_GOLDEN=1` writes them.
    for (name, cost) in [("sound", (8, 1, 1)), ("two-rounds", (16, 2, 1)), ("two-lanes", (32, 1, 2))] {
        let text = format!(r#"{{"memory_kib":{},"rounds":{},"lanes":{}}}"#, cost.0, cost.1, cost.2);
        let cost: Cost = serde_json::from_str(&text).unwrap();
        let wrapping = Wrapping::at_cost(super::PASSPHRASE, cost, &salt).unwrap();
        let key = VaultKey::from_bytes(&super::MASTER, super::VERSION).unwrap();
        let blob = wrapping.wrap(&key, &super::VAULT).unwrap().blob;
        let row = [text.as_bytes(), b"\n", &salt, &blob].concat();
        let file = folder("custody_slot").join(name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&file, &row).unwrap();
        }
        assert!(std::fs::read(file).unwrap() == row, "{name}");
    }
    // Each one that reads is stretched.
    replay("custody_slot", CHANGED / 8, super::custody_slot);
}

#[test]
fn insides_of_records_hold_for_the_corpus_and_their_changes() {
    replay("record_inside", CHANGED, super::record_inside);
}
