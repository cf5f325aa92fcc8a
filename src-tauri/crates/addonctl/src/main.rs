//! The program `addonctl`.

fn main() -> std::process::ExitCode {
    addonctl::run()
}
