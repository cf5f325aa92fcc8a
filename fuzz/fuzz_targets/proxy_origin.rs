//! Feeds `proxy::fuzzing::origin`. Holds no rule of its own.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| proxy::fuzzing::origin(data));
