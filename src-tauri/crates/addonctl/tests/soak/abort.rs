//! A caller closes its connection: how long until upstream sees its own closed. Each wire, each route, in the middle of
//! an answer and before its first byte.

use std::time::{Duration, Instant};

use testkit::upstream::{Behaviour, Dialect, Options, Upstream};

use crate::desk::{Desk, WIRED};
use crate::kinds::{KINDS, Kind};
use crate::wire::Connection;

const TRIES: usize = 20;

/// What is promised of the release build on a machine that has time. A test build beside other tests has none.
fn bound() -> Duration {
    Duration::from_millis(if std::env::var_os("SOAK_PROGRAM").is_some() { 50 } else { 500 })
}

/// When the caller leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaves {
    Midway,
    BeforeTheFirstByte,
}

/// One call that is left; the time from the caller's close to upstream's notice.
async fn once(desk: &Desk, upstream: &Upstream, request: &[u8], enough: &str, leaves: Leaves) -> Duration {
    let mut counts = upstream.watch();
    let before = *counts.borrow_and_update();
    let mut connection = Connection::open(desk.port).await.unwrap();
    match leaves {
        Leaves::Midway => {
            let (status, body) = connection.exchange(request, Some(enough)).await.unwrap();
            assert!(status == 200 && body.contains(enough), "{status} {body}");
        }
        Leaves::BeforeTheFirstByte => {
            connection.send(request).await.unwrap();
            let asked = counts.wait_for(|counts| counts.requests > before.requests);
            tokio::time::timeout(Duration::from_secs(10), asked).await.unwrap().unwrap();
        }
    }
    assert_eq!(upstream.aborted_count(), before.aborted, "upstream was left before its caller");
    let closed = Instant::now();
    drop(connection);
    let seen = counts.wait_for(|counts| counts.aborted > before.aborted);
    let seen = tokio::time::timeout(Duration::from_secs(5), seen).await;
    assert!(seen.is_ok(), "upstream still sends to a caller that left 5 s ago");
    closed.elapsed()
}

async fn tried(wire: &str, options: Options) {
    let upstream = Upstream::start(Dialect::OpenAi, options).await;
    let desk = Desk::start(&upstream.base_url(), upstream.ca_pem());
    let token = desk.token(WIRED);
    let named = |name: &str| -> &Kind { KINDS.iter().find(|kind| kind.name == name).unwrap() };
    let routes = [("pass-through", named("left"), "data: "), ("AddOn", named("addon, left"), "event: delta")];
    for (route, kind, enough) in routes {
        let request = kind.request(desk.port, &token);
        for leaves in [Leaves::Midway, Leaves::BeforeTheFirstByte] {
            upstream.set_behaviour(match leaves {
                Leaves::Midway => Behaviour::Stall(1),
                Leaves::BeforeTheFirstByte => Behaviour::SlowFirstByte(60_000),
            });
            let mut took = Vec::with_capacity(TRIES);
            for _ in 0..TRIES {
                took.push(once(&desk, &upstream, &request, enough, leaves).await);
            }
            took.sort();
            let (median, most) = (took[TRIES / 2], took[TRIES - 1]);
            eprintln!(
                "abort, {wire}, {route}, {leaves:?}: median {median:.2?}, at most {most:.2?} of {TRIES}"
            );
            assert!(most <= bound(), "{wire}, {route}, {leaves:?}: {took:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn upstream_hears_at_once_of_a_caller_that_left() {
    tried("plain", Options::default()).await;
    tried("TLS, HTTP/1.1", Options { tls: true, http2: false, ..Options::default() }).await;
    tried("TLS, HTTP/2", Options { tls: true, ..Options::default() }).await;
}
