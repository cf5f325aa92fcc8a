//! Calls by the thousand, then a look at what is left of them.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::callers::Tally;
use crate::desk::Desk;
use crate::rest::{Held, names, until};
use crate::upstream::Upstream;

/// For idle connections (30 s), threads (10 s) and memory to be given back.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many are made before the first look, and `SOAK_CALLS` after it.
fn amount() -> (usize, usize) {
    std::env::var("SOAK_CALLS").map_or((1_000, 4_000), |calls| (2_000, calls.parse().unwrap()))
}

#[tokio::test(flavor = "multi_thread")]
async fn after_thousands_of_calls_it_holds_what_it_held_before() {
    let upstream = Upstream::start().await;
    let desk = Desk::start(&format!("http://127.0.0.1:{}/v1", upstream.port), None);
    let pid = desk.pid();
    desk.run(&["activity", "retention", "--rows", "1000000", "--megabytes", "1024"], "");
    desk.run(&["metrics", "on"], "");
    let (warm, calls) = amount();
    let mut tally = Tally::default();

    let idle = Held::by(pid);
    tally.drive(&desk, warm).await;
    upstream.close_idle();
    // A thread that waits for work lives ten seconds; what remains is what the program needs.
    let quiet = |held: Held| held.descriptors <= idle.descriptors && held.threads <= idle.threads;
    let (before, _) = until(pid, PATIENCE, quiet).await;
    assert!(quiet(before), "{idle:?}, warm {before:?}: {:#?}", names(pid));

    let began = Instant::now();
    tally.drive(&desk, calls).await;
    let took = began.elapsed();
    let loaded = Held::by(pid);
    upstream.close_idle();
    let (after, waited) = until(pid, PATIENCE, |held| held.is_no_more_than(before)).await;
    let rate = calls as f64 / took.as_secs_f64();
    eprintln!("soak: {calls} calls in {took:.1?}, {rate:.0}/s, after {warm} to warm up");
    eprintln!("idle {idle:?}\nwarm {before:?}\nend  {loaded:?}\nrest {after:?} after {waited:.1?}");
    assert!(after.is_no_more_than(before), "{before:?} became {after:?}: {:#?}", names(pid));

    let wrong = std::mem::take(&mut *tally.wrong.lock().unwrap());
    assert!(wrong.is_empty(), "{} went wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
    counted(&desk, &tally).await;
    let left = tally.of(|kind| kind.leaves);
    assert_eq!(upstream.seen.left.load(Ordering::Relaxed), left, "calls that upstream saw left");
    assert_eq!(upstream.seen.endless.load(Ordering::Relaxed), 0, "streams nobody reads");
}

/// Every call has a row with the cause it must have, and none was dropped.
async fn counted(desk: &Desk, tally: &Tally) {
    let metrics = desk.metrics().await;
    let sum = |of: &str, with: &str| -> usize {
        let named = metrics.iter().filter(|(name, _)| name.starts_with(of) && name.contains(with));
        usize::try_from(named.map(|(_, count)| count).sum::<u64>()).unwrap()
    };
    for cause in ["none", "body-invalid", "upstream-rejected", "client-gone"] {
        let must = tally.of(|kind| kind.cause == Some(cause));
        let label = format!("cause=\"{cause}\"");
        assert_eq!(sum("addon_console_calls_total", &label), must, "{cause}: {metrics:#?}");
    }
    let rows = tally.of(|kind| kind.cause.is_some());
    assert_eq!(sum("addon_console_calls_total", ""), rows, "{metrics:#?}");
    assert_eq!(sum("addon_console_activity_rows_dropped_total", ""), 0);
    let kept = desk.run(&["activity", "retention"], "");
    assert_eq!(kept["rows"].as_u64(), Some(rows as u64), "{kept}");
    assert_eq!(sum("addon_console_open_connections", ""), 1, "the one that asks");
    eprintln!("rows: {rows}, none dropped, in {} bytes", kept["bytes"]);
}
