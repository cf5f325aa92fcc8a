#![allow(clippy::unwrap_used)]

use domain::{ApplicationId, CallId, Route, Timestamp};
use uuid::Uuid;
use vault::{Custody, Passphrase};

use super::*;
use crate::OsRandom;

fn row(n: usize) -> Activity {
    let id = CallId(Uuid::from_u128(n as u128));
    Activity {
        status: 200,
        ..Activity::begun(id, Timestamp(0), ApplicationId(Uuid::nil()), Route::Text, None)
    }
}

/// One thread: while calls are handed in, nothing is written.
#[tokio::test(flavor = "current_thread")]
async fn a_full_queue_drops_and_counts_rows_and_holds_nobody_up() {
    let dir = tempfile::tempdir().unwrap();
    let passphrase = Passphrase::from_bytes(zeroize::Zeroizing::new(b"correct horse".to_vec())).unwrap();
    let options = vault::Options::new(Some(Custody::Passphrase(Some(passphrase))), Arc::new(OsRandom));
    let vault = Arc::new(Vault::open(dir.path(), options).unwrap());
    let (events, mut heard) = broadcast::channel(16_384);
    let keeping = Arc::new(Keeping::default());
    let (chores, _to_do) = crate::housekeeping::queue();
    let told = Told {
        events,
        calls: broadcast::channel(1).0,
        health: Arc::default(),
        keeping: Arc::clone(&keeping),
        last_use: Arc::new(LastUse::new(Arc::new(crate::SystemClock::default()))),
        housekeeping: chores,
    };
    let (recorder, writer) = Recorder::start(Arc::clone(&vault), told);
    let too_many = 900;
    for n in 0..QUEUE + too_many {
        recorder.ended(row(n).into());
    }
    assert_eq!((recorder.dropped(), keeping.dropped()), (too_many as u64, too_many as u64));
    writer.flush().await;
    assert_eq!(vault.kept().unwrap().rows, QUEUE as u64);
    assert_eq!(vault.activity(1, None).unwrap(), [row(QUEUE - 1)]);
    let mut calls = 0;
    let mut told = 0;
    while let Ok(event) = heard.try_recv() {
        match event {
            Event::Call { .. } => calls += 1,
            Event::Changed { topic: Topic::Activity } => told += 1,
            _ => {}
        }
    }
    // Every face was shown every call, and told once that some are not kept.
    assert_eq!((calls, told), (QUEUE + too_many, 1));
    recorder.ended(row(1).into());
    writer.flush().await;
    assert_eq!((keeping.dropped(), vault.kept().unwrap().rows), (too_many as u64, QUEUE as u64 + 1));
    // A console that has gone without a word leaves no row behind.
    recorder.ended(row(2).into());
    drop((recorder, writer));
    let written = async {
        while vault.kept().unwrap().rows < QUEUE as u64 + 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), written).await.unwrap();
}
