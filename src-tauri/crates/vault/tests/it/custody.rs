//! Invariant 4: keys cannot vanish. Each way a custody slot can fail is its own state, and nothing is saved over it.

use std::sync::Arc;

use tempfile::tempdir;
use vault::{CustodyKind, CustodyState, KeyActError, KeyStoreError, VaultError};

use crate::support::*;

const KEY: &str = "sk-test-0123456789abcdefghij";

#[test]
fn a_key_is_there_after_a_restart() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    drop(filled(dir.path(), &keyring, KEY));
    let vault = open(dir.path(), &keyring);
    assert_eq!(vault.state(), CustodyState::Locked);
    assert_eq!(vault.unlock(None), CustodyState::Open);
    assert_eq!(opened(&vault).as_deref(), Ok(KEY));
}

#[test]
fn a_new_vault_is_empty_and_asks_no_keyring() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    keyring.fail(Some(KeyStoreError::Unavailable));
    let vault = open(dir.path(), &keyring);
    assert_eq!(vault.unlock(None), CustodyState::Empty);
    let sandbox = provider(&application(&vault, "Demo"), "Sandbox", None);
    by(&vault).add_provider(&sandbox, None).unwrap();
    assert_eq!(vault.state(), CustodyState::Empty);
}

#[test]
fn invariant_4_each_failure_is_its_own_state_and_changes_nothing() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, stored) = filled(dir.path(), &keyring, KEY);
    drop(vault);
    let entries = keyring.copy();
    let failures = [
        (KeyStoreError::Unavailable, CustodyState::KeyringMissing),
        (KeyStoreError::Locked, CustodyState::Locked),
        (KeyStoreError::NoAnswer, CustodyState::Locked),
        (KeyStoreError::NoEntry, CustodyState::KeyMissing),
    ];
    for (error, state) in failures {
        keyring.fail(Some(error));
        let vault = open(dir.path(), &keyring);
        assert_eq!(vault.unlock(None), state);
        assert!(vault.opener().is_none());
        let refused = by(&vault).replace_key(stored.id, &key("sk-another-key-0123456789"), None);
        assert!(matches!(refused, Err(KeyActError::Custody(said)) if said == state));
        let new = key(KEY);
        let another = provider(&vault.applications().unwrap()[0], "Another", Some(&new));
        assert!(
            matches!(by(&vault).add_provider(&another, Some(&new)), Err(KeyActError::Custody(said)) if said == state)
        );
        assert_eq!(vault.providers().unwrap().len(), 1);
        assert_eq!(keyring.copy(), entries, "a failing keyring was written to");
        // Back again: everything opens.
        keyring.fail(None);
        assert_eq!(vault.unlock(None), CustodyState::Open);
        assert_eq!(opened(&vault).as_deref(), Ok(KEY));
    }
}

#[test]
fn invariant_4_an_emptied_or_foreign_keyring_never_leads_to_a_new_key() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    drop(filled(dir.path(), &keyring, KEY));
    let fresh = Arc::new(FakeKeyring::default());
    let vault = open(dir.path(), &fresh);
    assert_eq!(vault.unlock(None), CustodyState::KeyMissing);
    drop(vault);
    // A key of the right form that is not ours.
    let other = tempdir().unwrap();
    drop(filled(other.path(), &fresh, KEY));
    let (name, _) = keyring.copy().into_iter().next().unwrap();
    let foreign = fresh.copy().into_values().next().unwrap();
    fresh.entries.lock().unwrap().insert(name, foreign);
    let vault = open(dir.path(), &fresh);
    assert_eq!(vault.unlock(None), CustodyState::KeyMissing);
}

#[test]
fn two_data_directories_never_share_a_keyring_entry() {
    let keyring = Arc::new(FakeKeyring::default());
    let (one, two) = (tempdir().unwrap(), tempdir().unwrap());
    drop(filled(one.path(), &keyring, KEY));
    drop(filled(two.path(), &keyring, KEY));
    assert_eq!(keyring.copy().len(), 2);
}

#[test]
fn a_vault_key_that_does_not_read_back_seals_nothing() {
    for garbles in [true, false] {
        let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
        *keyring.garbles.lock().unwrap() = garbles;
        *keyring.put_fails.lock().unwrap() = (!garbles).then_some(KeyStoreError::Locked);
        let vault = open(dir.path(), &keyring);
        let new = key(KEY);
        let provider = provider(&application(&vault, "Demo"), "OpenAI", Some(&new));
        assert!(by(&vault).add_provider(&provider, Some(&new)).is_err());
        assert!(vault.providers().unwrap().is_empty());
        assert_eq!(vault.state(), CustodyState::Empty);
        // The next try, with a sound keyring, works.
        *keyring.garbles.lock().unwrap() = false;
        *keyring.put_fails.lock().unwrap() = None;
        by(&vault).add_provider(&provider, Some(&new)).unwrap();
        assert_eq!(opened(&vault).as_deref(), Ok(KEY));
    }
}

#[test]
fn a_passphrase_opens_and_a_wrong_one_does_not() {
    let dir = tempdir().unwrap();
    let vault = open_with_passphrase(dir.path(), "correct horse");
    let new = key(KEY);
    let provider = provider(&application(&vault, "Demo"), "OpenAI", Some(&new));
    by(&vault).add_provider(&provider, Some(&new)).unwrap();
    drop(vault);
    let vault = open_with_passphrase(dir.path(), "wrong horse");
    assert_eq!(vault.unlock(None), CustodyState::Locked);
    drop(vault);
    let vault = open_with_passphrase(dir.path(), "correct horse");
    assert_eq!(vault.unlock(None), CustodyState::Open);
    assert_eq!(opened(&vault).as_deref(), Ok(KEY));
    drop(vault);
    // A keyring cannot stand in for it, and who asks for one is told.
    let refused = try_open(dir.path(), &Arc::new(FakeKeyring::default()));
    assert!(matches!(refused, Err(VaultError::OtherCustody(CustodyKind::Passphrase))));
}

#[test]
fn locking_forgets_the_key_until_unlocked() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, _) = filled(dir.path(), &keyring, KEY);
    vault.lock();
    assert_eq!(vault.state(), CustodyState::Locked);
    assert!(vault.opener().is_none());
    assert_eq!(vault.unlock(None), CustodyState::Open);
}

#[test]
fn a_second_process_is_told_who_holds_the_directory() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    let refused = try_open(dir.path(), &keyring);
    assert!(matches!(refused, Err(VaultError::InUse { pid: Some(pid) }) if pid == std::process::id()));
    drop(vault);
    assert!(try_open(dir.path(), &keyring).is_ok());
}

#[test]
fn a_damaged_database_is_left_as_it_is() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    drop(filled(dir.path(), &keyring, KEY));
    let path = dir.path().join("addon-console.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.truncate(bytes.len() / 2);
    std::fs::write(&path, &bytes).unwrap();
    assert!(matches!(try_open(dir.path(), &keyring), Err(VaultError::Damaged)));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    std::fs::write(&path, b"not a database at all, but long enough to look at").unwrap();
    assert!(matches!(try_open(dir.path(), &keyring), Err(VaultError::Damaged)));
}

#[test]
fn a_database_of_a_newer_version_is_refused() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    drop(open(dir.path(), &keyring));
    let connection = rusqlite::Connection::open(dir.path().join("addon-console.db")).unwrap();
    connection.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(connection);
    assert!(matches!(try_open(dir.path(), &keyring), Err(VaultError::NewerVersion)));
}
