//! Invariant 5: fail closed. Whoever the gate refuses reaches no upstream, whatever his bytes look like.
//!
//! Every row is one request that would succeed, broken in one place, sent as raw bytes.

mod bodies;
mod framing;
mod hosts;
mod origins;
mod tokens;

use std::time::Duration;

use console::api::ApplicationCreated;
use serde_json::json;

use crate::support::*;

/// A request, and how it is refused.
pub(super) struct Row {
    request: Vec<u8>,
    status: u16,
    cause: &'static str,
}

/// What every table is made from.
pub(super) struct Good {
    port: u16,
    token: String,
    text: String,
}

impl Good {
    async fn make(bench: &Bench) -> Self {
        let (port, token, body) = (bench.port, bench.token().await, body("Hello").to_string());
        let text = format!(
            "POST /v1/ai/text HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {ORIGIN}\r\n\
             Authorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        Self { port, token, text }
    }

    /// The good request with `to` in the place of `from`.
    fn with(&self, from: &str, to: &str) -> String {
        assert!(self.text.contains(from), "{from}");
        self.text.replacen(from, to, 1)
    }

    /// The same, as a row. `PORT` stands for the proxy's port.
    fn row(&self, from: &str, to: &str, status: u16, cause: &'static str) -> Row {
        self.whole(self.with(from, &to.replace("PORT", &self.port.to_string())), status, cause)
    }

    fn whole(&self, request: impl Into<Vec<u8>>, status: u16, cause: &'static str) -> Row {
        Row { request: request.into(), status, cause }
    }

    fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}", self.port)
    }

    fn bearer(&self) -> String {
        format!("Authorization: Bearer {}", self.token)
    }

    /// The good request with a body of its own; its length is told.
    fn body(&self, body: &[u8]) -> Vec<u8> {
        let (head, old) = self.text.split_once("\r\n\r\n").unwrap();
        let head = head
            .replace(&format!("Content-Length: {}", old.len()), &format!("Content-Length: {}", body.len()));
        [head.as_bytes(), b"\r\n\r\n", body].concat()
    }

    /// The good request with its body's head line replaced: for chunks and lies about length.
    fn framed(&self, lines: &str, body: &[u8]) -> Vec<u8> {
        let (head, old) = self.text.split_once("\r\n\r\n").unwrap();
        let head = head.replace(&format!("Content-Length: {}", old.len()), lines);
        [head.as_bytes(), b"\r\n\r\n", body].concat()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_5_no_hostile_request_reaches_an_upstream() {
    let bench = Bench::openai().await;
    let other = json!({ "name": "Other", "kind": "page", "origins": ["https://other.example"] });
    let other: ApplicationCreated = call(&bench.console, "application_add", other).await;
    let expired = bench.token().await;
    bench.clock.advance(Duration::from_secs(300));
    let good = Good::make(&bench).await;
    let mut table = hosts::rows(&good);
    table.extend(hosts::paths(&good));
    table.extend(origins::rows(&good));
    table.extend(tokens::rows(&good));
    table.extend(tokens::strangers(&good, &bench, &other, &expired).await);
    table.extend(tokens::routes(&good));
    table.extend(framing::lines(&good));
    table.extend(framing::lengths(&good));
    table.extend(framing::chunks(&good));
    table.extend(framing::sizes(&good));
    table.extend(bodies::rows(&good));
    assert!(table.len() >= 200, "{}", table.len());
    for Row { request, status, cause } in &table {
        let shown = String::from_utf8_lossy(&request[..request.len().min(600)]).into_owned();
        let reply = bench.exactly(request).await;
        assert_eq!((reply.status, reply.cause().as_str()), (*status, *cause), "{shown}\n{}", reply.body);
        for line in ["x-addon-console-error: proxy", "x-request-id: ", "cache-control: no-store"] {
            assert!(reply.head.contains(line), "{line}\n{shown}");
        }
        // A refusal may be read by pages that may call, for this application or another, and by nobody else.
        if let Some((_, readable)) = reply.head.split_once("access-control-allow-origin: ") {
            let own = format!("http://127.0.0.1:{}", good.port);
            let readable = readable.lines().next().unwrap();
            assert!(
                [ORIGIN, "https://other.example", own.as_str()].contains(&readable),
                "{readable}\n{shown}"
            );
        }
        assert_eq!(bench.upstream.counts().requests, 0, "{shown}");
    }
    // The request they were all made from is good, under each of the proxy's names, whole or byte by byte.
    for host in [good.host(), format!("Host: localhost:{}", good.port), format!("Host: [::1]:{}", good.port)]
    {
        assert_eq!(bench.exactly(good.with(&good.host(), &host).as_bytes()).await.status, 200);
    }
    assert_eq!(bench.upstream.counts().requests, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_behind_a_body_in_chunks_is_no_request() {
    let bench = Bench::openai().await;
    let good = Good::make(&bench).await;
    let (_, body) = good.text.split_once("\r\n\r\n").unwrap();
    let chunks = format!("5;ext=1\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", &body[..5], body.len() - 5, &body[5..]);
    let chunked = good.framed("Transfer-Encoding: chunked", chunks.as_bytes());
    // In chunks it is good, an unknown extension passed over as the standard says.
    let reply = bench.exactly(&chunked).await;
    assert!(reply.status == 200 && reply.head.contains("connection: close"), "{}", reply.head);
    let health = format!("POST /healthz HTTP/1.1\r\n{}\r\nTransfer-Encoding: chunked\r\n\r\n", good.host());
    for end in ["0\r\n\r\n", "0\r\nX: y\r\n\r\n", "0\r\n\r\n\r\n"] {
        let reply = bench.raw(&format!("{health}{end}{}", good.text)).await;
        assert_eq!(reply.head.matches("http/1.1 ").count() + reply.body.matches("HTTP/1.1 ").count(), 1);
    }
    assert_eq!(bench.upstream.counts().requests, 1);
    // Behind a body whose length is known, the next request is one, and is answered in its turn.
    let second = good.text.replacen("\r\n", "\r\nConnection: close\r\n", 1);
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", good.port)).await.unwrap();
    let both = format!("{}{second}", good.text);
    let mut bytes = Vec::new();
    tokio::io::AsyncWriteExt::write_all(&mut stream, both.as_bytes()).await.unwrap();
    tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut bytes).await.unwrap();
    assert_eq!(String::from_utf8_lossy(&bytes).matches("HTTP/1.1 200 OK").count(), 2);
    assert_eq!(bench.upstream.counts().requests, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_may_come_byte_by_byte() {
    let bench = Bench::openai().await;
    let good = Good::make(&bench).await;
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", good.port)).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let text = good.text.replacen("\r\n", "\r\nConnection: close\r\n", 1);
    for byte in text.as_bytes() {
        tokio::io::AsyncWriteExt::write_all(&mut stream, &[*byte]).await.unwrap();
    }
    let mut bytes = Vec::new();
    tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut bytes).await.unwrap();
    assert!(bytes.starts_with(b"HTTP/1.1 200 OK"));
}
