//! What an upstream remembers: its behaviour, every request, and how many clients went away.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::{Behaviour, Dialect, Options};

/// A request as it arrived, key and all.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// The query, if there was one.
    pub query: Option<String>,
    /// `HTTP/1.1` or `HTTP/2.0`.
    pub version: String,
    /// Headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Recorded {
    /// The first header of that name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null if it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        super::dialect::json_body(self)
    }

    fn event(&self) -> Value {
        json!({
            "event": "request",
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "version": self.version,
            "headers": self.headers.iter().cloned().collect::<BTreeMap<_, _>>(),
            "body": String::from_utf8_lossy(&self.body),
        })
    }
}

/// What has happened so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Connections accepted.
    pub connections: usize,
    /// Requests read whole.
    pub requests: usize,
    /// Clients that went away before their answer was complete.
    pub aborted: usize,
}

pub(super) struct State {
    pub(super) dialect: Dialect,
    pub(super) expect_key: Option<String>,
    pub(super) marker: String,
    pub(super) counts: watch::Sender<Counts>,
    behaviour: Mutex<Behaviour>,
    requests: Mutex<Vec<Recorded>>,
    log: Option<Mutex<File>>,
}

// A panic in one test's task must not hide another's result.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    pub(super) fn new(dialect: Dialect, options: Options) -> Self {
        Self {
            dialect,
            expect_key: options.expect_key,
            marker: options.marker,
            counts: watch::Sender::default(),
            behaviour: Mutex::new(options.behaviour),
            requests: Mutex::default(),
            log: options.log.map(|file| Mutex::new(File::create(file).expect("a log that can be made"))),
        }
    }

    pub(super) fn behaviour(&self) -> Behaviour {
        *lock(&self.behaviour)
    }

    pub(super) fn set_behaviour(&self, behaviour: Behaviour) {
        *lock(&self.behaviour) = behaviour;
    }

    pub(super) fn requests(&self) -> Vec<Recorded> {
        lock(&self.requests).clone()
    }

    /// Written before the request is answered, and a line at a time: who has the answer finds it whole.
    fn log(&self, event: impl FnOnce() -> Value) {
        if let Some(log) = &self.log {
            let line = format!("{}\n", event());
            lock(log).write_all(line.as_bytes()).expect("a log that takes a line");
        }
    }

    pub(super) fn record(&self, request: Recorded) {
        self.log(|| request.event());
        lock(&self.requests).push(request);
        self.counts.send_modify(|counts| counts.requests += 1);
    }
}

/// A client that is owed an answer; counted as gone if this is dropped before [`Presence::settle`].
pub(super) struct Presence(Option<Arc<State>>);

impl Presence {
    pub(super) fn of_client(state: &Arc<State>) -> Self {
        Self(Some(Arc::clone(state)))
    }

    /// The client got all that was meant for it.
    pub(super) fn settle(&mut self) {
        self.0 = None;
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        if let Some(state) = self.0.take() {
            state.log(|| json!({"event": "aborted"}));
            state.counts.send_modify(|counts| counts.aborted += 1);
        }
    }
}
