//! What this process forbids itself, so that a crash or a neighbour cannot read its memory, and what it gives back. The one
//! place with `unsafe`: it must stay this small.

/// No core files. For every face; called first thing.
pub fn harden() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // Failing to lower a limit is no reason not to start.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
}

/// No reading of memory by other processes of the same user either. For faces without a window only: it keeps
/// desktop portals from working (bitwarden/clients#10525, flatpak/xdg-desktop-portal#785).
pub fn harden_headless() {
    harden();
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Gives memory that was freed back to the system: what a burst of calls took would otherwise stay this program's for good.
/// Takes milliseconds.
pub(crate) fn give_back_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: the allocator's own call, safe from any thread at any time; it touches free memory only.
    #[allow(unsafe_code)]
    unsafe {
        libc::malloc_trim(0);
    }
}

/// A file size limit (`ulimit -f`) makes writing fail, as a full disk does, in place of ending the process. Once asked
/// for, a signal is never handed back; needs the asynchronous runtime.
pub(crate) fn outlive_size_limit() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let number = rustix::process::Signal::XFSZ.as_raw();
        let _ = signal(SignalKind::from_raw(number));
    }
}
