//! Takes an act once to learn its steps, then again and again with a fault at each of them.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use vault::faults::{self, Fault};

use crate::acts::{Act, named};
use crate::desk::{Desk, View};

const ACT: &str = "VAULT_STEPS_ACT";
const FOLDER: &str = "VAULT_STEPS_FOLDER";
const AT: &str = "VAULT_STEPS_AT";

/// What stands before an act, what after it, and its steps.
struct Known {
    act: &'static Act,
    template: Desk,
    scratch: TempDir,
    before: View,
    after: View,
    steps: Vec<String>,
}

pub(crate) fn try_every_step(act: &'static Act) {
    let known = Known::learn(act);
    assert!(known.before != known.after, "{} changes nothing that counts", act.name);
    for at in 0..known.steps.len() {
        known.fails(at);
        known.is_ended(at);
    }
    println!("{}: {} steps", act.name, known.steps.len());
}

impl Known {
    fn learn(act: &'static Act) -> Self {
        // In memory, where there is a place for that: what a lost disk does to files is not what is tried here.
        let memory = Path::new("/dev/shm");
        let scratch =
            if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let template = Desk::new(&scratch.path().join("template"));
        (act.prepare)(&template);
        let before = template.copy_to(&scratch.path().join("before")).view();
        let whole = template.copy_to(&scratch.path().join("whole"));
        let vault = whole.open();
        faults::arm(None);
        (act.run)(&whole, &vault).unwrap();
        let steps = faults::disarm();
        drop(vault);
        Self { act, template, before, after: whole.view(), steps, scratch }
    }

    /// A fresh copy of what stands before.
    fn desk(&self, name: &str) -> Desk {
        let folder = self.scratch.path().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        self.template.copy_to(&folder)
    }

    fn what(&self, at: usize) -> String {
        format!("{}, step {at} ({})", self.act.name, self.steps[at])
    }

    /// The step fails: the act is done nevertheless, or says that it is not and has changed nothing; and then the same
    /// program can try again.
    fn fails(&self, at: usize) {
        let (what, desk) = (self.what(at), self.desk("fails"));
        let vault = desk.open();
        faults::arm(Some((at, Fault::Error)));
        let outcome = (self.act.run)(&desk, &vault);
        let taken = faults::disarm();
        assert!(taken.len() > at, "{what} was not reached");
        let folder = self.scratch.path().join("found");
        let _ = std::fs::remove_dir_all(&folder);
        let found = desk.copy_to(&folder).view();
        if let Err(error) = outcome {
            if !self.act.heals || found != self.after {
                assert_eq!(found, self.before, "{what} failed ({error:?}) and has changed something");
            }
            let again = (self.act.run)(&desk, &vault);
            assert!(again.is_ok(), "{what} failed, and cannot be tried again: {again:?}");
        } else {
            assert_eq!(found, self.after, "{what} failed, and the act said that it was done");
        }
        drop(vault);
        assert_eq!(desk.view(), self.after, "{what} failed, the act was done in the end");
    }

    /// The process ends at the step: a new start finds the one or the other, and can do the act.
    fn is_ended(&self, at: usize) {
        let (what, desk) = (self.what(at), self.desk("ended"));
        let ended = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child"])
            .env(ACT, self.act.name)
            .env(FOLDER, &desk.0)
            .env(AT, at.to_string())
            .output()
            .unwrap();
        let signal = std::os::unix::process::ExitStatusExt::signal(&ended.status);
        assert_eq!(signal, Some(6), "{what}: the process was not ended there: {ended:?}");
        let found = desk.view();
        if found == self.before {
            (self.act.run)(&desk, &desk.open()).unwrap_or_else(|error| panic!("{what}: {error:?}"));
            assert_eq!(desk.view(), self.after, "{what} was the end, and the act cannot be done any more");
        } else {
            assert_eq!(found, self.after, "{what} was the end, and left neither the one nor the other");
        }
    }
}

/// Does what the runner started this process for, if it did.
pub(crate) fn child() {
    let Ok(act) = std::env::var(ACT) else { return };
    let desk = Desk(Path::new(&std::env::var_os(FOLDER).unwrap()).to_owned());
    let at = std::env::var(AT).unwrap().parse().unwrap();
    let vault = desk.open();
    faults::arm(Some((at, Fault::Abort)));
    let _ = (named(&act).run)(&desk, &vault);
}
