//! Feeds `proxy::fuzzing::bearer`. Holds no rule of its own.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| proxy::fuzzing::bearer(data));
