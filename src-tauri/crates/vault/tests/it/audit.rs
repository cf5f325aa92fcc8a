//! The audit chain: every act is in it, and whatever is changed, removed or cut afterwards is found.

use std::sync::Arc;

use tempfile::tempdir;
use vault::{Act, Broken, CustodyState, Seal, Vault};

use crate::support::*;

const KEY: &str = "sk-test-0123456789abcdefghij";

fn acts(vault: &Vault) -> Vec<Act> {
    let mut entries = vault.audit(1000, None).unwrap();
    entries.reverse();
    entries.iter().map(|entry| entry.act).collect()
}

fn broken(vault: &Vault) -> Option<(i64, Broken)> {
    vault.verify_audit().unwrap().broken.map(|found| (found.seq, found.how))
}

/// Five sealed entries: application, vault key, provider, two settings.
fn chain(dir: &std::path::Path, keyring: &Arc<FakeKeyring>) -> Vault {
    let (vault, _) = filled(dir, keyring, KEY);
    by(&vault).set_setting("ca-file", Some("/one")).unwrap();
    by(&vault).set_setting("ca-file", Some("/two")).unwrap();
    vault
}

#[test]
fn acts_before_the_first_vault_key_are_sealed_with_it() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    application(&vault, "One");
    assert_eq!(vault.audit(10, None).unwrap()[0].seal, Seal::Pending);
    let report = vault.verify_audit().unwrap();
    assert_eq!((report.entries, report.sealed, report.broken), (1, 0, None));
    let new = key(KEY);
    let first = vault.applications().unwrap().remove(0);
    by(&vault).add_provider(&provider(&first, "OpenAI", Some(&new)), Some(&new)).unwrap();
    assert_eq!(acts(&vault), [Act::ApplicationAdded, Act::VaultMade, Act::ProviderAdded]);
    let report = vault.verify_audit().unwrap();
    assert_eq!((report.entries, report.sealed, report.broken), (3, 3, None));
}

#[test]
fn acts_on_a_locked_vault_are_sealed_at_the_next_unlock() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    drop(chain(dir.path(), &keyring));
    let vault = open(dir.path(), &keyring);
    by(&vault).set_setting("ca-file", None).unwrap();
    let entries = vault.audit(10, None).unwrap();
    assert_eq!((entries[0].seal, entries[1].seal), (Seal::Pending, Seal::Unknown));
    assert!(vault.verify_audit().is_err(), "it cannot be said while the vault is locked");
    assert_eq!(vault.unlock(None), CustodyState::Open);
    assert!(vault.audit(10, None).unwrap().iter().all(|entry| entry.seal == Seal::Sealed));
    assert_eq!(broken(&vault), None);
}

#[test]
fn what_changes_nothing_is_no_act_and_what_fails_leaves_no_entry() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = chain(dir.path(), &keyring);
    let before = acts(&vault);
    by(&vault).set_setting("ca-file", Some("/two")).unwrap();
    by(&vault).set_setting("none", None).unwrap();
    let app = vault.applications().unwrap().remove(0);
    assert!(by(&vault).add_application(app.name, app.kind, vec![]).is_err());
    assert_eq!(acts(&vault), before);
}

#[test]
fn how_an_application_may_be_used_is_one_act_that_names_it() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = open(dir.path(), &keyring);
    let id = application(&vault, "One").id;
    let mark = |value| by(&vault).mark_application(id, &[("a".to_owned(), value), ("b".to_owned(), value)]);
    mark(Some("yes")).unwrap();
    mark(Some("yes")).unwrap();
    assert_eq!(vault.setting("b").unwrap().as_deref(), Some("yes"));
    mark(None).unwrap();
    assert_eq!((vault.setting("a").unwrap(), vault.setting("b").unwrap()), (None, None));
    assert_eq!(acts(&vault), [Act::ApplicationAdded, Act::ApplicationChanged, Act::ApplicationChanged]);
    assert!(vault.audit(2, None).unwrap().iter().all(|entry| entry.record == Some(id.0)));
}

#[test]
fn a_changed_removed_or_cut_entry_is_found() {
    let tampering: &[(&[&str], (i64, Broken))] = &[
        (&["UPDATE audit SET at = at + 1 WHERE seq = 2"], (2, Broken::Changed)),
        (&["UPDATE audit SET act = 'key-returned' WHERE seq = 3"], (3, Broken::Changed)),
        (&["UPDATE audit SET who = 'console' WHERE seq = 3"], (3, Broken::Changed)),
        (&["UPDATE audit SET record = zeroblob(16) WHERE seq = 1"], (1, Broken::Changed)),
        (&["UPDATE audit SET link = zeroblob(32) WHERE seq = 4"], (4, Broken::Changed)),
        (&["UPDATE audit SET seal = zeroblob(16) WHERE seq = 4"], (4, Broken::Changed)),
        (&["UPDATE audit SET seal = NULL WHERE seq = 4"], (4, Broken::Changed)),
        (&["DELETE FROM audit WHERE seq = 1"], (1, Broken::Removed)),
        (&["DELETE FROM audit WHERE seq = 3"], (3, Broken::Removed)),
        (&["DELETE FROM audit WHERE seq = 5"], (5, Broken::Cut)),
        (&["DELETE FROM audit WHERE seq = 5", "DELETE FROM audit WHERE seq = 4"], (4, Broken::Cut)),
        (&["UPDATE meta SET head_seq = 4", "DELETE FROM audit WHERE seq = 5"], (4, Broken::Cut)),
        (
            &[
                "UPDATE meta SET head_seq = 4, head_link = (SELECT link FROM audit WHERE seq = 4)",
                "DELETE FROM audit WHERE seq = 5",
            ],
            (4, Broken::Cut),
        ),
        (&["UPDATE meta SET head_seq = NULL, head_link = NULL, head_seal = NULL"], (1, Broken::Changed)),
    ];
    for (statements, found) in tampering {
        let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
        drop(chain(dir.path(), &keyring));
        statements.iter().for_each(|statement| sql(dir.path(), statement));
        let vault = open(dir.path(), &keyring);
        vault.unlock(None);
        assert_eq!(broken(&vault), Some(*found), "{statements:?}");
        // Going on, and rotating, mends nothing.
        by(&vault).set_setting("ca-file", None).unwrap();
        assert_eq!(broken(&vault).map(|found| found.0), Some(found.0), "{statements:?}, gone on");
        by(&vault).rotate().unwrap();
        assert_eq!(broken(&vault).map(|found| found.0), Some(found.0), "{statements:?}, rotated");
    }
}

#[test]
fn a_chain_taken_away_whole_is_missed() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    drop(chain(dir.path(), &keyring));
    let connection = rusqlite::Connection::open(dir.path().join("addon-console.db")).unwrap();
    connection
        .execute_batch(
            "DELETE FROM audit; UPDATE meta SET head_seq = NULL, head_link = NULL, head_seal = NULL",
        )
        .unwrap();
    drop(connection);
    let vault = open(dir.path(), &keyring);
    vault.unlock(None);
    assert_eq!(broken(&vault), Some((1, Broken::Cut)));
}

#[test]
fn a_whole_chain_survives_rotation() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let vault = chain(dir.path(), &keyring);
    by(&vault).rotate().unwrap();
    assert_eq!(broken(&vault), None);
    assert_eq!(acts(&vault).last(), Some(&Act::VaultRotated));
}
