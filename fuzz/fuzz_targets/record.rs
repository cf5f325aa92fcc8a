//! Feeds `vault::fuzzing::record`. Holds no rule of its own.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| vault::fuzzing::record(data));
