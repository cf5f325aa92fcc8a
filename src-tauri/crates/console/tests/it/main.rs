//! The whole back end, as its faces use it: a console on a real data directory, its proxy on a real port, called by a
//! client that can send anything, and an upstream that behaves like OpenAI or Anthropic.

// Test code may stop on the spot; the bans are for what ships.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::too_many_lines)]

mod answers;
mod clients;
mod control;
mod diagnosis;
mod failures;
mod fallback;
mod faults;
mod faults_table;
mod gate;
mod hostile;
mod https;
mod limits;
mod limits_more;
mod metrics;
mod openapi;
mod pass_through;
mod pictures;
mod ports;
mod privacy;
mod sessions;
mod support;
mod tapes;
mod templates;
mod transfer;
mod transfer_desk;
mod transfer_foreign;
mod transfer_keys;
mod trust;
mod vaulting;
