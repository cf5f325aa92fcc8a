//! A crash loop: `addonctl` is killed at random moments of acts on keys, and what was confirmed must be there.
//!
//! `script/crash-loop` runs it longer. The moments, acts and their order come from one number, which is printed.

mod rounds;

use std::time::Duration;

use rounds::{Limits, crash_loop};

use crate::desk::{Desk, Slot};

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().expect("a number"))
}

fn seed() -> u64 {
    number("ADDON_CONSOLE_CRASH_SEED").unwrap_or_else(|| fastrand::u64(..1_000_000))
}

/// As many rounds as fit into the time a test suite can spare; `script/crash-loop` says how many instead.
fn limits(seconds: u64) -> Limits {
    let rounds = number("ADDON_CONSOLE_CRASH_ROUNDS");
    Limits { rounds, time: rounds.is_none().then(|| Duration::from_secs(seconds)) }
}

#[test]
fn invariant_4_confirmed_keys_survive_being_killed() {
    crash_loop(&Desk::new(Slot::KeyFile), seed(), &limits(40));
}

#[test]
fn invariant_4_confirmed_keys_survive_being_killed_with_a_real_secret_service() {
    if std::env::var_os("ADDON_CONSOLE_TEST_SECRET_SERVICE").is_none() {
        println!("no Secret Service: run by script/test with ADDON_CONSOLE_TEST_SECRET_SERVICE=1");
        return;
    }
    crash_loop(&Desk::new(Slot::Keyring), seed(), &limits(15));
}
