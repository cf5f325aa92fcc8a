//! Feeds the readers of foreign import files, which may refuse anything and may stop at nothing.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = transfer::read_env(data);
    let _ = transfer::read_litellm(data);
    if let Ok(settings) = transfer::Settings::read(data) {
        let again = transfer::Settings::read(settings.write().as_bytes());
        assert!(again.is_ok(), "what is written cannot be read");
    }
});
