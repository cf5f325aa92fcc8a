//! A local server that behaves like an AI provider, over plain HTTP or TLS, well or badly as told.
//!
//! It checks keys and requests as the provider would, answers with text that depends on what was asked, records
//! every request *with its key*, and notices when a client goes away. It never calls anywhere.

mod anthropic;
mod behaviour;
mod delivery;
mod dialect;
mod listener;
mod openai;
mod reply;
mod service;
mod state;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use behaviour::Behaviour;
pub use dialect::Dialect;
pub use state::{Counts, Recorded};

use crate::tls::TestCa;
use state::State;

/// How long the `wait_for_…` functions wait before they give up.
const PATIENCE: Duration = Duration::from_secs(10);

/// How to start an upstream.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether to speak TLS, with a certificate of a test CA for `localhost`, `127.0.0.1` and `[::1]`.
    pub tls: bool,
    /// Whether to offer HTTP/2 over TLS.
    pub http2: bool,
    /// The only key that is accepted; `None` accepts any, but never none at all.
    pub expect_key: Option<String>,
    /// A word every answer holds, to tell two upstreams apart.
    pub marker: String,
    /// How to behave until told otherwise.
    pub behaviour: Behaviour,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// A file that gets a line of JSON for each event: `{"event":"request",…}`, with the key, before it is answered,
    /// and `{"event":"aborted"}`.
    pub log: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tls: false,
            http2: true,
            expect_key: None,
            marker: "MARKER".to_owned(),
            behaviour: Behaviour::Ok,
            port: 0,
            log: None,
        }
    }
}

/// A running upstream. Stops when dropped.
pub struct Upstream {
    dialect: Dialect,
    address: SocketAddr,
    ca: Option<TestCa>,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl Upstream {
    /// Listens on 127.0.0.1.
    pub async fn start(dialect: Dialect, options: Options) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await.expect("a port on loopback");
        let address = listener.local_addr().expect("a bound socket has an address");
        let ca = options.tls.then(TestCa::new);
        let alpn: &[&str] = if options.http2 { &["h2", "http/1.1"] } else { &["http/1.1"] };
        let tls = ca.as_ref().map(|ca| ca.server_config(alpn));
        let state = Arc::new(State::new(dialect, options));
        let task = tokio::spawn(listener::serve(listener, tls, Arc::clone(&state)));
        Self { dialect, address, ca, state, task }
    }

    /// What a developer would type as base URL.
    #[must_use]
    pub fn base_url(&self) -> String {
        let scheme = if self.ca.is_some() { "https" } else { "http" };
        format!("{scheme}://{}{}", self.address, self.dialect.base_path())
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate to trust, as PEM; `None` without TLS.
    #[must_use]
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca.as_ref().map(TestCa::pem)
    }

    /// Behaves like this from the next request on.
    pub fn set_behaviour(&self, behaviour: Behaviour) {
        self.state.set_behaviour(behaviour);
    }

    /// Every request so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.state.requests()
    }

    /// The latest request.
    #[must_use]
    pub fn last_request(&self) -> Option<Recorded> {
        self.state.requests().pop()
    }

    /// What has happened so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        *self.state.counts.borrow()
    }

    /// How many clients went away before their answer was complete.
    #[must_use]
    pub fn aborted_count(&self) -> usize {
        self.counts().aborted
    }

    /// Tells of every change.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Counts> {
        self.state.counts.subscribe()
    }

    /// Waits until there were `n` requests; `false` if that takes longer than ten seconds.
    pub async fn wait_for_requests(&self, n: usize) -> bool {
        self.wait(|counts| counts.requests >= n).await
    }

    /// Waits until `n` clients went away early; `false` if that takes longer than ten seconds.
    pub async fn wait_for_aborts(&self, n: usize) -> bool {
        self.wait(|counts| counts.aborted >= n).await
    }

    async fn wait(&self, until: impl FnMut(&Counts) -> bool) -> bool {
        let mut counts = self.watch();
        tokio::time::timeout(PATIENCE, counts.wait_for(until)).await.is_ok_and(|seen| seen.is_ok())
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.task.abort();
    }
}
