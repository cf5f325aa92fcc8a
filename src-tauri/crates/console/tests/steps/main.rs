//! An import meets a fault at every step in turn: the step fails, or the process ends there. What is found afterwards opens,
//! and the same files imported again leave what they would have left at once.
//!
//! Built with the feature `faults`: `cargo test -p console --features faults --test steps`.

// Test code may stop on the spot; the bans are for what ships.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod desk;

use std::path::PathBuf;
use std::process::{Command, Stdio};

use desk::{Desk, alone};
use vault::faults::Fault;

const FOLDER: &str = "IMPORT_STEPS_FOLDER";
const AT: &str = "IMPORT_STEPS_AT";

/// Not a test of its own: the process that is ended in the middle of an import.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let at = std::env::var(AT).unwrap().parse().unwrap();
    let _ = Desk(PathBuf::from(folder)).import(Some((at, Fault::Abort)));
}

fn whole() -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::new(folder.path().join("whole"));
    let before = desk.view();
    let steps = desk.import(None).unwrap();
    assert_ne!(desk.view(), before);
    (desk.view(), steps)
}

#[test]
fn invariant_4_an_import_that_fails_at_any_step_can_be_run_again() {
    let (after, steps) = whole();
    let folder = tempfile::tempdir().unwrap();
    let mut half = 0;
    for (at, step) in steps.iter().enumerate() {
        let desk = Desk::new(folder.path().join(at.to_string()));
        let before = desk.view();
        let outcome = desk.import(Some((at, Fault::Error)));
        let found = desk.view();
        half += usize::from(found != before && found != after);
        assert!(
            outcome.is_err() || found == after,
            "step {at} ({step}) failed, and the import said it was done"
        );
        desk.import(None).unwrap_or_else(|error| panic!("step {at} ({step}) failed, then: {error}"));
        assert_eq!(desk.view(), after, "step {at} ({step})");
    }
    assert!(half > 0, "no step was half-way");
    println!("{} steps, {half} of them half-way", steps.len());
}

#[test]
fn invariant_4_an_import_that_is_ended_at_any_step_can_be_run_again() {
    let (after, steps) = whole();
    let folder = tempfile::tempdir().unwrap();
    for (at, step) in steps.iter().enumerate() {
        let desk = Desk::new(folder.path().join(at.to_string()));
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "child"]).env(FOLDER, &desk.0).env(AT, at.to_string());
        child.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = {
            let _alone = alone();
            child.spawn().unwrap()
        };
        let ended = child.wait_with_output().unwrap();
        let signal = std::os::unix::process::ExitStatusExt::signal(&ended.status);
        assert_eq!(signal, Some(6), "step {at} ({step}): the process was not ended there: {ended:?}");
        // Whatever it is, it opens.
        let _ = desk.view();
        desk.import(None).unwrap_or_else(|error| panic!("step {at} ({step}) was the end, then: {error}"));
        assert_eq!(desk.view(), after, "step {at} ({step}) was the end");
    }
}
