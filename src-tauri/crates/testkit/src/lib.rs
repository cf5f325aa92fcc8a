//! Stand-ins for tests: local upstreams, canary keys, a leak scanner, a clock that moves when told.
//!
//! For tests only; nothing that ships depends on it.

// Test code may stop on the spot; the bans are for what ships.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod clock;
pub mod leak;
pub mod memory;
pub mod scripted;
pub mod tls;
pub mod upstream;
