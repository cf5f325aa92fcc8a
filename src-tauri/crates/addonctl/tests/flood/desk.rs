//! `addonctl serve` as a process of its own, set up by `addonctl` alone, and a stand-in that sends the bytes it is told.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

const ORIGIN: &str = "http://localhost:3000";

/// What the stand-in does with a connection once it has a request.
pub(crate) type Script = Arc<Mutex<Vec<u8>>>;

pub(crate) struct Desk {
    served: Child,
    pub(crate) port: u16,
    pub(crate) token: String,
    /// The stand-in's next reply, byte by byte.
    pub(crate) reply: Script,
    dir: TempDir,
}

impl Desk {
    pub(crate) async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("passphrase"), "correct horse\n").unwrap();
        let reply = Script::default();
        let upstream = stand_in(Arc::clone(&reply)).await;
        run(&dir, &["app", "add", "Mailer", "--type", "email", "--origin", ORIGIN], "");
        let add =
            ["provider", "add", "Mine", "--app", "Mailer", "--kind", "openai", "--key-stdin", "--base-url"];
        run(
            &dir,
            &[&add[..], &[&format!("http://127.0.0.1:{upstream}/v1")]].concat(),
            "sk-not-a-key-0123456789\n",
        );
        run(&dir, &["addon", "install", "ai-integration", "--app", "Mailer"], "");
        run(&dir, &["addon", "enable", "ai-integration", "--app", "Mailer", "--provider", "Mine"], "");
        let mut served = command(&dir, &["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(served.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        let port = u16::try_from(said["port"].as_u64().unwrap()).unwrap();
        let token = run(&dir, &["token", "--app", "Mailer", "--uid", "ada", "--origin", ORIGIN], "");
        let token = token["access_token"].as_str().unwrap().to_owned();
        Self { served, port, token, reply, dir }
    }

    /// Asks for a title; the whole reply.
    pub(crate) async fn write(&self) -> String {
        let body = json!({ "handle": "ai-integration", "prompt": "Hello",
            "module": { "uuid": "m", "type": "TITLE", "content": "", "isDefault": true } });
        self.post("/v1/ai/text", &body.to_string()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> String {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            self.port,
            self.token,
            body.len()
        );
        self.exchange(format!("{head}{body}").as_bytes()).await
    }

    /// Sends bytes and reads to the end.
    pub(crate) async fn exchange(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        stream.write_all(request).await.unwrap();
        let mut bytes = Vec::new();
        let read = stream.read_to_end(&mut bytes);
        let _ = tokio::time::timeout(Duration::from_secs(30), read).await.expect("an end within 30 s");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Looks at its resident memory from now on.
    pub(crate) fn watch_memory(&self) -> Memory {
        let status = format!("/proc/{}/status", self.served.id());
        let (now, most) = (resident(&status), Arc::new(AtomicU64::new(0)));
        let kept = Arc::clone(&most);
        let looking = tokio::spawn(async move {
            loop {
                kept.fetch_max(resident(&status), Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        Memory { before: now, most, looking }
    }

    /// How many sockets and files it has open.
    pub(crate) fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.served.id())).unwrap().count()
    }

    /// Waits for a condition, up to a bound.
    pub(crate) async fn until(&self, bound: Duration, good: impl Fn(&Self) -> bool) -> bool {
        let since = Instant::now();
        while !good(self) {
            if since.elapsed() > bound {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        true
    }
}

/// How its memory grew.
pub(crate) struct Memory {
    before: u64,
    most: Arc<AtomicU64>,
    looking: JoinHandle<()>,
}

impl Memory {
    /// Fails when it ever grew by more, in MiB.
    pub(crate) fn grew_less_than(&self, bound: u64) {
        let (before, most) = (self.before, self.most.load(Ordering::Relaxed));
        self.looking.abort();
        assert!(most > 0 && most < before + bound, "{before} MiB before, {most} MiB at most");
    }
}

fn resident(status: &str) -> u64 {
    // A process that has ended has no such line.
    let text = std::fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.served.kill();
        let _ = self.served.wait();
        let _ = &self.dir;
    }
}

fn command(dir: &TempDir, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_addonctl"));
    command.args(["--json", "--custody", "passphrase", "--data-dir"]).arg(dir.path().join("data"));
    command.arg("--passphrase-file").arg(dir.path().join("passphrase")).args(words);
    command
}

fn run(dir: &TempDir, words: &[&str], input: &str) -> Value {
    let mut child = command(dir, words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let ran = child.wait_with_output().unwrap();
    assert!(ran.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).unwrap()
}

/// Answers every connection with the bytes it was told, then closes it; its port.
async fn stand_in(reply: Script) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let reply = reply.lock().unwrap().clone();
            tokio::spawn(async move {
                let mut request = Vec::new();
                while !request.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
                    if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
                        return;
                    }
                }
                let _ = stream.write_all(&reply).await;
                let _ = stream.shutdown().await;
                // Until the other side has had enough.
                while stream.read_buf(&mut request).await.unwrap_or(0) > 0 {}
            });
        }
    });
    port
}

/// A good answer of this stand-in.
pub(crate) fn good_answer() -> Vec<u8> {
    let body = json!({
        "id": "c", "object": "chat.completion", "created": 1, "model": "gpt-test",
        "choices": [{ "index": 0, "finish_reason": "stop", "message": { "role": "assistant", "content": "A title" } }],
        "usage": { "prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3 },
    })
    .to_string();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body.as_bytes()].concat()
}
