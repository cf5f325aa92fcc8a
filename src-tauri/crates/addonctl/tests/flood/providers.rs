//! Providers that send a bomb, or lie about how much they send.

use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::desk::{Desk, good_answer};

const JSON: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const STREAM: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";

/// A gigabyte of blanks in a megabyte.
fn bomb() -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let blanks = vec![b' '; 1024 * 1024];
    for _ in 0..1024 {
        packed.write_all(&blanks).unwrap();
    }
    packed.finish().unwrap()
}

fn said(head: &str, body: &[u8]) -> Vec<u8> {
    [head.as_bytes(), b"\r\n", body].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_from_upstream_is_not_unpacked() {
    let desk = Desk::start().await;
    desk.reply.lock().unwrap().clone_from(&good_answer());
    assert!(desk.write().await.contains("A title"));
    let memory = desk.watch_memory();
    let bomb = bomb();
    let through = "{\"model\":\"gpt-test\",\"messages\":[]}";
    for status in ["200 OK", "400 Bad Request", "500 Oh"] {
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n",
            bomb.len()
        );
        *desk.reply.lock().unwrap() = said(&head, &bomb);
        let own = desk.write().await;
        assert!(own.starts_with("HTTP/1.1 50") && own.contains("\"cause\":\""), "{status}: {own}");
        // On a provider's own API a success is passed on as it is, a refusal only as far as it can be searched.
        let passed = desk.post("/providers/Mine/chat/completions", through).await;
        let heads = passed.split("\r\n\r\n").next().unwrap().len();
        assert!(heads < 4096 && passed.len() <= 3 * bomb.len() + heads + 4, "{status}: {}", passed.len());
    }
    memory.grew_less_than(60);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_lies_about_length_is_not_believed() {
    let desk = Desk::start().await;
    let good = good_answer();
    let body = &good[good.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4..];
    let length = body.len();
    let memory = desk.watch_memory();
    let lies = [
        // More was promised than comes.
        (said(&format!("{JSON}content-length: {}\r\n", length + 1), body), "stream-cut"),
        (said(&format!("{JSON}content-length: 999999999999999\r\n"), body), "stream-cut"),
        (
            said(
                &format!("{JSON}transfer-encoding: chunked\r\n"),
                &[format!("{length:x}\r\n").as_bytes(), body].concat(),
            ),
            "stream-cut",
        ),
        (said(&format!("{JSON}transfer-encoding: chunked\r\n"), b"ffffffffffffff\r\n{"), "stream-cut"),
        (said(&format!("{STREAM}content-length: 99\r\n"), b"data: {}\n\n"), "stream-cut"),
        // Less was promised than comes.
        (said(&format!("{JSON}content-length: {}\r\n", length - 1), body), "reply-invalid"),
        (said(&format!("{JSON}content-length: 0\r\n"), body), "reply-invalid"),
        // Nonsense was promised.
        (said(&format!("{JSON}content-length: -1\r\n"), body), "upstream-unreachable"),
        (
            said(&format!("{JSON}content-length: {length}\r\ncontent-length: 1\r\n"), body),
            "upstream-unreachable",
        ),
        // Nothing was promised, and too much comes.
        (said(JSON, &vec![b' '; 5 * 1024 * 1024]), "reply-too-large"),
        (said(&format!("{JSON}X: {}\r\n", "x".repeat(1024 * 1024)), body), "upstream-unreachable"),
    ];
    for (n, (reply, cause)) in lies.iter().enumerate() {
        desk.reply.lock().unwrap().clone_from(reply);
        let since = Instant::now();
        let said = desk.write().await;
        assert!(said.contains(&format!("\"cause\":\"{cause}\"")), "{n}: expected {cause}: {said}");
        assert!(since.elapsed() < Duration::from_secs(10), "{n}: {:?}", since.elapsed());
    }
    memory.grew_less_than(60);
    desk.reply.lock().unwrap().clone_from(&good);
    assert!(desk.write().await.contains("A title"));
}
