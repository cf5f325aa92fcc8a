//! What a process holds, read from outside.

use std::time::{Duration, Instant};

/// Descriptors, threads, and memory in KiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) descriptors: usize,
    pub(crate) threads: usize,
    pub(crate) memory_kb: u64,
}

impl Held {
    pub(crate) fn by(pid: u32) -> Self {
        let count = |what: &str| std::fs::read_dir(format!("/proc/{pid}/{what}")).unwrap().count();
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        let memory_kb = line.split_whitespace().next().unwrap().parse().unwrap();
        Self { descriptors: count("fd"), threads: count("task"), memory_kb }
    }

    /// Whether this is no more than `before`: not one descriptor, not one thread, at most a tenth of memory.
    pub(crate) fn is_no_more_than(self, before: Self) -> bool {
        let memory = before.memory_kb + before.memory_kb / 10;
        self.descriptors <= before.descriptors && self.threads <= before.threads && self.memory_kb <= memory
    }
}

/// Every open descriptor, to say which one was left.
pub(crate) fn names(pid: u32) -> Vec<String> {
    let files = std::fs::read_dir(format!("/proc/{pid}/fd")).unwrap().flatten();
    let mut names: Vec<_> =
        files.filter_map(|file| Some(std::fs::read_link(file.path()).ok()?.display().to_string())).collect();
    names.sort();
    names
}

/// Waits until `good` holds, at most for `bound`; what was held last.
pub(crate) async fn until(pid: u32, bound: Duration, good: impl Fn(Held) -> bool) -> (Held, Duration) {
    let began = Instant::now();
    loop {
        let held = Held::by(pid);
        if good(held) || began.elapsed() > bound {
            return (held, began.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
