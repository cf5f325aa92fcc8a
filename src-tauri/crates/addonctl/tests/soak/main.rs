//! The real program for a long time in a short one: thousands of calls of every sort, many of them left half-way, and
//! then it must hold what it held before. And how soon upstream hears of a caller that has left.
//!
//! Ordinarily 5,000 calls against the test build; `benches/soak` runs 100,000 against the release build.
#![cfg(target_os = "linux")]
// Test code may stop on the spot, and says its figures; the bans are for what ships.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod abort;
mod callers;
mod desk;
mod kinds;
mod rest;
mod soak;
mod upstream;
mod wire;
