//! `addonctl` in such a session, on a data directory with one provider. Whether a key opens is asked of a stand-in
//! provider, which takes exactly that key.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use testkit::leak::Canary;
use testkit::upstream::{Dialect, Options, Upstream};

use super::session::Session;

/// A keyring is given three seconds a question; the rest is for a slow machine.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Desk {
    pub(crate) session: Session,
    key: Canary,
    upstream: Upstream,
    _runtime: tokio::runtime::Runtime,
}

pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: serde_json::Value,
    pub(crate) took: Duration,
}

impl Desk {
    /// A keyring, an application, and a provider with a key.
    pub(crate) fn new() -> Self {
        let desk = Self::without_keys(Session::with_keyring());
        assert_eq!(desk.add("Team", desk.key.key()).code, 0);
        desk.opens();
        desk
    }

    /// An application that has no provider yet.
    pub(crate) fn without_keys(session: Session) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let key = Canary::new("sk");
        let options = Options { expect_key: Some(key.key().to_owned()), ..Options::default() };
        let upstream = runtime.block_on(Upstream::start(Dialect::OpenAi, options));
        let desk = Self { session, key, upstream, _runtime: runtime };
        std::fs::create_dir_all(desk.session.folder().join("home")).unwrap();
        assert_eq!(desk.run(&["app", "add", "Mailer", "--type", "email"]).code, 0);
        desk
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.session.folder().join("data")
    }

    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        self.run_with(words, "")
    }

    pub(crate) fn run_with(&self, words: &[&str], key: &str) -> Ran {
        let input = self.session.folder().join("input");
        std::fs::write(&input, key).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_addonctl"));
        command.arg("--json").arg("--data-dir").arg(self.data()).args(words);
        command.stdin(std::fs::File::open(input).unwrap()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let started = Instant::now();
        let Output { status, stdout, stderr } = self.session.enter(&mut command, "home").output().unwrap();
        let took = started.elapsed();
        assert!(took < PATIENCE, "{words:?} took {took:?}");
        let text = if stdout.is_empty() { stderr } else { stdout };
        let last = text.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty()).unwrap_or_default();
        let out = serde_json::from_slice(last).unwrap_or_default();
        Ran { code: status.code().expect("ends by itself"), out, took }
    }

    pub(crate) fn add(&self, name: &str, key: &str) -> Ran {
        let url = self.upstream.base_url();
        let words = ["provider", "add", name, "--app", "Mailer", "--kind", "openai", "--base-url", &url];
        self.run_with(&[&words[..], &["--key-stdin"]].concat(), key)
    }

    /// The stored key opens to exactly what was stored.
    pub(crate) fn opens(&self) {
        let before = self.upstream.requests().len();
        let test = self.run(&["provider", "test", "Team", "--app", "Mailer"]);
        assert_eq!(test.code, 0, "{}", test.out);
        assert!(self.upstream.requests().len() > before, "the provider was asked");
    }

    /// Every act that needs the vault key ends with `code`, `status` says `state`, and nothing is written anywhere.
    pub(crate) fn refuses(&self, code: i32, state: &str) {
        let before = self.database();
        let status = self.run(&["vault", "status"]);
        assert_eq!(status.out["state"], state, "{}", status.out);
        let other = Canary::new("sk");
        let replace = ["provider", "rotate", "Team", "--app", "Mailer", "--key-stdin"];
        let acts = [
            self.run_with(&replace, other.key()),
            self.add("Another", other.key()),
            self.run(&["provider", "test", "Team", "--app", "Mailer"]),
        ];
        for (act, ran) in acts.iter().enumerate() {
            assert_eq!(ran.code, code, "act {act}: {}", ran.out);
        }
        assert!(self.database() == before, "something was written");
    }

    fn database(&self) -> Vec<u8> {
        std::fs::read(self.data().join("addon-console.db")).unwrap()
    }
}
