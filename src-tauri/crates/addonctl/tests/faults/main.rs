//! What can happen to the real program from outside: killed, no keyring, no room on the disk.

// Test code may stop on the spot; the bans are for what ships.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]
#![cfg(target_os = "linux")]

mod crash;
mod desk;
mod disk;
mod keyring;
