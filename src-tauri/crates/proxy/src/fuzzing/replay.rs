//! The targets without a fuzzer: each file of the corpus as it is and changed in a thousand small ways, the same ones
//! each time. A file that once failed goes into `fuzz/corpus` and stays there.

use std::path::Path;

type Target = fn(&[u8]);

/// Small, seeded, the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap()
    }
}

/// One small change: a byte turned, put in, taken out, a piece doubled or lost.
fn change(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const SPICE: &[u8] = b"\r\n\t :,;\"{}[]\\#@%\0\x7f\xff0-+";
    let at = dice.below(bytes.len());
    match dice.below(5) {
        0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
        1 => bytes.insert(at, SPICE[dice.below(SPICE.len())]),
        2 if !bytes.is_empty() => drop(bytes.remove(at)),
        3 => {
            let piece = bytes[at..(at + dice.below(12)).min(bytes.len())].to_vec();
            bytes.splice(at..at, piece);
        }
        _ => bytes.truncate(at),
    }
}

fn corpus(folder: &str) -> Vec<Vec<u8>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fuzz/corpus").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&dir).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 5, "{folder} has a corpus");
    files.into_iter().map(|file| std::fs::read(file).unwrap()).collect()
}

fn replay(folder: &str, target: Target) {
    for (n, seed) in corpus(folder).into_iter().enumerate() {
        target(&seed);
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ n as u64);
        for _ in 0..1000 {
            let mut bytes = seed.clone();
            for _ in 0..=dice.below(4) {
                change(&mut bytes, &mut dice);
            }
            target(&bytes);
        }
    }
}

#[test]
fn the_corpus_is_replayed() {
    let targets: [(&str, Target); 6] = [
        ("proxy_head", super::head),
        ("proxy_host", super::host),
        ("proxy_origin", super::origin),
        ("proxy_bearer", super::bearer),
        ("proxy_content_type", super::content_type),
        ("proxy_body", super::body),
    ];
    for (folder, target) in targets {
        replay(folder, target);
    }
}

#[test]
fn each_route_takes_a_body_of_the_corpus_and_refuses_another_by_its_rules() {
    let corpus = corpus("proxy_body");
    for (route, reader, _) in super::bodies::ROUTES {
        let verdicts: Vec<_> = corpus.iter().filter_map(|bytes| reader(bytes)).collect();
        assert!(verdicts.contains(&true), "{route}");
        // A translation's rules are its route's, which has the provider's languages.
        assert!(verdicts.contains(&false) || route == "translate", "{route}");
    }
}
