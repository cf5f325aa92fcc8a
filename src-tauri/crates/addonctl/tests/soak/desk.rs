//! `addonctl serve` as a process of its own, set up by `addonctl` alone, and what it says of itself. Judges nothing.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::wire::Connection;

pub(crate) const ORIGIN: &str = "http://localhost:3000";
/// Its AddOn is written by the sandbox.
pub(crate) const SANDBOXED: &str = "Sandboxed";
/// Its AddOn is written by the stand-in, which also answers on the pass-through route.
pub(crate) const WIRED: &str = "Wired";

pub(crate) struct Desk {
    dir: TempDir,
    environment: Vec<(&'static str, String)>,
    served: Option<Child>,
    pub(crate) port: u16,
}

/// `SOAK_PROGRAM`, or this build's own.
fn program() -> PathBuf {
    std::env::var_os("SOAK_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_addonctl").into(), PathBuf::from)
}

impl Desk {
    /// Two applications, and the proxy; `ca` is what the proxy trusts besides.
    pub(crate) fn start(base_url: &str, ca: Option<&str>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut environment = Vec::new();
        if let Some(pem) = ca {
            let bundle = dir.path().join("ca.pem");
            std::fs::write(&bundle, pem).unwrap();
            environment.push(("SSL_CERT_FILE", bundle.display().to_string()));
        }
        let mut desk = Self { dir, environment, served: None, port: 0 };
        for (name, kind) in [(SANDBOXED, "sandbox"), (WIRED, "openai")] {
            desk.run(&["app", "add", name, "--type", "email", "--origin", ORIGIN], "");
            let add = ["provider", "add", "Mine", "--app", name, "--kind", kind];
            let at = ["--base-url", base_url, "--key-stdin"];
            let all: &[&str] = if kind == "sandbox" { &[] } else { &at };
            desk.run(&[&add[..], all].concat(), "sk-not-a-key-0123456789\n");
            desk.run(&["addon", "install", "ai-integration", "--app", name, "--provider", "Mine"], "");
            desk.run(&["addon", "enable", "ai-integration", "--app", name], "");
        }
        desk.serve();
        desk
    }

    fn serve(&mut self) {
        let mut child = self.command(&["serve", "--port", "0"]).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        self.served = Some(child);
        let said: Value = serde_json::from_str(&line).unwrap();
        self.port = u16::try_from(said["port"].as_u64().unwrap()).unwrap();
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(program());
        command
            .args(["--json", "--custody", "key-file", "--key-file"])
            .arg(self.dir.path().join("vault.key"));
        command.arg("--data-dir").arg(self.dir.path().join("data")).args(words);
        command.envs(self.environment.iter().map(|(name, value)| (*name, value.as_str())));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    }

    /// One command of another process; what it printed.
    pub(crate) fn run(&self, words: &[&str], input: &str) -> Value {
        let mut child = self.command(words).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let ran = child.wait_with_output().unwrap();
        assert!(ran.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ran.stderr));
        serde_json::from_slice(&ran.stdout).unwrap_or(Value::Null)
    }

    /// A session's token, good for five minutes.
    pub(crate) fn token(&self, application: &str) -> String {
        let said = self.run(&["token", "--app", application, "--uid", "ada", "--origin", ORIGIN], "");
        said["access_token"].as_str().unwrap().to_owned()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.served.as_ref().unwrap().id()
    }

    /// The proxy's own counts, each by its name and labels.
    pub(crate) async fn metrics(&self) -> BTreeMap<String, u64> {
        let request =
            format!("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port);
        let mut connection = Connection::open(self.port).await.unwrap();
        let (status, text) = connection.exchange(request.as_bytes(), None).await.unwrap();
        assert_eq!(status, 200, "{text}");
        let counts = text.lines().filter_map(|line| line.rsplit_once(' '));
        counts.filter_map(|(name, count)| Some((name.to_owned(), count.parse().ok()?))).collect()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(child) = &mut self.served {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
