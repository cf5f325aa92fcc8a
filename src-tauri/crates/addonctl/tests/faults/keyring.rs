//! What a real keyring can do to a vault: each fault is its own state and exit code, nothing is written over, the
//! command ends in time, and once the keyring is back every key opens.

mod desk;
mod session;

use std::time::Duration;

use desk::Desk;
use session::{PROMPTER, Session};

const LOCKED: i32 = 3;
const KEYRING_MISSING: i32 = 4;
const KEY_MISSING: i32 = 5;

#[test]
fn a_keyring_that_dies_is_a_missing_keyring_until_it_is_back() {
    let mut desk = Desk::new();
    desk.session.kill_keyring();
    desk.refuses(KEYRING_MISSING, "keyring-missing");
    desk.session.keyring("home", "x");
    desk.opens();
}

#[test]
fn a_bus_that_dies_is_a_missing_keyring() {
    let mut desk = Desk::new();
    desk.session.kill_bus();
    desk.refuses(KEYRING_MISSING, "keyring-missing");
}

#[test]
fn a_locked_keyring_is_a_locked_vault() {
    let desk = Desk::new();
    desk.session.lock();
    desk.refuses(LOCKED, "locked");
    assert_eq!(desk.session.entries().len(), 1);
}

#[test]
fn a_keyring_that_starts_locked_is_a_locked_vault() {
    let mut desk = Desk::new();
    desk.session.keyring("home", "not the password");
    desk.refuses(LOCKED, "locked");
    desk.session.keyring("home", "x");
    assert_eq!(desk.session.entries().len(), 1);
    desk.opens();
}

#[test]
fn an_emptied_keyring_is_a_missing_key_and_stays_empty() {
    let desk = Desk::new();
    desk.session.empty();
    desk.refuses(KEY_MISSING, "key-missing");
    assert!(desk.session.entries().is_empty(), "a new vault key was made");
}

#[test]
fn a_fresh_profile_is_a_missing_key_until_the_old_one_is_back() {
    let mut desk = Desk::new();
    desk.session.keyring("fresh", "x");
    desk.refuses(KEY_MISSING, "key-missing");
    assert!(desk.session.entries().is_empty(), "a new vault key was made");
    desk.session.keyring("home", "x");
    desk.opens();
}

/// Not one call is answered, so nobody can know whether there is a keyring behind it. A prompt that waits for its owner
/// is another matter: see below.
#[test]
fn a_keyring_that_never_answers_is_a_missing_keyring_in_time() {
    let mut desk = Desk::new();
    desk.session.kill_keyring();
    desk.session.silent("org.freedesktop.secrets");
    desk.refuses(KEYRING_MISSING, "keyring-missing");
    let status = desk.run(&["vault", "status"]);
    assert!(status.took > Duration::from_secs(1), "it was asked, and waited for: {:?}", status.took);
}

#[test]
fn a_prompt_that_nobody_answers_is_a_locked_vault_in_time() {
    let mut desk = Desk::new();
    desk.session.silent(PROMPTER);
    desk.session.lock();
    desk.refuses(LOCKED, "locked");
    desk.session.keyring("home", "x");
    desk.opens();
}

#[test]
fn a_first_key_without_a_keyring_is_refused_and_leaves_an_empty_vault() {
    let desk = Desk::without_keys(Session::start());
    assert_eq!(desk.add("Team", "sk-test-0123456789abcdefghij").code, KEYRING_MISSING);
    assert_eq!(desk.run(&["vault", "status"]).out["state"], "empty");
    desk.session.silent("org.freedesktop.secrets");
    assert_eq!(desk.add("Team", "sk-test-0123456789abcdefghij").code, KEYRING_MISSING);
    assert_eq!(desk.run(&["vault", "status"]).out["state"], "empty");
}
