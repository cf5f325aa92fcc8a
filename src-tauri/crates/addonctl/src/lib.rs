//! `addonctl`: the console's use cases for terminals, servers and CI. Links no window; holds no rule.
//!
//! A library only so that the binary that leaks on purpose (`src/bin`) can be the same program.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
mod back_end;
mod commands;
mod failure;
mod key_input;
mod output;
mod passphrase;

use std::process::ExitCode;
use std::time::Duration;

use clap::{CommandFactory as _, Parser as _};
use zeroizing_alloc::ZeroAlloc;

use arguments::{Arguments, Command};
use failure::Failure;

/// Wipes every allocation as it is freed: a key leaves no copy behind in memory that is used again.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

/// A thread for blocking work that waited this long for some ends. The console's chores come every five seconds and take turns
/// at all that wait: with the usual ten, none of those that a burst of calls made would ever end.
const KEEP_ALIVE: Duration = Duration::from_secs(2);

/// Runs the command line.
#[must_use]
pub fn run() -> ExitCode {
    console::harden_headless();
    let arguments = Arguments::parse();
    if let Command::Completions { shell } = arguments.command {
        clap_complete::generate(shell, &mut Arguments::command(), "addonctl", &mut std::io::stdout());
        return ExitCode::SUCCESS;
    }
    let json = arguments.global.json;
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_keep_alive(KEEP_ALIVE)
        .build()
    {
        Ok(runtime) => runtime,
        Err(_) => return Failure::system("The operating system refuses to start threads.").report(json),
    };
    match runtime.block_on(commands::run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(json),
    }
}
