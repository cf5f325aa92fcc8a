//! Feeds `proxy::fuzzing::content_type`. Holds no rule of its own.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| proxy::fuzzing::content_type(data));
