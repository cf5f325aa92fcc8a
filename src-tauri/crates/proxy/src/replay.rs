//! Replays a corpus of header values and bodies, each as it is and changed in a thousand small ways.
//!
//! What a fuzzer would run, as plain functions: nothing may panic, and whatever is accepted must be what it claims.
//! A file that once failed goes into `corpus/` and stays there.

use std::path::Path;
use std::sync::Arc;

use domain::addons::ai_alt_text::AltTextRequest;
use domain::addons::ai_image_generation::ImageRequest;
use domain::addons::ai_integration::WritingRequest;
use domain::addons::ai_translation::TranslateRequest;
use domain::addons::digest::DigestRequest;
use domain::addons::metadata::MetadataRequest;
use http::header::{AUTHORIZATION, HOST, HeaderValue, ORIGIN};
use http::{HeaderMap, Request};
use serde::de::DeserializeOwned;

use crate::gate;
use crate::listener::Door;
use crate::snapshot::Snapshot;

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

fn replay(folder: &str, target: Target) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&dir).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 5, "{folder} has a corpus");
    for (n, file) in files.iter().enumerate() {
        let seed = std::fs::read(file).unwrap();
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

fn with(name: http::HeaderName, bytes: &[u8]) -> Option<Request<()>> {
    let value = HeaderValue::from_bytes(bytes).ok()?;
    Request::builder().uri("/v1/session").header(name, value).body(()).ok()
}

fn a_head(bytes: &[u8]) {
    assert!(crate::head::tests::agrees(bytes), "{}", bytes.escape_ascii());
    let whole = crate::strict::tests::handed_on(bytes, &[bytes.len().max(1)]);
    assert_eq!(crate::strict::tests::handed_on(bytes, &[1]), whole, "{}", bytes.escape_ascii());
}

fn a_host(bytes: &[u8]) {
    let door = Door { port: 23366, secure: false, peer: "127.0.0.1:5".parse().unwrap() };
    let passed = with(HOST, bytes).is_some_and(|request| gate::own_origin(&request, door).is_ok());
    let own = [&b"127.0.0.1:23366"[..], b"localhost:23366", b"[::1]:23366"].contains(&bytes);
    assert_eq!(passed, own, "{}", bytes.escape_ascii());
}

fn an_origin(bytes: &[u8]) {
    let snapshot = Snapshot {
        applications: vec![gate::tests::entry(1, "http://localhost:3000", true)],
        ..Snapshot::default()
    };
    let passed = with(ORIGIN, bytes)
        .is_some_and(|request| gate::caller(&request, "http://127.0.0.1:23366", &snapshot).is_ok());
    let good = [&b"http://localhost:3000"[..], b"http://127.0.0.1:23366"].contains(&bytes);
    assert_eq!(passed, good, "{}", bytes.escape_ascii());
}

fn a_bearer(bytes: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, value);
    if let Ok(token) = gate::bearer(&headers, &["bearer"]) {
        let same = [&bytes[..7], token.as_bytes()].concat() == bytes;
        assert!(same && bytes[..7].eq_ignore_ascii_case(b"bearer "), "{}", bytes.escape_ascii());
        assert!((1..=512).contains(&token.len()) && !token.contains(char::is_whitespace));
    }
}

fn a_content_type(bytes: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    if crate::body::is_json(&value) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        let left = text.replacen("application/json", "", 1).replace("charset=utf-8", "");
        assert!(left.chars().all(|letter| matches!(letter, ';' | ' ' | '\t')), "{}", bytes.escape_ascii());
    }
}

fn a_body(bytes: &[u8]) {
    fn as_a<T: DeserializeOwned>(bytes: &[u8]) -> Option<Arc<T>> {
        serde_json::from_slice(bytes).ok().map(Arc::new)
    }
    if let Some(request) = as_a::<WritingRequest>(bytes) {
        // A prompt that is accepted is not empty, and no longer than it may be.
        let prompt = request.prompt.trim().chars().count();
        assert!(request.conversation().is_err() || (1..=8000).contains(&prompt));
    }
    as_a::<AltTextRequest>(bytes);
    as_a::<ImageRequest>(bytes);
    as_a::<TranslateRequest>(bytes);
    as_a::<DigestRequest>(bytes);
    as_a::<MetadataRequest>(bytes);
}

#[test]
fn the_corpus_is_replayed() {
    let targets: [(&str, Target); 6] = [
        ("head", a_head),
        ("host", a_host),
        ("origin", an_origin),
        ("bearer", a_bearer),
        ("content-type", a_content_type),
        ("body", a_body),
    ];
    for (folder, target) in targets {
        replay(folder, target);
    }
}
