//! After its calls a headless process holds no copy of a provider's key: not whole, not in any 24-byte window, in no form.
//! The real binary, real TLS with HTTP/2 and HTTP/1.1, its memory read from outside; and the same test against a build that
//! leaks on purpose must fail.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::leak::Canary;
use testkit::memory::{Found, Wanted};
use testkit::upstream::{Behaviour, Dialect, Options, Upstream};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const ORIGIN: &str = "http://localhost:3000";
/// Idle connections are closed within 30 s; the rest is for a slow machine.
const PATIENCE: Duration = Duration::from_secs(45);

struct Desk {
    program: PathBuf,
    dir: tempfile::TempDir,
    environment: Vec<(&'static str, String)>,
}

impl Desk {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        let key_file = self.dir.path().join("vault.key");
        command.arg("--data-dir").arg(self.dir.path().join("data")).arg("--json");
        command.args(["--custody", "key-file", "--key-file"]).arg(key_file).args(words);
        command.envs(self.environment.iter().map(|(name, value)| (*name, value.as_str())));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    }

    fn run(&self, words: &[&str], input: &str) -> Value {
        let mut child = self.command(words).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
    }

    /// Adds a provider at `upstream` and an application of its own with the writing assistant on.
    fn provider(&self, name: &str, upstream: &Upstream, key: &Canary) {
        self.run(&["app", "add", name, "--type", "email", "--origin", ORIGIN], "");
        let url = upstream.base_url();
        let add =
            ["provider", "add", name, "--app", name, "--kind", "openai", "--base-url", &url, "--key-stdin"];
        assert_eq!(self.run(&add, key.key())["name"], name);
        self.run(&["addon", "install", "ai-integration", "--app", name, "--provider", name], "");
        self.run(&["addon", "enable", "ai-integration", "--app", name], "");
    }
}

struct Served(Child, u16);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(desk: &Desk) -> Served {
    use std::io::BufRead as _;
    let mut child = desk.command(&["serve", "--port", "0"]).spawn().unwrap();
    let mut line = String::new();
    std::io::BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = serde_json::from_str::<Value>(&line).unwrap()["port"].as_u64().unwrap();
    Served(child, u16::try_from(port).unwrap())
}

/// Posts; gives up after `patience`, as a page that is closed does.
async fn post(port: u16, path: &str, token: &str, body: &Value, patience: Duration) {
    let body = body.to_string();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nOrigin: {ORIGIN}\r\n\
         Authorization: Bearer {token}\r\nAccept: text/event-stream, application/json\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut reply = Vec::new();
    let _ = tokio::time::timeout(patience, stream.read_to_end(&mut reply)).await;
}

/// Every way a call can go, on each route.
async fn drive(desk: &Desk, port: u16, name: &str, upstream: &Upstream) {
    let token = desk.run(&["token", "--app", name, "--uid", "u", "--origin", ORIGIN], "");
    let token = token["access_token"].as_str().unwrap().to_owned();
    let writing = json!({ "handle": "ai-integration", "prompt": "Spring sale",
        "module": { "uuid": "m", "type": "TITLE", "content": "", "isDefault": true } });
    let chat = |stream: bool| {
        json!({ "model": "gpt-5-mini", "stream": stream,
        "messages": [{ "role": "user", "content": "Spring sale" }] })
    };
    let long = Duration::from_secs(10);
    let behaviours = [
        (Behaviour::Ok, long),
        (Behaviour::Unauthorized, long),
        (Behaviour::RateLimited { retry_after: Some(0) }, long),
        (Behaviour::ServerError(503), long),
        (Behaviour::CutStream(1), long),
        (Behaviour::BrokenJson, long),
        // The caller leaves in the middle.
        (Behaviour::Stall(1), Duration::from_millis(400)),
        (Behaviour::SlowFirstByte(5_000), Duration::from_millis(200)),
        (Behaviour::Ok, long),
    ];
    for (behaviour, patience) in behaviours {
        upstream.set_behaviour(behaviour);
        let own = format!("/providers/{name}/chat/completions");
        post(port, "/v1/ai/text", &token, &writing, patience).await;
        for stream in [false, true] {
            post(port, "/v1/chat/completions", &token, &chat(stream), patience).await;
            post(port, &own, &token, &chat(stream), patience).await;
        }
    }
    desk.run(&["provider", "test", name, "--app", name], "");
    desk.run(&["provider", "models", name, "--app", name], "");
    assert!(upstream.requests().len() > 20, "the calls reached the provider");
}

/// Drives everything and waits until nothing of the keys is left; what was left at the end.
async fn searched(program: PathBuf, patience: Duration) -> Found {
    let dir = tempfile::tempdir().unwrap();
    let keys = [Canary::new("sk"), Canary::new("sk"), Canary::new("sk")];
    let options = |tls, http2, key: &Canary| Options {
        tls,
        http2,
        expect_key: Some(key.key().to_owned()),
        ..Options::default()
    };
    let upstreams = [
        Upstream::start(Dialect::OpenAi, options(true, true, &keys[0])).await,
        Upstream::start(Dialect::OpenAi, options(true, false, &keys[1])).await,
        Upstream::start(Dialect::OpenAi, options(false, false, &keys[2])).await,
    ];
    let bundle = dir.path().join("ca.pem");
    let pems: String = upstreams.iter().filter_map(Upstream::ca_pem).collect();
    std::fs::write(&bundle, pems).unwrap();
    let environment =
        vec![("SSL_CERT_FILE", bundle.display().to_string()), ("DBUS_SESSION_BUS_ADDRESS", String::new())];
    let desk = Desk { program, dir, environment };
    let served = serve(&desk);
    // Each key goes in by standard input of another process and over the control socket.
    for ((name, upstream), key) in ["Http two", "Http one", "No TLS"].iter().zip(&upstreams).zip(&keys) {
        let name = name.replace(' ', "-");
        desk.provider(&name, upstream, key);
        drive(&desk, served.1, &name, upstream).await;
    }
    let fresh = Canary::new("sk");
    desk.run(
        &["provider", "rotate", "Http-two", "--app", "Http-two", "--overlap", "1", "--key-stdin"],
        fresh.key(),
    );
    desk.run(&["vault", "rotate"], "");
    let wanted: Vec<Wanted> = keys.iter().chain([&fresh]).map(|key| Wanted::new(key.key())).collect();
    let began = Instant::now();
    loop {
        let mut found = Found::default();
        for each in &wanted {
            let one = each.search(served.0.id());
            found.scanned += one.scanned;
            found.copies.extend(one.copies);
        }
        if found.copies.is_empty() || began.elapsed() > patience {
            eprintln!("{:?} after {:?}", found, began.elapsed());
            return found;
        }
        // A bounded wait for connections to be closed; the condition is the search itself.
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_its_calls_the_process_holds_no_copy_of_a_key() {
    let found = searched(PathBuf::from(env!("CARGO_BIN_EXE_addonctl")), PATIENCE).await;
    assert_eq!(found.copies, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_build_that_leaks_on_purpose_is_caught() {
    // Beside the ordinary build: the same target folder, so that only three crates are compiled.
    let target = Path::new(env!("CARGO_BIN_EXE_addonctl")).parent().unwrap();
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--locked",
            "-p",
            "addonctl",
            "--features",
            "plant-leak",
            "--bin",
            "addonctl-leaking",
        ])
        .env("CARGO_TARGET_DIR", target.parent().unwrap())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .unwrap();
    assert!(built.success());
    let found = searched(target.join("addonctl-leaking"), PATIENCE).await;
    assert!(found.copies.iter().any(|(form, copies)| *form == "raw" && *copies > 0), "{found:?}");
}
