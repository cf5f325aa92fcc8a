//! A stand-in for OpenAI that answers at once, streams, refuses, or streams without end until its caller leaves: what the
//! prompt says. Fast and without memory, since it answers a hundred thousand calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

pub(crate) const ENDLESS: &str = "Without end";
pub(crate) const REFUSE: &str = "Refuse this";

/// Between two words of an endless stream.
const PACE: Duration = Duration::from_millis(5);

#[derive(Default)]
pub(crate) struct Seen {
    /// Endless streams that its caller left.
    pub(crate) left: AtomicUsize,
    /// Endless streams that still run.
    pub(crate) endless: AtomicUsize,
}

pub(crate) struct Upstream {
    pub(crate) port: u16,
    pub(crate) seen: Arc<Seen>,
    /// Each change closes the connections that wait for a request.
    rest: watch::Sender<()>,
}

impl Upstream {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (seen, (rest, resting)) = (Arc::new(Seen::default()), watch::channel(()));
        let kept = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                tokio::spawn(serve(stream, Arc::clone(&kept), resting.clone()));
            }
        });
        Self { port, seen, rest }
    }

    /// Closes idle connections, as servers do after a while.
    pub(crate) fn close_idle(&self) {
        self.rest.send_replace(());
    }
}

async fn serve(mut stream: TcpStream, seen: Arc<Seen>, mut rest: watch::Receiver<()>) {
    let mut bytes = Vec::with_capacity(8192);
    rest.mark_unchanged();
    loop {
        let body = tokio::select! {
            body = request(&mut stream, &mut bytes) => body,
            _ = rest.changed() => return,
        };
        let Some(body) = body else { return };
        let text = String::from_utf8_lossy(&body);
        let streamed = text.contains("\"stream\":true");
        let answered = if text.contains(REFUSE) {
            let body = json!({ "error": { "message": "No.", "type": "invalid_request_error" } }).to_string();
            stream.write_all(&whole("400 Bad Request", &body)).await
        } else if text.contains(ENDLESS) {
            return endless(&mut stream, &seen).await;
        } else if streamed {
            stream.write_all(&short_stream()).await
        } else {
            let message = json!({ "role": "assistant", "content": "A title" });
            let choice = json!({ "index": 0, "finish_reason": "stop", "message": message });
            stream.write_all(&whole("200 OK", &completion("chat.completion", &choice).to_string())).await
        };
        if answered.is_err() {
            return;
        }
    }
}

/// The body of the next request.
async fn request(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<Vec<u8>> {
    bytes.clear();
    loop {
        if stream.read_buf(bytes).await.ok()? == 0 {
            return None;
        }
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        let length: usize = length.unwrap_or(0);
        if bytes.len() >= end + 4 + length {
            return Some(bytes[end + 4..].to_vec());
        }
    }
}

/// Word after word until nobody listens.
async fn endless(stream: &mut TcpStream, seen: &Seen) {
    seen.endless.fetch_add(1, Ordering::Relaxed);
    let mut text = stream_head();
    let mut more = Vec::new();
    loop {
        text.extend(chunk(&word("word ", &Value::Null)));
        if stream.write_all(&text).await.is_err() {
            break;
        }
        text.clear();
        tokio::select! {
            read = stream.read_buf(&mut more) => if read.unwrap_or(0) == 0 { break },
            () = tokio::time::sleep(PACE) => {}
        }
    }
    seen.endless.fetch_sub(1, Ordering::Relaxed);
    seen.left.fetch_add(1, Ordering::Relaxed);
}

fn completion(object: &str, choice: &Value) -> Value {
    json!({ "id": "c", "object": object, "created": 1, "model": "gpt-test", "choices": [choice],
        "usage": { "prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3 } })
}

fn word(text: &str, finish: &Value) -> String {
    let choice = json!({ "index": 0, "delta": { "content": text }, "finish_reason": finish });
    format!("data: {}\n\n", completion("chat.completion.chunk", &choice))
}

fn whole(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

fn stream_head() -> Vec<u8> {
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n".to_vec()
}

fn chunk(text: &str) -> Vec<u8> {
    format!("{:x}\r\n{text}\r\n", text.len()).into_bytes()
}

fn short_stream() -> Vec<u8> {
    let mut bytes = stream_head();
    for text in ["A ", "title ", "in ", "words"] {
        bytes.extend(chunk(&word(text, &Value::Null)));
    }
    bytes.extend(chunk(&word("", &json!("stop"))));
    bytes.extend(chunk("data: [DONE]\n\n"));
    bytes.extend(b"0\r\n\r\n");
    bytes
}
