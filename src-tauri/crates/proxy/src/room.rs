//! How many connections there is room for: a fixed number, or what the operating system's file limit leaves.

use std::sync::Arc;

use tokio::sync::Semaphore;

/// What waits for its head takes a few kilobytes, so that ten thousand idlers do not keep one caller out.
pub(crate) const CONNECTIONS_MAX: usize = 16_384;

/// Places for connections. Raises this process's own file limit as far as it may be raised.
pub(crate) fn make() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(beside_the_rest(file_limit()).min(CONNECTIONS_MAX)))
}

/// Most of the limit; the rest is for calls to providers, the store, and the program around.
fn beside_the_rest(limit: usize) -> usize {
    (limit - limit / 8).min(limit.saturating_sub(256)).max(64)
}

#[cfg(unix)]
fn file_limit() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = 2 * CONNECTIONS_MAX as u64;
    let wanted = maximum.map_or(wanted, |maximum| maximum.min(wanted));
    let limit = match current {
        Some(current) if current < wanted => {
            let raised = Rlimit { current: Some(wanted), maximum };
            if setrlimit(Resource::Nofile, raised).is_ok() { wanted } else { current }
        }
        Some(current) => current,
        None => wanted,
    };
    usize::try_from(limit).unwrap_or(CONNECTIONS_MAX)
}

#[cfg(not(unix))]
fn file_limit() -> usize {
    2 * CONNECTIONS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_left_for_the_rest_and_a_little_room_always_is() {
        for (limit, room) in [(20_000, 17_500), (1024, 768), (300, 64), (0, 64)] {
            assert_eq!(beside_the_rest(limit), room, "{limit}");
        }
    }
}
