//! Feeds `providers::fuzzing::sse`. Holds no rule of its own.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| providers::fuzzing::sse(data));
