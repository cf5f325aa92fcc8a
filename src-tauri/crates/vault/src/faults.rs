//! Faults at each step of an act, for tests alone: built with the feature `faults` only, and asleep until a test arms it
//! in its own thread.
//!
//! A step is whatever can fail on its own: each statement that writes, each begin, commit and checkpoint, as SQLite's
//! authorizer sees them; and whatever a test's own key store reports. New statements are steps without a word here.

use std::cell::RefCell;

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization, TransactionOperation};

/// What happens at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It fails, and so does nothing.
    Error,
    /// The process ends there, without another word.
    Abort,
}

#[derive(Default)]
struct Armed {
    steps: Vec<String>,
    fault: Option<(usize, Fault)>,
}

thread_local! {
    static ARMED: RefCell<Option<Armed>> = const { RefCell::new(None) };
}

/// From now on this thread's steps are counted, and the one of this number, from 0, meets this fault.
pub fn arm(fault: Option<(usize, Fault)>) {
    ARMED.set(Some(Armed { steps: Vec::new(), fault }));
}

/// Ends that; the steps that were taken, by name.
#[must_use]
pub fn disarm() -> Vec<String> {
    ARMED.take().map(|armed| armed.steps).unwrap_or_default()
}

/// A step of a key store. Whether it may be taken.
#[must_use]
pub fn step(name: &str) -> bool {
    ARMED.with_borrow_mut(|armed| {
        let Some(armed) = armed else { return true };
        armed.steps.push(name.to_owned());
        match armed.fault {
            Some((at, Fault::Abort)) if armed.steps.len() == at + 1 => std::process::abort(),
            Some((at, Fault::Error)) => armed.steps.len() != at + 1,
            _ => true,
        }
    })
}

/// Makes steps of what `connection` writes.
pub(crate) fn watch(connection: &Connection) -> rusqlite::Result<()> {
    connection.authorizer(Some(|context: AuthContext<'_>| match name(&context.action) {
        Some(name) if !same_again(&name) && !step(&name) => Authorization::Deny,
        _ => Authorization::Allow,
    }))
}

fn name(action: &AuthAction<'_>) -> Option<String> {
    match action {
        AuthAction::Insert { table_name } => Some(format!("insert {table_name}")),
        AuthAction::Delete { table_name } => Some(format!("delete {table_name}")),
        // Once for each column.
        AuthAction::Update { table_name, .. } => Some(format!("update {table_name}")),
        AuthAction::Transaction { operation: TransactionOperation::Begin } => Some("begin".to_owned()),
        AuthAction::Transaction { operation: TransactionOperation::Unknown } => Some("commit".to_owned()),
        AuthAction::Pragma { pragma_name: "wal_checkpoint", .. } => Some("checkpoint".to_owned()),
        _ => None,
    }
}

/// The columns of one update are one step.
fn same_again(name: &str) -> bool {
    let last = ARMED.with_borrow(|armed| armed.as_ref().and_then(|armed| armed.steps.last().cloned()));
    name.starts_with("update") && last.as_deref() == Some(name)
}
