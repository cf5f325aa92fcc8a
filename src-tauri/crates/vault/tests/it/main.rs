//! The vault against real SQLite files and a key store that can be made to fail.

// Test code may stop on the spot; the bans are for what ships.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::too_many_lines)]

mod acts;
mod audit;
mod custody;
mod faults;
mod limits;
mod records;
mod retention;
mod secrecy;
mod support;
mod tapes;
