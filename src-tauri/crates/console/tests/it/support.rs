//! A console ready to be called, a clock that moves when told, and an HTTP client that sends what it is given.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use console::api::*;
use console::{Console, Headless, OsRandom};
use serde_json::{Value, json};
use tempfile::TempDir;
pub(crate) use testkit::clock::HandClock;
use testkit::leak::Canary;
use testkit::upstream::{Dialect, Options, Upstream};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use vault::{Custody, Passphrase};
use zeroize::Zeroizing;

pub(crate) const ORIGIN: &str = "http://localhost:3000";

/// A console with one application, its AddOn on, and a provider at a local upstream.
pub(crate) struct Bench {
    pub(crate) console: Arc<Console>,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) upstream: Upstream,
    pub(crate) key: Canary,
    pub(crate) application: ApplicationCreated,
    pub(crate) provider: Value,
    pub(crate) port: u16,
    /// Everything the proxy sent, to be searched for keys.
    pub(crate) seen: Mutex<Vec<u8>>,
    pub(crate) dir: TempDir,
}

impl Bench {
    pub(crate) async fn openai() -> Self {
        Self::at(Dialect::OpenAi, false).await
    }

    pub(crate) async fn at(dialect: Dialect, tls: bool) -> Self {
        let key = Canary::new("sk");
        let options = Options { tls, expect_key: Some(key.key().to_owned()), ..Options::default() };
        let upstream = Upstream::start(dialect, options).await;
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(HandClock::default());
        let console = open(dir.path().join("data"), Arc::clone(&clock)).await.unwrap();
        console.unlock().await.unwrap();
        let kind = match dialect {
            Dialect::OpenAi => "openai",
            Dialect::Anthropic => "anthropic",
        };
        let application: ApplicationCreated = call(
            &console,
            "application_add",
            json!({ "name": "Spring Mailer", "kind": "email", "origins": [ORIGIN] }),
        )
        .await;
        let staged = console.key_stage(Zeroizing::new(key.key().as_bytes().to_vec())).unwrap();
        let id = application.application.id;
        let provider: Value = call(
            &console,
            "provider_add",
            json!({ "application": id, "name": "Account", "kind": kind, "base_url": upstream.base_url(),
                    "plain_http_allowed": false, "key": staged.id }),
        )
        .await;
        let addon = json!({ "application": id, "handle": "ai-integration" });
        let _: Value = call(&console, "addon_install", addon.clone()).await;
        let mut update = addon;
        update["enabled"] = json!(true);
        update["providers"] = json!([provider["id"]]);
        let _: Value = call(&console, "addon_update", update).await;
        let ProxyStatus::Running { port, .. } =
            console.proxy_start(ProxyStart { port: Some(0) }).await.unwrap()
        else {
            panic!("the proxy runs")
        };
        let seen = Mutex::default();
        Self { console, clock, upstream, key, application, provider, port, seen, dir }
    }

    pub(crate) fn data_dir(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// Adds a provider with a key of its own; `more` are further fields of the request. Gives its id and key.
    pub(crate) async fn provider(
        &self,
        kind: &str,
        name: &str,
        base_url: &str,
        more: Value,
    ) -> (Value, Canary) {
        let key = Canary::new("sk");
        let staged = self.console.key_stage(Zeroizing::new(key.key().as_bytes().to_vec())).unwrap();
        let mut add = json!({ "application": self.application.application.id, "name": name, "kind": kind,
            "base_url": base_url, "plain_http_allowed": false, "key": staged.id });
        for (field, value) in more.as_object().into_iter().flatten() {
            add[field] = value.clone();
        }
        let provider: Value = call(&self.console, "provider_add", add).await;
        (provider["id"].clone(), key)
    }

    /// Installs an AddOn and switches it on with these providers.
    pub(crate) async fn addon(&self, handle: &str, providers: &[&Value]) {
        let id = self.application.application.id;
        let _: Value =
            call(&self.console, "addon_install", json!({ "application": id, "handle": handle })).await;
        let update = json!({ "application": id, "handle": handle, "enabled": true, "providers": providers });
        let _: Value = call(&self.console, "addon_update", update).await;
    }

    /// Posts as a page of the host app.
    pub(crate) async fn page(&self, path: &str, body: &Value) -> Reply {
        let bearer = format!("Bearer {}", self.token().await);
        self.post(path, &[("Origin", ORIGIN), ("Authorization", &bearer)], body).await
    }

    /// A token as a host app's back end gets it.
    pub(crate) async fn token(&self) -> String {
        let login = json!({
            "client_id": self.application.application.client_id,
            "client_secret": self.application.client_secret,
            "uid": "mario-rossi",
        });
        let reply = self.post("/loginV2", &[], &login).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// Asks for a title as a page of the host app.
    pub(crate) async fn write(&self, prompt: &str, streamed: bool) -> Reply {
        let bearer = format!("Bearer {}", self.token().await);
        let mut headers = vec![("Origin", ORIGIN), ("Authorization", &bearer)];
        if streamed {
            headers.push(("Accept", "text/event-stream"));
        }
        self.post("/v1/ai/text", &headers, &body(prompt)).await
    }

    pub(crate) async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Reply {
        let body = body.to_string();
        let mut lines = format!("POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", self.port);
        lines.push_str("Content-Type: application/json\r\n");
        for (name, value) in headers {
            lines.push_str(&format!("{name}: {value}\r\n"));
        }
        self.raw(&format!("{lines}Content-Length: {}\r\n\r\n{body}", body.len())).await
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut lines = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", self.port);
        for (name, value) in headers {
            lines.push_str(&format!("{name}: {value}\r\n"));
        }
        self.raw(&format!("{lines}\r\n")).await
    }

    /// Sends bytes as they are and reads the reply to its end.
    pub(crate) async fn raw(&self, request: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        let request = request.replacen("\r\n", "\r\nConnection: close\r\n", 1);
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        // A refused upload may end in a reset after the reply.
        let _ = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes)).await.unwrap();
        self.seen.lock().unwrap().extend_from_slice(&bytes);
        Reply::read(&bytes)
    }

    /// Sends bytes exactly as they are and reads one reply; nothing when the connection ends without one.
    pub(crate) async fn exactly(&self, request: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        // A refusal may come, and the connection go, before all is sent.
        let _ = stream.write_all(request).await;
        let mut bytes = Vec::new();
        let whole = async {
            while !Reply::is_whole(&bytes) && stream.read_buf(&mut bytes).await.is_ok_and(|read| read > 0) {}
        };
        tokio::time::timeout(Duration::from_secs(20), whole).await.unwrap();
        self.seen.lock().unwrap().extend_from_slice(&bytes);
        Reply::read(&bytes)
    }

    /// Sets a limit; `more` are its further fields. Gives its id.
    pub(crate) async fn limit(&self, unit: &str, amount: u64, more: Value) -> Value {
        let mut set = json!({ "application": self.application.application.id, "whose": "everyone",
            "period": "total", "unit": unit, "amount": amount });
        for (field, value) in more.as_object().into_iter().flatten() {
            set[field] = value.clone();
        }
        let view = self.console.call("limit_set", set).await.unwrap();
        view["id"].clone()
    }

    /// How the limit set first stands now.
    pub(crate) async fn standing(&self) -> Value {
        let all: Value = self.console.call("limit_list", json!({})).await.unwrap();
        all["items"][0]["standing"].clone()
    }

    pub(crate) async fn activity(&self) -> Vec<Value> {
        let items: Value = call(&self.console, "activity_list", json!({ "limit": 100 })).await;
        items["items"].as_array().unwrap().clone()
    }
}

pub(crate) async fn open(data_dir: PathBuf, clock: Arc<HandClock>) -> Result<Arc<Console>, ApiError> {
    let passphrase = Passphrase::from_bytes(Zeroizing::new(b"correct horse".to_vec())).unwrap();
    let custody = Some(Custody::Passphrase(Some(passphrase)));
    let random = Arc::new(OsRandom);
    // Waits between tries are real time, which no test has.
    let retrying = console::Retrying { times: 2, wait: Duration::from_millis(1), haste: 1000 };
    let host = Arc::new(Headless);
    let (face, patience) = (vault::Who::Window, std::time::Duration::from_secs(3));
    Console::open(console::Options { data_dir, face, custody, patience, host, clock, random, retrying }).await
}

pub(crate) async fn call<T: serde::de::DeserializeOwned>(console: &Console, name: &str, request: Value) -> T {
    serde_json::from_value(console.call(name, request).await.unwrap()).unwrap()
}

pub(crate) fn body(prompt: &str) -> Value {
    json!({
        "handle": "ai-integration",
        "module": { "uuid": "m-1", "type": "TITLE", "content": "", "isDefault": true },
        "prompt": prompt,
    })
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
    /// Whether the body came to its proper end.
    pub(crate) whole: bool,
}

impl Reply {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        let whole = !chunked || body.ends_with("0\r\n\r\n");
        let body = if chunked { unchunk(body) } else { body.to_owned() };
        Self { status, head: head.to_lowercase(), body, whole }
    }

    /// Whether a head and as many bytes as it announces are there.
    fn is_whole(bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        length.is_some_and(|length| body.len() >= length.parse().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn cause(&self) -> String {
        self.json()["cause"].as_str().unwrap_or_default().to_owned()
    }

    /// Events of a stream: name and data.
    pub(crate) fn events(&self) -> Vec<(String, Value)> {
        let blocks = self.body.split("\n\n").filter(|block| block.starts_with("event: "));
        let read = |block: &str| {
            let (name, data) = block.split_once('\n').unwrap();
            let data = data.strip_prefix("data: ").unwrap();
            (name["event: ".len()..].to_owned(), serde_json::from_str(data).unwrap())
        };
        blocks.map(read).collect()
    }
}

fn unchunk(mut body: &str) -> String {
    let mut whole = Vec::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            break;
        }
        whole.extend_from_slice(&rest.as_bytes()[..size]);
        body = &rest[size + 2..];
    }
    String::from_utf8(whole).unwrap()
}
