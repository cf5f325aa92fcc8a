//! The vault against real SQLite files and a key store that can be made to fail.

mod custody;
mod records;
mod secrecy;
mod support;
