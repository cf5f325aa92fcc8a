//! Tapes in the vault: sealed, kept through a rotation, gone with their key, bounded.

use std::path::Path;
use std::sync::Arc;

use domain::tape::EXCHANGE_MAX;
use domain::{Exchange, ExchangeHead, ProviderKind, TapeName, TapeSetId, TapeUse, Timestamp};
use tempfile::tempdir;
use vault::{Act, CustodyState, KeyActError, StoreError, TapeKept, Vault};

use crate::support::*;

const ANSWER: &str = "Spring is in the air, dear Giuseppina Canaria";

fn named(text: &str) -> TapeName {
    TapeName::try_from(text.to_owned()).unwrap()
}

fn exchange(asked: u8, recorded: i64, body: &str) -> Exchange {
    let head = ExchangeHead {
        asked: [asked; 32],
        kind: ProviderKind::try_from("openai".to_owned()).unwrap(),
        recorded: Timestamp(recorded),
        status: 200,
        headers: vec![("content-type".into(), "application/json".into())],
        after_us: 5,
        chunks: vec![(7, u32::try_from(body.len()).unwrap())],
    };
    Exchange { head, body: body.as_bytes().to_vec() }
}

fn played(vault: &Vault, set: TapeSetId, asked: u8, nth: u32) -> Option<String> {
    let found = vault.tape(set, &[asked; 32], nth).unwrap();
    found.map(|exchange| String::from_utf8(exchange.body).unwrap())
}

/// Whether any file below holds the bytes.
fn on_disk(dir: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() {
            return on_disk(&path, needle);
        }
        std::fs::read(path).unwrap().windows(needle.len()).any(|window| window == needle)
    })
}

#[test]
fn invariant_3_what_was_answered_is_played_and_stands_nowhere_on_disk() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    // The first thing ever sealed here: the vault key is made for it.
    assert_eq!(vault.state(), CustodyState::Empty);
    let set = by(&vault).add_tape_set(&named("Spring demo")).unwrap();
    assert_eq!(vault.state(), CustodyState::Open);
    for (asked, at, body) in [(1, 10, ANSWER), (1, 20, "second"), (2, 15, "other")] {
        assert_eq!(vault.keep_exchange(set, &exchange(asked, at, body)).unwrap(), TapeKept::Kept);
    }
    let said = [0, 1, 2, 9].map(|nth| played(&vault, set, 1, nth).unwrap());
    assert_eq!(said, [ANSWER, "second", "second", "second"], "in order, the last one again");
    assert_eq!(played(&vault, set, 3, 0), None);
    let stored = vault.tape_sets().unwrap().remove(0);
    assert_eq!((stored.exchanges, stored.recorded), (3, Some(Timestamp(20))));
    assert_eq!(stored.kinds.len(), 1);
    for needle in [ANSWER.as_bytes(), b"Giuseppina", &[1; 32], b"content-type"] {
        assert!(!on_disk(dir.path(), needle));
    }
    assert!(on_disk(dir.path(), b"Spring demo"), "the search finds what is there");
    drop(vault);
    let vault = open(dir.path(), &keyring);
    assert!(matches!(vault.tape(set, &[1; 32], 0), Err(KeyActError::Custody(CustodyState::Locked))));
    assert_eq!(vault.unlock(None), CustodyState::Open);
    assert_eq!(played(&vault, set, 1, 0).unwrap(), ANSWER);
}

#[test]
fn a_rotation_keeps_tapes_playable_and_touches_the_sets_key_alone() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, _) = filled(dir.path(), &keyring, "sk-canary-0123456789abcdef");
    let (set, torn) = (
        by(&vault).add_tape_set(&named("Spring demo")).unwrap(),
        by(&vault).add_tape_set(&named("Torn demo")).unwrap(),
    );
    vault.keep_exchange(set, &exchange(1, 10, ANSWER)).unwrap();
    let blob = || -> (Vec<u8>, Vec<u8>) {
        let connection = rusqlite::Connection::open(dir.path().join("addon-console.db")).unwrap();
        let sql = "SELECT s.sealed_key, t.sealed FROM tape_sets AS s JOIN tapes AS t ON t.tape_set = s.id";
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    let before = blob();
    sql(dir.path(), "UPDATE tape_sets SET sealed_key = x'01' WHERE name = 'Torn demo'");
    by(&vault).rotate().unwrap();
    let after = blob();
    assert_ne!(before.0, after.0, "the set's key is sealed anew");
    assert_eq!(before.1, after.1, "the tapes are as they were");
    assert_eq!(played(&vault, set, 1, 0).unwrap(), ANSWER);
    // What was torn stays so, is told, and kept no provider's key from its rotation.
    assert_eq!(opened(&vault).unwrap(), "sk-canary-0123456789abcdef");
    let sets = vault.tape_sets().unwrap();
    let opens: Vec<_> = sets.iter().map(|set| vault.tape_set_opens(set)).collect();
    assert_eq!(opens, [Some(true), Some(false)]);
    assert!(matches!(vault.tape(torn, &[1; 32], 0), Err(KeyActError::Custody(CustodyState::Damaged))));
    drop(vault);
    let vault = open(dir.path(), &keyring);
    vault.unlock(None);
    assert_eq!(played(&vault, set, 1, 0).unwrap(), ANSWER, "also after a start");
}

#[test]
fn a_removed_set_is_gone_with_its_key_and_one_in_use_stays() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, provider) = filled(dir.path(), &keyring, "sk-canary-0123456789abcdef");
    let set = by(&vault).add_tape_set(&named("Spring demo")).unwrap();
    assert!(matches!(
        by(&vault).add_tape_set(&named("SPRING demo")),
        Err(KeyActError::Store(StoreError::NameTaken))
    ));
    vault.keep_exchange(set, &exchange(1, 10, ANSWER)).unwrap();
    let (key, tape): (Vec<u8>, Vec<u8>) = {
        let connection = rusqlite::Connection::open(dir.path().join("addon-console.db")).unwrap();
        let one = |sql| connection.query_row(sql, [], |row| row.get(0)).unwrap();
        (one("SELECT sealed_key FROM tape_sets"), one("SELECT sealed FROM tapes"))
    };
    assert!(on_disk(dir.path(), &key) && on_disk(dir.path(), &tape));
    by(&vault).use_tapes(provider.id, set, TapeUse::PlayFast, Timestamp(9)).unwrap();
    assert_eq!(vault.tape_uses().unwrap()[0].1.does, TapeUse::PlayFast);
    assert!(!by(&vault).remove_tape_set(set).unwrap());
    by(&vault).stop_tapes(provider.id).unwrap();
    by(&vault).stop_tapes(provider.id).unwrap();
    assert!(by(&vault).remove_tape_set(set).unwrap());
    assert!(!on_disk(dir.path(), &key) && !on_disk(dir.path(), &tape));
    let acts: Vec<_> = vault.audit(10, None).unwrap().into_iter().map(|entry| entry.act).collect();
    let expected = [Act::TapesRemoved, Act::TapesStopped, Act::TapesPlayed, Act::TapesMade];
    assert_eq!(acts[..4], expected, "newest first");
    assert_eq!(vault.verify_audit().unwrap().broken, None);
}

#[test]
fn a_full_set_takes_no_more_and_keeps_what_it_has() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    let set = by(&vault).add_tape_set(&named("Spring demo")).unwrap();
    let large = "x".repeat(EXCHANGE_MAX);
    let kept: Vec<_> =
        (1..=8).map(|asked| vault.keep_exchange(set, &exchange(asked, 10, &large)).unwrap()).collect();
    assert_eq!(kept[..7], [TapeKept::Kept; 7]);
    assert_eq!(kept[7], TapeKept::Full, "eight of 8 MiB and their heads are more than 64 MiB");
    assert_eq!(vault.keep_exchange(set, &exchange(9, 10, "small")).unwrap(), TapeKept::Kept);
    assert_eq!(vault.tape_sets().unwrap()[0].exchanges, 8);
    // However large, they drive no call out of the activity.
    assert!(vault.kept().unwrap().bytes < 1_000_000);
}

#[test]
fn an_import_is_there_whole_or_not_at_all() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    let all = [exchange(1, 10, ANSWER), exchange(1, 20, "second")];
    let set = by(&vault).import_tape_set(&named("From sales"), &all).unwrap();
    assert_eq!(played(&vault, set, 1, 1).unwrap(), "second");
    let back = vault.tape_exchanges(set).unwrap();
    let back: Vec<_> = back.iter().map(|bytes| Exchange::from_bytes(bytes).ok().unwrap()).collect();
    assert!(back == all);
    assert!(by(&vault).import_tape_set(&named("from SALES"), &all).is_err());
    assert_eq!(vault.tape_sets().unwrap().len(), 1);
}
