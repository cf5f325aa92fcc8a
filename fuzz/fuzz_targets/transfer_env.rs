//! Feeds `transfer::fuzzing::env`. Holds no rule of its own.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| transfer::fuzzing::env(data));
