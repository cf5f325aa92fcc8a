//! One bit flipped in each column that a key depends on, behind the vault's back.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use domain::Timestamp;
use rusqlite::Connection;
use rusqlite::types::Value;
use tempfile::{TempDir, tempdir};
use vault::{Binding, CustodyState, OpenError, VaultError};

use super::database;
use crate::support::*;

/// What must come of a flipped bit.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Outcome {
    /// The store is not opened at all.
    Refused,
    /// It is opened, and says that it is damaged; no other key opens to something else.
    Damaged,
    /// The vault key cannot be found.
    KeyMissing,
    /// The column says nothing about a key; every key opens.
    Open,
}
use Outcome::*;

/// Table, column, which byte of it (from the end if negative), and the outcome.
const COLUMNS: &[(&str, &str, i64, Outcome)] = &[
    ("sealed_keys", "provider", 0, Refused),
    ("sealed_keys", "place", 0, Refused),
    ("sealed_keys", "key_version", 0, Damaged),
    ("sealed_keys", "blob", 0, Damaged),
    ("sealed_keys", "blob", 1, Damaged),
    ("sealed_keys", "blob", 17, Damaged),
    ("sealed_keys", "blob", -1, Damaged),
    ("sealed_keys", "tail", 0, Damaged),
    ("sealed_keys", "valid_until", 0, Open),
    ("providers", "id", 0, Refused),
    ("providers", "application", 0, Refused),
    ("providers", "kind", 0, Damaged),
    ("providers", "base_url", 0, Damaged),
    ("providers", "base_url", 10, Damaged),
    ("providers", "base_url", -1, Open),
    ("providers", "name", 0, Open),
    ("providers", "created", 0, Open),
    ("providers", "active", 0, Open),
    ("providers", "plain_http_allowed", 0, Open),
    ("meta", "id", 0, Refused),
    ("meta", "vault_id", 0, KeyMissing),
    ("meta", "active_version", 0, Damaged),
    ("meta", "check_value", 0, Damaged),
    ("custody_slots", "kind", 0, Refused),
    ("custody_slots", "version", 0, Damaged),
    ("custody_slots", "stage", 0, Refused),
];

const KEYS: [(&str, &str); 3] = [
    ("OpenAI", "sk-second-0123456789abcdefghijklm"),
    ("OpenAI before", "sk-first-0123456789abcdefghijklmn"),
    ("Other", "sk-other-0123456789abcdefghijklmn"),
];

fn desk() -> (TempDir, Arc<FakeKeyring>) {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, first) = filled(dir.path(), &keyring, KEYS[1].1);
    by(&vault).replace_key(first.id, &key(KEYS[0].1), Some(Timestamp(1000))).unwrap();
    let other = key(KEYS[2].1);
    let second = provider(&vault.applications().unwrap()[0], "Other", Some(&other));
    by(&vault).add_provider(&second, Some(&other)).unwrap();
    drop(vault);
    (dir, keyring)
}

/// Flips a bit in the first row that has something there. Constraints do not help who writes the file himself.
fn flip(dir: &Path, table: &str, column: &str, at: i64) {
    let connection = Connection::open(database(dir)).unwrap();
    connection.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF").unwrap();
    let read = format!("SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL");
    let (row, value): (i64, Value) =
        connection.query_row(&read, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let bit = |mut bytes: Vec<u8>| {
        let place = usize::try_from(at.rem_euclid(i64::try_from(bytes.len()).unwrap())).unwrap();
        bytes[place] ^= 1;
        bytes
    };
    let flipped = match value {
        Value::Integer(number) => Value::Integer(number ^ 1),
        Value::Text(text) => Value::Text(String::from_utf8(bit(text.into_bytes())).unwrap()),
        Value::Blob(bytes) => Value::Blob(bit(bytes)),
        other => panic!("{table}.{column} holds {other:?}"),
    };
    let write = format!("UPDATE {table} SET {column} = ?1 WHERE rowid = ?2");
    assert_eq!(connection.execute(&write, rusqlite::params![flipped, row]).unwrap(), 1);
}

/// Each key that opens, by name, and whether any does not.
fn opened(vault: &vault::Vault) -> (BTreeMap<String, String>, bool) {
    let (mut keys, mut damage) = (BTreeMap::new(), false);
    let Some(opener) = vault.opener() else { return (keys, damage) };
    let Ok(stored) = vault.providers() else { return (keys, true) };
    for stored in stored {
        let binding = Binding::of(&stored.provider);
        let name = if stored.provider.created == Timestamp(2) && stored.provider.name.as_str() == "Other" {
            "Other"
        } else {
            "OpenAI"
        };
        let previous = stored.previous.map(|previous| (format!("{name} before"), previous.sealed));
        for (name, sealed) in stored.key.map(|sealed| (name.to_owned(), sealed)).into_iter().chain(previous) {
            match opener.open(&sealed, &binding) {
                Ok(key) => drop(keys.insert(name, key.expose(str::to_owned))),
                Err(OpenError::Damaged | OpenError::UnknownFormat | OpenError::OtherVersion) => damage = true,
            }
        }
    }
    (keys, damage)
}

#[test]
fn invariant_4_a_flipped_bit_in_any_column_is_its_own_state_and_nothing_is_written_over() {
    let whole: BTreeMap<String, String> =
        KEYS.iter().map(|(name, key)| ((*name).to_owned(), (*key).to_owned())).collect();
    for (table, column, at, outcome) in COLUMNS {
        let what = format!("{table}.{column}, byte {at}");
        let (dir, keyring) = desk();
        let entries = keyring.copy();
        let sound = std::fs::read(database(dir.path())).unwrap();
        flip(dir.path(), table, column, *at);
        let damaged = std::fs::read(database(dir.path())).unwrap();
        assert_ne!(sound, damaged);
        match try_open(dir.path(), &keyring) {
            Err(error) => {
                assert!(matches!(error, VaultError::Damaged), "{what}: {error:?}");
                assert_eq!(Refused, *outcome, "{what}");
            }
            Ok(vault) => {
                let found = match vault.unlock(None) {
                    CustodyState::Open => Open,
                    CustodyState::Damaged => Damaged,
                    CustodyState::KeyMissing => KeyMissing,
                    other => panic!("{what}: {other:?}"),
                };
                assert_eq!(found, *outcome, "{what}");
                let (keys, damage) = opened(&vault);
                assert!(keys.iter().all(|(name, key)| whole.get(name) == Some(key)), "{what}: {keys:?}");
                if found == Open {
                    assert_eq!(keys, whole, "{what}");
                    assert!(!damage, "{what}");
                } else {
                    let refused = by(&vault).rotate();
                    assert!(refused.is_err(), "{what}: a vault that is not whole was rotated");
                }
            }
        }
        assert_eq!(keyring.copy(), entries, "{what}: the keyring was written to");
        if *outcome != Open {
            assert!(std::fs::read(database(dir.path())).unwrap() == damaged, "{what}: the file was written");
        }
        // Whoever puts the bit right again has everything.
        for suffix in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(dir.path().join(format!("addon-console.db{suffix}")));
        }
        std::fs::write(database(dir.path()), sound).unwrap();
        let vault = open(dir.path(), &keyring);
        assert_eq!(vault.unlock(None), CustodyState::Open, "{what}");
        assert_eq!(opened(&vault), (whole.clone(), false), "{what}");
    }
}
