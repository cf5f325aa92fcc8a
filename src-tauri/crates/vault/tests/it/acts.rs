//! Acts on keys: overlap and return, rotation, moving the vault key, the recovery kit. Whatever fails leaves what was.

use std::sync::Arc;

use domain::Timestamp;
use tempfile::tempdir;
use vault::{
    Custody, CustodyKind, CustodyState, KeyActError, KeyStore, KeyStoreError, KitCode, Options, Passphrase,
    StoreError, Vault, Who,
};
use zeroize::Zeroizing;

use crate::support::*;

const OLD: &str = "sk-old-0123456789abcdefghij";
const NEW: &str = "sk-new-0123456789abcdefghij";

fn passphrase(text: &str) -> Passphrase {
    Passphrase::from_bytes(Zeroizing::new(text.as_bytes().to_vec())).unwrap()
}

fn kit(vault: &Vault) -> String {
    let mut code = String::new();
    by(vault)
        .make_kit(|shown| {
            shown.clone_into(&mut code);
            Ok::<_, KeyActError>(())
        })
        .unwrap();
    code
}

fn code(text: &str) -> KitCode {
    KitCode::parse(text.as_bytes()).unwrap()
}

#[test]
fn a_replaced_key_waits_its_time_and_comes_back() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, provider) = filled(dir.path(), &keyring, OLD);
    by(&vault).replace_key(provider.id, &key(NEW), Some(Timestamp(100))).unwrap();
    assert_eq!(opened(&vault).as_deref(), Ok(NEW));
    let previous = vault.providers().unwrap().remove(0).previous.unwrap();
    assert_eq!((previous.tail.as_str(), previous.until), ("ghij", Timestamp(100)));
    by(&vault).return_key(provider.id).unwrap();
    assert_eq!(opened(&vault).as_deref(), Ok(OLD));
    assert!(matches!(by(&vault).return_key(provider.id), Err(KeyActError::Store(StoreError::NotFound))));
    // Once more, and its time passes.
    by(&vault).replace_key(provider.id, &key(NEW), Some(Timestamp(100))).unwrap();
    assert_eq!(vault.by(Who::Console, Timestamp(99)).expire_previous_keys().unwrap(), []);
    assert_eq!(vault.by(Who::Console, Timestamp(100)).expire_previous_keys().unwrap(), [provider.id]);
    assert!(vault.providers().unwrap().remove(0).previous.is_none());
    assert_eq!(opened(&vault).as_deref(), Ok(NEW));
    // Without overlap the old key goes at once.
    by(&vault).replace_key(provider.id, &key(OLD), Some(Timestamp(200))).unwrap();
    by(&vault).replace_key(provider.id, &key(NEW), None).unwrap();
    assert!(vault.providers().unwrap().remove(0).previous.is_none());
}

#[test]
fn a_rotation_seals_everything_anew_and_leaves_one_vault_key() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, provider) = filled(dir.path(), &keyring, OLD);
    by(&vault).replace_key(provider.id, &key(NEW), Some(Timestamp(100))).unwrap();
    let before = keyring.copy();
    by(&vault).rotate().unwrap();
    let status = vault.status().unwrap();
    assert_eq!((status.state, status.key_version, status.unfinished), (CustodyState::Open, Some(2), false));
    let after = keyring.copy();
    assert_eq!(after.len(), 1);
    assert!(after.keys().all(|name| !before.contains_key(name)), "the old vault key is still there");
    assert_eq!(opened(&vault).as_deref(), Ok(NEW));
    drop(vault);
    let vault = open(dir.path(), &keyring);
    assert_eq!(vault.unlock(None), CustodyState::Open);
    assert_eq!(opened(&vault).as_deref(), Ok(NEW));
    by(&vault).return_key(provider.id).unwrap();
    assert_eq!(opened(&vault).as_deref(), Ok(OLD));
}

#[test]
fn a_rotation_that_cannot_keep_or_confirm_its_key_changes_nothing() {
    for garbles in [true, false] {
        let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
        let (vault, _) = filled(dir.path(), &keyring, OLD);
        *keyring.garbles.lock().unwrap() = garbles;
        *keyring.put_fails.lock().unwrap() = (!garbles).then_some(KeyStoreError::Locked);
        assert!(by(&vault).rotate().is_err());
        *keyring.garbles.lock().unwrap() = false;
        *keyring.put_fails.lock().unwrap() = None;
        assert_eq!(vault.status().unwrap().key_version, Some(1));
        assert_eq!(opened(&vault).as_deref(), Ok(OLD));
        drop(vault);
        let vault = open(dir.path(), &keyring);
        assert_eq!(vault.unlock(None), CustodyState::Open);
        assert_eq!((opened(&vault).as_deref(), keyring.copy().len()), (Ok(OLD), 1));
        assert!(!vault.status().unwrap().unfinished, "what was left is cleared up");
        by(&vault).rotate().unwrap();
        assert_eq!((opened(&vault).as_deref(), keyring.copy().len()), (Ok(OLD), 1));
    }
}

#[test]
fn an_old_vault_key_that_cannot_be_removed_is_removed_later() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, _) = filled(dir.path(), &keyring, OLD);
    *keyring.delete_fails.lock().unwrap() = Some(KeyStoreError::Failed);
    by(&vault).rotate().unwrap();
    assert!(vault.status().unwrap().unfinished);
    assert_eq!((opened(&vault).as_deref(), keyring.copy().len()), (Ok(OLD), 2));
    drop(vault);
    *keyring.delete_fails.lock().unwrap() = None;
    let vault = open(dir.path(), &keyring);
    assert_eq!(vault.unlock(None), CustodyState::Open);
    assert!(!vault.status().unwrap().unfinished);
    assert_eq!((opened(&vault).as_deref(), keyring.copy().len()), (Ok(OLD), 1));
}

#[test]
fn a_damaged_record_stops_rotation_and_is_named_and_can_be_replaced() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, provider) = filled(dir.path(), &keyring, OLD);
    let (second, spare) = (key(OLD), vault.applications().unwrap().remove(0));
    by(&vault)
        .add_provider(&crate::support::provider(&spare, "Second", Some(&second)), Some(&second))
        .unwrap();
    drop(vault);
    let id = provider.id.0.simple();
    sql(
        dir.path(),
        &format!("UPDATE sealed_keys SET blob = zeroblob(97) WHERE hex(provider) = upper('{id}')"),
    );
    let vault = open(dir.path(), &keyring);
    assert_eq!(vault.unlock(None), CustodyState::Damaged);
    assert_eq!(vault.status().unwrap().damaged, [provider.id]);
    assert!(matches!(by(&vault).rotate(), Err(KeyActError::Custody(CustodyState::Damaged))));
    assert!(opened(&vault).is_err());
    by(&vault).replace_key(provider.id, &key(NEW), None).unwrap();
    assert_eq!((vault.state(), opened(&vault).as_deref()), (CustodyState::Open, Ok(NEW)));
    by(&vault).rotate().unwrap();
}

#[test]
fn the_vault_key_moves_to_a_passphrase_and_back() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, _) = filled(dir.path(), &keyring, OLD);
    by(&vault).move_custody(Some(passphrase("correct horse"))).unwrap();
    assert_eq!(vault.status().unwrap().custody, CustodyKind::Passphrase);
    assert!(keyring.copy().is_empty());
    // Still open, and able to rotate without asking again.
    by(&vault).rotate().unwrap();
    assert_eq!(opened(&vault).as_deref(), Ok(OLD));
    drop(vault);
    let reopen = || {
        let keyring = Arc::clone(&keyring) as Arc<dyn KeyStore>;
        Vault::open(dir.path(), Options::new(None, Arc::new(SystemRandom)).keyring(keyring)).unwrap()
    };
    let vault = reopen();
    assert_eq!(vault.unlock(None), CustodyState::Locked);
    assert_eq!(vault.unlock(Some(passphrase("wrong horse"))), CustodyState::Locked);
    assert_eq!(vault.unlock(Some(passphrase("correct horse"))), CustodyState::Open);
    by(&vault).move_custody(None).unwrap();
    drop(vault);
    let vault = reopen();
    assert_eq!(
        (vault.unlock(None), vault.status().unwrap().custody),
        (CustodyState::Open, CustodyKind::Keyring)
    );
    assert_eq!(opened(&vault).as_deref(), Ok(OLD));
}

#[test]
fn a_kit_gets_the_vault_key_back_on_another_machine_and_outlives_rotation() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, _) = filled(dir.path(), &keyring, OLD);
    let text = kit(&vault);
    vault.check_kit(&code(&text)).unwrap();
    by(&vault).rotate().unwrap();
    vault.check_kit(&code(&text)).unwrap();
    drop(vault);
    // Another machine: the files, and an empty keyring.
    let fresh = Arc::new(FakeKeyring::default());
    let vault = open(dir.path(), &fresh);
    assert_eq!(vault.unlock(None), CustodyState::KeyMissing);
    let wrong = KitCode::parse(kit_of_another_vault().as_bytes()).unwrap();
    assert!(matches!(by(&vault).recover(&wrong, None), Err(KeyActError::WrongSecret)));
    assert!(fresh.copy().is_empty());
    assert_eq!(by(&vault).recover(&code(&text), None).unwrap(), CustodyState::Open);
    assert_eq!((opened(&vault).as_deref(), fresh.copy().len()), (Ok(OLD), 1));
    drop(vault);
    let vault = open(dir.path(), &fresh);
    assert_eq!(vault.unlock(None), CustodyState::Open);
    // A new kit replaces it.
    kit(&vault);
    assert!(matches!(vault.check_kit(&code(&text)), Err(KeyActError::WrongSecret)));
}

fn kit_of_another_vault() -> String {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    kit(&filled(dir.path(), &keyring, OLD).0)
}

#[test]
fn without_a_keyring_a_kit_and_a_passphrase_are_enough() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, _) = filled(dir.path(), &keyring, OLD);
    let text = kit(&vault);
    drop(vault);
    keyring.fail(Some(KeyStoreError::Unavailable));
    let vault = open(dir.path(), &keyring);
    assert_eq!(vault.unlock(None), CustodyState::KeyringMissing);
    assert!(by(&vault).recover(&code(&text), None).is_err());
    assert_eq!(by(&vault).recover(&code(&text), Some(passphrase("a long one"))).unwrap(), CustodyState::Open);
    assert_eq!(opened(&vault).as_deref(), Ok(OLD));
    // The keyring still has an old copy; it is removed as soon as it answers.
    assert!(vault.status().unwrap().unfinished);
    vault.lock();
    keyring.fail(None);
    assert_eq!(vault.unlock(Some(passphrase("a long one"))), CustodyState::Open);
    assert!(keyring.copy().is_empty() && !vault.status().unwrap().unfinished);
}

#[test]
fn a_kit_that_was_not_brought_to_safety_is_not_in_force() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, _) = filled(dir.path(), &keyring, OLD);
    let text = kit(&vault);
    let failed = by(&vault).make_kit(|_| Err(KeyActError::NotConfirmed));
    assert!(failed.is_err());
    vault.check_kit(&code(&text)).unwrap();
}

#[test]
fn a_key_file_is_private_and_a_missing_one_is_never_made_anew() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempdir().unwrap();
    let (data, file) = (dir.path().join("data"), dir.path().join("vault.key"));
    let reopen = |given: bool| {
        let custody = given.then(|| Custody::KeyFile(file.clone()));
        Vault::open(&data, Options::new(custody, Arc::new(SystemRandom))).unwrap()
    };
    let vault = reopen(true);
    let new = key(OLD);
    let provider = provider(&application(&vault, "Demo"), "OpenAI", Some(&new));
    by(&vault).add_provider(&provider, Some(&new)).unwrap();
    by(&vault).rotate().unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_to_string(&file).unwrap().lines().count(), 1);
    drop(vault);
    // The vault knows the way.
    let vault = reopen(false);
    assert_eq!((vault.unlock(None), opened(&vault).as_deref()), (CustodyState::Open, Ok(OLD)));
    drop(vault);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let vault = reopen(true);
    assert_eq!(vault.unlock(None), CustodyState::KeyringMissing);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(vault.unlock(None), CustodyState::KeyMissing);
    assert!(matches!(by(&vault).replace_key(provider.id, &key(NEW), None), Err(KeyActError::Custody(_))));
    assert!(!file.exists());
}

#[test]
fn provided_credentials_are_read_and_a_rotation_waits_for_the_next_one() {
    let dir = tempdir().unwrap();
    let (data, folder) = (dir.path().join("data"), dir.path().join("credentials"));
    std::fs::create_dir(&folder).unwrap();
    let reopen = || {
        Vault::open(&data, Options::new(Custody::Credentials(folder.clone()), Arc::new(SystemRandom)))
            .unwrap()
    };
    let vault = reopen();
    let new = key(OLD);
    let provider = provider(&application(&vault, "Demo"), "OpenAI", Some(&new));
    assert!(matches!(by(&vault).add_provider(&provider, Some(&new)), Err(KeyActError::ReadOnly)));
    let text = |symbol: &str| format!("{}A==\n", symbol.repeat(85));
    std::fs::write(folder.join("addon-console.master-v1"), text("a")).unwrap();
    by(&vault).add_provider(&provider, Some(&new)).unwrap();
    drop(vault);
    let vault = reopen();
    assert_eq!((vault.unlock(None), opened(&vault).as_deref()), (CustodyState::Open, Ok(OLD)));
    assert!(matches!(by(&vault).rotate(), Err(KeyActError::ReadOnly)));
    std::fs::write(folder.join("addon-console.master-v2"), text("b")).unwrap();
    by(&vault).rotate().unwrap();
    assert_eq!((vault.status().unwrap().unfinished, opened(&vault).as_deref()), (false, Ok(OLD)));
}

#[test]
fn a_destroyed_vault_leaves_no_key_and_no_file_and_a_locked_keyring_stops_it() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, _) = filled(dir.path(), &keyring, OLD);
    *keyring.delete_fails.lock().unwrap() = Some(KeyStoreError::Locked);
    assert!(by(&vault).destroy(dir.path()).is_err());
    assert_eq!(opened(&vault).as_deref(), Ok(OLD));
    *keyring.delete_fails.lock().unwrap() = None;
    by(&vault).destroy(dir.path()).unwrap();
    drop(vault);
    assert!(keyring.copy().is_empty());
    let left = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(left.collect::<Vec<_>>(), ["vault.lock"]);
    assert_eq!(open(dir.path(), &keyring).state(), CustodyState::Empty);
}

#[test]
fn shredding_makes_old_copies_unreadable() {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, provider) = filled(dir.path(), &keyring, OLD);
    let copy = tempdir().unwrap();
    for entry in
        std::fs::read_dir(dir.path()).unwrap().map(Result::unwrap).filter(|each| each.path().is_file())
    {
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    by(&vault).remove_provider(provider.id, true).unwrap();
    drop(vault);
    let vault = open(copy.path(), &keyring);
    assert_eq!(vault.unlock(None), CustodyState::KeyMissing);
}
