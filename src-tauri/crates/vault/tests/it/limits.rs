//! Limits in the store: what a ledger says is there after a crash, and no uid is.

use domain::limits::*;
use domain::{ApplicationId, CallId, Timestamp, Uid};
use tempfile::tempdir;
use uuid::Uuid;

use crate::support::*;

fn limit(application: ApplicationId, whose: Whose, amount: u64) -> Limit {
    let (period, unit) = (Period::Day, Unit::Tokens);
    Limit { id: LimitId(Uuid::new_v4()), application, addon: None, whose, period, unit, amount }
}

#[test]
fn invariant_8_counts_and_holds_are_there_after_a_crash_and_no_uid_is() {
    let dir = tempdir().unwrap();
    let vault = open_with_passphrase(dir.path(), "correct horse");
    let application = application(&vault, "Mailer").id;
    let uid = Uid::parse("giulia-bianchi-1984").unwrap();
    let person = vault.pseudonyms().unwrap().of(application, &uid);
    let each = limit(application, Whose::Each, 100);
    let one = limit(application, Whose::One(person), 70);
    for limit in [&each, &one] {
        assert_eq!(by(&vault).set_limit(limit).unwrap(), limit.id);
    }
    let asker = Asker { application, addon: None, person };
    let mut ledger = Ledger::reopen(vault.limits().unwrap(), vault.kept_counts().unwrap());
    let order = Order { input: 30, ..Order::default() };
    let at = Timestamp(0);
    for nth in [1, 2] {
        ledger.reserve(CallId(Uuid::from_u128(nth)), &asker, at, &order).unwrap();
    }
    vault.keep_counts(&ledger.take_changes(), false).unwrap();
    ledger.settle(CallId(Uuid::from_u128(1)), &Amounts { tokens: 12, ..Amounts::default() });
    vault.keep_counts(&ledger.take_changes(), false).unwrap();
    // No goodbye.
    drop(vault);
    let vault = open_with_passphrase(dir.path(), "correct horse");
    assert_eq!(vault.pseudonyms().unwrap().of(application, &uid), person, "the same after a restart");
    let mut ledger = Ledger::reopen(vault.limits().unwrap(), vault.kept_counts().unwrap());
    vault.keep_counts(&ledger.take_changes(), true).unwrap();
    for again in [false, true] {
        let counts: Vec<Count> =
            ledger.standings_of(&asker, at).into_iter().map(|standing| standing.count).collect();
        assert_eq!(counts, [Count { used: 42, assumed: 30 }; 2], "{again}");
        ledger = Ledger::reopen(vault.limits().unwrap(), vault.kept_counts().unwrap());
    }
    drop(vault);
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(6).any(|window| window == b"giulia"), "{}", path.display());
        }
    }
}

#[test]
fn a_limit_of_the_same_kind_gets_the_new_amount_and_keeps_its_counts() {
    let dir = tempdir().unwrap();
    let vault = open_with_passphrase(dir.path(), "correct horse");
    let application = application(&vault, "Mailer").id;
    let first = limit(application, Whose::Everyone, 100);
    by(&vault).set_limit(&first).unwrap();
    let key = Key { limit: first.id, person: None, window: 0 };
    let count = (key, Count { used: 5, assumed: 0 });
    vault.keep_counts(&Changes { counts: vec![count], calls: Vec::new() }, false).unwrap();
    let again = limit(application, Whose::Everyone, 200);
    assert_eq!(by(&vault).set_limit(&again).unwrap(), first.id);
    assert_eq!(vault.limits().unwrap(), [Limit { amount: 200, ..first.clone() }]);
    assert_eq!(vault.kept_counts().unwrap().counts, [count]);
    by(&vault).remove_limit(&first).unwrap();
    assert_eq!(vault.kept_counts().unwrap(), Kept::default());
    // A call that ends later finds its limit gone.
    vault.keep_counts(&Changes { counts: vec![count], calls: Vec::new() }, false).unwrap();
    assert_eq!(vault.kept_counts().unwrap(), Kept::default());
}
