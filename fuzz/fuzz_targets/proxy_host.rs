//! Feeds `proxy::fuzzing::host`. Holds no rule of its own.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| proxy::fuzzing::host(data));
