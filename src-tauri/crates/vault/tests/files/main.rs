//! Files as they may be found: written by earlier versions, with a bit flipped, a page damaged, an end cut off; and
//! what stays in them of a key that is gone. The right state each time, and nothing written over.

// Test code may stop on the spot; the bans are for what ships.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bits;
mod pages;
mod past_schemas;
mod remnants;
#[path = "../it/support.rs"]
#[expect(dead_code, reason = "the other tests need more of it")]
mod support;

use std::path::{Path, PathBuf};

/// The database of a data directory.
fn database(dir: &Path) -> PathBuf {
    dir.join("addon-console.db")
}
