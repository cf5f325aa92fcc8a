//! Many callers at once, who share a number of calls. Counts what ended otherwise than it must.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::desk::{Desk, SANDBOXED, WIRED};
use crate::kinds::{KINDS, Kind, kind};
use crate::wire::Connection;

const CALLERS: usize = 64;
/// Calls between two tokens, which live for five minutes.
const ROUND: usize = 5_000;

/// What came of the calls.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) calls: usize,
    pub(crate) wrong: Mutex<Vec<String>>,
}

impl Tally {
    /// How many calls must have ended with this cause.
    pub(crate) fn of(&self, what: impl Fn(&Kind) -> bool) -> usize {
        (0..self.calls).filter(|number| what(kind(*number))).count()
    }

    /// Makes the next `calls` calls; returns when the last has ended and its connection is closed.
    pub(crate) async fn drive(&mut self, desk: &Desk, calls: usize) {
        let end = self.calls + calls;
        while self.calls < end {
            let to = (self.calls + ROUND).min(end);
            let tokens = [desk.token(SANDBOXED), desk.token(WIRED)];
            let requests = KINDS.iter().map(|kind| {
                let token = &tokens[usize::from(kind.application == WIRED)];
                (kind.name, kind.request(desk.port, token))
            });
            let round = Arc::new(Round {
                port: desk.port,
                requests: requests.collect(),
                next: AtomicUsize::new(self.calls),
                to,
                wrong: Mutex::default(),
            });
            let callers: Vec<_> = (0..CALLERS).map(|_| tokio::spawn(caller(Arc::clone(&round)))).collect();
            for caller in callers {
                caller.await.unwrap();
            }
            self.wrong.lock().unwrap().append(&mut round.wrong.lock().unwrap());
            self.calls = to;
        }
    }
}

struct Round {
    port: u16,
    requests: Vec<(&'static str, Vec<u8>)>,
    next: AtomicUsize,
    to: usize,
    wrong: Mutex<Vec<String>>,
}

async fn caller(round: Arc<Round>) {
    let mut kept = None;
    loop {
        let number = round.next.fetch_add(1, Ordering::Relaxed);
        if number >= round.to {
            return;
        }
        let kind = kind(number);
        if let Err(error) = call(&round, kind, &mut kept).await {
            kept = None;
            round.wrong.lock().unwrap().push(format!("{number}, {}: {error}", kind.name));
        }
    }
}

async fn call(round: &Round, kind: &Kind, kept: &mut Option<Connection>) -> Result<(), String> {
    let (_, request) = round.requests.iter().find(|(name, _)| *name == kind.name).unwrap();
    let mut connection = match kept.take() {
        Some(connection) => connection,
        None => Connection::open(round.port).await.map_err(|error| format!("not connected: {error}"))?,
    };
    let enough = kind.leaves.then_some(kind.holds);
    let answer = connection.exchange(request, enough).await;
    let (status, body) = answer.map_err(|error| error.to_string())?;
    if status != kind.status || !body.contains(kind.holds) {
        return Err(format!("{status} {body:.300}"));
    }
    if !kind.leaves {
        *kept = Some(connection);
    }
    Ok(())
}
