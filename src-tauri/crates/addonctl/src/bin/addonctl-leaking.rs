//! `addonctl`, built so that the proxy keeps a copy of each key it opens. Exists to be caught by `tests/memory.rs`.

fn main() -> std::process::ExitCode {
    addonctl::run()
}
