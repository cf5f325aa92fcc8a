//! Feeds `vault::fuzzing::custody_slot`. Holds no rule of its own.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| vault::fuzzing::custody_slot(data));
