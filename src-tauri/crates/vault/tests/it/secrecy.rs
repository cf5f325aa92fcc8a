//! Invariant 2: no file holds a key in plain text, and a deleted key is gone. Invariant 1: nothing moved opens.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use tempfile::tempdir;
use testkit::leak::{Canary, scan_dir};
use vault::OpenError;

use crate::support::*;

#[test]
fn invariant_2_no_file_holds_a_key_while_open_or_closed() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (first, second) = (Canary::new("sk"), Canary::new("sk"));
    let (vault, provider) = filled(dir.path(), &keyring, first.key());
    assert!(scan_dir(dir.path(), &first).is_empty(), "after adding");
    by(&vault).replace_key(provider.id, &key(second.key()), None).unwrap();
    assert_eq!(opened(&vault).as_deref(), Ok(second.key()));
    by(&vault).remove_provider(provider.id, false).unwrap();
    drop(vault);
    for canary in [first, second] {
        assert!(scan_dir(dir.path(), &canary).is_empty(), "after removing and closing");
    }
}

#[test]
fn invariant_2_nothing_of_a_removed_sealed_key_stays_in_the_files() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, provider) = filled(dir.path(), &keyring, "sk-test-0123456789abcdefghij");
    let blob: Vec<u8> = {
        let connection = rusqlite::Connection::open(dir.path().join("addon-console.db")).unwrap();
        connection.query_row("SELECT blob FROM sealed_keys", [], |row| row.get(0)).unwrap()
    };
    assert!(holds(dir.path(), &blob), "the search itself finds what is there");
    by(&vault).remove_provider(provider.id, false).unwrap();
    assert!(!holds(dir.path(), &blob));
}

fn holds(dir: &std::path::Path, needle: &[u8]) -> bool {
    std::fs::read_dir(dir).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        path.is_file() && std::fs::read(path).unwrap().windows(16).any(|window| window == &needle[17..33])
    })
}

#[test]
fn invariant_1_a_row_moved_in_the_database_does_not_open() {
    let moves = [
        "UPDATE providers SET base_url = 'https://evil.example/v1'",
        "UPDATE providers SET kind = 'anthropic'",
        "UPDATE sealed_keys SET blob = CAST(substr(blob, 1, length(blob) - 1) || x'00' AS BLOB)",
    ];
    for statement in moves {
        let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
        drop(filled(dir.path(), &keyring, "sk-test-0123456789abcdefghij"));
        sql(dir.path(), statement);
        let vault = open(dir.path(), &keyring);
        vault.unlock(None);
        assert_eq!(opened(&vault), Err(OpenError::Damaged), "{statement}");
    }
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    drop(filled(dir.path(), &keyring, "sk-test-0123456789abcdefghij"));
    sql(dir.path(), "UPDATE sealed_keys SET key_version = 2");
    let vault = open(dir.path(), &keyring);
    vault.unlock(None);
    assert_eq!(opened(&vault), Err(OpenError::OtherVersion));
}

#[test]
fn invariant_1_two_rows_exchanged_do_not_open() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, first) = filled(dir.path(), &keyring, "sk-first-0123456789abcdefghij");
    let other = key("sk-other-0123456789abcdefghij");
    let second = provider(&vault.applications().unwrap()[0], "Second", Some(&other));
    by(&vault).add_provider(&second, Some(&other)).unwrap();
    drop(vault);
    let (one, two) = (first.id.0.simple(), second.id.0.simple());
    let statement = format!(
        "UPDATE sealed_keys SET blob = (SELECT blob FROM sealed_keys WHERE provider = x'{two}') WHERE provider = x'{one}'"
    );
    sql(dir.path(), &statement);
    let vault = open(dir.path(), &keyring);
    vault.unlock(None);
    assert_eq!(opened(&vault), Err(OpenError::Damaged));
}

#[test]
fn the_directory_is_private() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let inside = dir.path().join("data");
    let (_vault, _) = filled(&inside, &keyring, "sk-test-0123456789abcdefghij");
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inside), 0o700);
    for entry in std::fs::read_dir(&inside).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}
