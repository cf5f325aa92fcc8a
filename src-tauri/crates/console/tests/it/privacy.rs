//! Invariants 1 and 3: nothing a person wrote, and nothing of a key, is on disk or in an event afterwards.

use testkit::leak::{scan_bytes, scan_dir};
use testkit::upstream::Behaviour;

use crate::support::*;

const PLANTED: [&str; 4] =
    ["Giovannina Bellafronte", "giovannina@example.test", "IT60X0542811101000000123456", "mario-rossi"];

#[tokio::test(flavor = "multi_thread")]
async fn invariant_3_nothing_a_person_wrote_is_kept() {
    let bench = Bench::openai().await;
    let prompt = format!("Write to {}", PLANTED.join(", "));
    let mut events = bench.console.events();
    for behaviour in [
        Behaviour::Ok,
        Behaviour::Unauthorized,
        Behaviour::ServerError(500),
        Behaviour::CutStream(2),
        Behaviour::BrokenJson,
    ] {
        bench.upstream.set_behaviour(behaviour);
        for streamed in [false, true] {
            bench.write(&prompt, streamed).await;
        }
    }
    bench.console.close().await;
    let mut told = String::new();
    while let Ok(event) = events.try_recv() {
        told.push_str(&serde_json::to_string(&event).unwrap());
    }
    assert!(told.contains("\"call\""), "there were events to search");
    for entry in std::fs::read_dir(bench.data_dir()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        for planted in PLANTED {
            assert!(!holds(&bytes, planted), "{planted} stands in {}", path.display());
            assert!(!holds(told.as_bytes(), planted), "{planted} stands in an event");
        }
    }
    assert_eq!(bench.upstream.counts().requests, 10);
    assert!(scan_dir(&bench.data_dir(), &bench.key).is_empty());
    assert!(scan_bytes(told.as_bytes(), &bench.key).is_empty());
    assert!(scan_bytes(&bench.seen.lock().unwrap(), &bench.key).is_empty());
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
