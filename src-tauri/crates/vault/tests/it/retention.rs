//! Activity has bounds: rows, bytes of the file, days by the clock that is passed in.

use std::path::Path;
use std::sync::Arc;

use domain::*;
use tempfile::tempdir;
use uuid::Uuid;

use crate::support::*;

const DAY: i64 = 86_400_000;
const START: i64 = 1_790_000_000_000;

fn row(n: u64) -> Activity {
    Activity {
        id: CallId(Uuid::from_u128(n.into())),
        at: Timestamp(START + i64::try_from(n).unwrap()),
        application: ApplicationId(Uuid::from_u128(7)),
        route: Route::ChatCompletions,
        addon: Handle::try_from("ai-integration".to_owned()).ok(),
        provider: Some(ProviderId(Uuid::from_u128(8))),
        provider_kind: ProviderKind::try_from("openai-compatible".to_owned()).ok(),
        model: Model::try_from("a-model-with-quite-a-long-name-2026-11-23".to_owned()).ok(),
        streamed: true,
        status: 200,
        cause: None,
        upstream_status: Some(200),
        fault: None,
        from_tape: false,
        usage: Some(TokenUsage::of(70_000, 80_000)),
        images: None,
        characters: None,
        attempts: 1,
        timings: Timings {
            admitted_us: Some(90_000),
            key_open_us: Some(90_000),
            sent_us: Some(90_000),
            first_byte_us: Some(900_000),
            total_us: 9_000_000,
        },
    }
}

fn batch(from: u64, rows: u64) -> Vec<Activity> {
    (from..from + rows).map(row).collect()
}

fn file(dir: &Path, suffix: &str) -> u64 {
    std::fs::metadata(dir.join(format!("addon-console.db{suffix}"))).map_or(0, |found| found.len())
}

#[test]
fn a_million_rows_stay_within_rows_and_bytes() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    let (rows, megabytes) = (40_000, 8);
    let by_rows = Retention { rows: 20_000, megabytes: 1_024, ..Retention::default() };
    let by_bytes = Retention { rows, megabytes, ..Retention::default() };
    let (mut largest, mut cut) = (0, false);
    for round in 0..400_u64 {
        // First the one limit, then the other.
        let keep = if round < 200 { by_rows } else { by_bytes };
        vault.append_activity(&batch(round * 2_500, 2_500), &keep).unwrap();
        if round % 20 == 19 {
            let kept = vault.kept().unwrap();
            assert!(kept.rows <= u64::from(keep.rows), "round {round}: {kept:?}");
            largest = largest.max(file(dir.path(), ""));
            assert!(largest <= u64::from(megabytes) * 1_000_000, "round {round}: {largest} bytes, {kept:?}");
            // SQLite's log is written over once it has a thousand pages; one batch more may be in it.
            assert!(file(dir.path(), "-wal") < 10_000_000, "round {round}");
            cut |= round >= 200 && kept.rows < u64::from(rows) && kept.bytes > 6_000_000;
        }
    }
    assert!(cut, "the limit in bytes was never reached");
    let newest = vault.activity(1, None).unwrap();
    assert_eq!(newest[0], row(999_999), "the newest are those that stay");
    let kept = vault.kept().unwrap();
    // A lower limit gives the room back.
    let little = Retention { rows: 1_000, ..Retention::default() };
    vault.trim_activity(&little, Timestamp(START)).unwrap();
    vault.shrink().unwrap();
    assert_eq!(vault.kept().unwrap().rows, 1_000);
    assert!(file(dir.path(), "") < kept.bytes / 10, "{} of {kept:?}", file(dir.path(), ""));
    assert_eq!(vault.activity(1, None).unwrap(), newest);
}

#[test]
fn rows_leave_when_their_days_are_over() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    let keep = Retention { days: 7, ..Retention::default() };
    let at = |n: u64, day: i64| Activity { at: Timestamp(START + day * DAY), ..row(n) };
    // The third was written while the clock was wrong.
    vault.append_activity(&[at(1, 0), at(2, 3), at(3, 1), at(4, 7)], &keep).unwrap();
    for (day, left) in
        [(7, vec![4, 3, 2, 1]), (8, vec![4, 3, 2]), (9, vec![4, 2]), (14, vec![4]), (15, vec![])]
    {
        vault.trim_activity(&keep, Timestamp(START + day * DAY)).unwrap();
        let found: Vec<u128> =
            vault.activity(10, None).unwrap().iter().map(|row| row.id.0.as_u128()).collect();
        assert_eq!(found, left, "day {day}");
    }
}

#[test]
fn however_little_is_allowed_the_newest_calls_can_be_seen() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    let nothing = Retention { megabytes: 0, ..Retention::default() };
    vault.append_activity(&batch(0, 5_000), &nothing).unwrap();
    assert_eq!(vault.kept().unwrap().rows, 100);
    assert_eq!(vault.activity(1, None).unwrap(), [row(4_999)]);
}
