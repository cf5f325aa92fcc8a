//! The real program under load and malice: slow callers, ten thousand of them, endless lines, bombs and lies from
//! upstream. What is looked at is what other callers feel, what memory it takes, and that it is given back.

// Test code may stop on the spot; the bans are for what ships.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod callers;
mod desk;
mod providers;
