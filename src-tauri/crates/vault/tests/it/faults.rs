//! Faults in the store: which is on, how it counts down in whatever order calls are heard of, and what the chain says of it.

use std::sync::Arc;

use domain::{ActiveFault, Fault, FaultTimes, Provider, ProviderId, Timestamp};
use tempfile::{TempDir, tempdir};
use uuid::Uuid;
use vault::{Act, Vault};

use crate::support::*;

fn bench() -> (TempDir, Vault, Provider) {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    let (vault, provider) = filled(dir.path(), &keyring, "sk-test-0123456789abcdefghij");
    (dir, vault, provider)
}

fn active(fault: Fault, left: Option<u32>, since: i64) -> ActiveFault {
    ActiveFault { fault, left: left.map(|left| left.try_into().unwrap()), since: Timestamp(since) }
}

fn left(vault: &Vault) -> Option<Option<u32>> {
    vault.faults().unwrap().first().map(|(_, active)| active.left.map(FaultTimes::get))
}

/// What the chain says of faults and testing, oldest first.
fn acts(vault: &Vault) -> Vec<Act> {
    let told =
        |act: &Act| matches!(act, Act::FaultSet | Act::FaultCleared | Act::TestingOn | Act::TestingOff);
    let mut acts: Vec<Act> = vault.audit(1000, None).unwrap().iter().map(|entry| entry.act).collect();
    acts.reverse();
    acts.retain(told);
    acts
}

#[test]
fn one_is_on_until_it_is_cleared_and_goes_with_its_provider() {
    let (_dir, vault, provider) = bench();
    let first = active(Fault::Stall, None, 1);
    by(&vault).set_fault(provider.id, &first).unwrap();
    assert_eq!(vault.faults().unwrap(), [(provider.id, first)]);
    let second = active(Fault::Offline, Some(3), 2);
    by(&vault).set_fault(provider.id, &second).unwrap();
    assert_eq!(vault.faults().unwrap(), [(provider.id, second)], "one at a time");
    for _ in 0..2 {
        by(&vault).clear_fault(provider.id).unwrap();
    }
    assert_eq!(vault.faults().unwrap(), []);
    assert_eq!(acts(&vault), [Act::FaultSet, Act::FaultSet, Act::FaultCleared], "nothing to clear is no act");
    by(&vault).set_fault(provider.id, &first).unwrap();
    by(&vault).remove_provider(provider.id, false).unwrap();
    assert_eq!(vault.faults().unwrap(), []);
    assert!(by(&vault).set_fault(ProviderId(Uuid::new_v4()), &first).is_err(), "of no provider");
}

#[test]
fn calls_count_down_in_any_order_and_only_the_choice_they_met() {
    let (_dir, vault, provider) = bench();
    by(&vault).set_fault(provider.id, &active(Fault::Busy, Some(5), 10)).unwrap();
    let counted = |since, now| by(&vault).count_fault(provider.id, Timestamp(since), now).unwrap();
    counted(10, 2);
    // Heard of late.
    counted(10, 4);
    assert_eq!(left(&vault), Some(Some(2)));
    // News of an earlier choice.
    counted(9, 0);
    counted(9, 1);
    assert_eq!(left(&vault), Some(Some(2)));
    counted(10, 0);
    counted(10, 0);
    assert_eq!(left(&vault), None);
    assert_eq!(
        acts(&vault),
        [Act::FaultSet, Act::FaultCleared],
        "calls are no acts; the last one ends it, once"
    );
    // One that lasts is not counted away.
    by(&vault).set_fault(provider.id, &active(Fault::Busy, None, 11)).unwrap();
    counted(11, 0);
    assert_eq!(left(&vault), Some(None));
}

#[test]
fn testing_is_marked_once_and_for_one_application() {
    let (_dir, vault, _) = bench();
    let other = application(&vault, "Other").id;
    assert_eq!(vault.testing().unwrap(), []);
    for on in [true, true, false, false, true] {
        by(&vault).set_testing(other, on).unwrap();
    }
    assert_eq!(vault.testing().unwrap(), [other]);
    assert_eq!(acts(&vault), [Act::TestingOn, Act::TestingOff, Act::TestingOn]);
    assert!(by(&vault).set_testing(domain::ApplicationId(Uuid::new_v4()), true).is_err());
}

#[test]
fn what_is_on_is_there_after_a_restart() {
    let dir = tempdir().unwrap();
    let keyring = Arc::new(FakeKeyring::default());
    let (vault, provider) = filled(dir.path(), &keyring, "sk-test-0123456789abcdefghij");
    let on = active(Fault::KeyMissing, Some(7), 3);
    by(&vault).set_fault(provider.id, &on).unwrap();
    drop(vault);
    assert_eq!(open(dir.path(), &keyring).faults().unwrap(), [(provider.id, on)], "also while it is locked");
}
