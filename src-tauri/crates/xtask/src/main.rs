//! Chores of the repository, run as `cargo xtask CHORE`. Writes generated files; checks that they are fresh.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod api_page;
mod fault_page;
mod permissions;
mod provider_table;
mod types;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let check = words.iter().any(|word| word == "--check");
    match words.first().map(String::as_str) {
        Some("codegen") => {
            let types = generated("ui/console/src/ipc/generated.ts", &types::typescript(), check);
            let permissions =
                generated("src-tauri/capabilities/main.json", &permissions::of_main_window(), check);
            let providers = generated("docs/providers.md", &provider_table::page(), check);
            let faults = generated("docs/faults.md", &fault_page::page(), check);
            let document = proxy::openapi::document();
            let openapi = generated("docs/openapi.json", &format!("{document:#}\n"), check);
            let page = generated("docs/proxy-api.md", &api_page::of(&document), check);
            let fresh = types && permissions && providers && faults && openapi && page;
            if fresh { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        _ => {
            eprintln!("usage: cargo xtask codegen [--check]");
            ExitCode::from(2)
        }
    }
}

/// Writes `text` to `path` below the repository's root, or with `check` only says whether it is already there.
fn generated(path: &str, text: &str, check: bool) -> bool {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..").join(path);
    if std::fs::read_to_string(&file).is_ok_and(|present| present == text) {
        println!("{path} is fresh");
        return true;
    }
    if check {
        eprintln!("{path} is stale: run `cargo xtask codegen`");
        return false;
    }
    let written =
        file.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&file, text));
    match written {
        Ok(()) => {
            println!("{path} written");
            true
        }
        Err(error) => {
            eprintln!("{path} cannot be written: {error}");
            false
        }
    }
}
