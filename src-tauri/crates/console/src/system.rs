//! The real clock, the real random source, the real data directory, and the way to blocking work.

use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use domain::{Clock, NoRandom, Random, Timestamp};

use crate::api::{ApiError, Code};

/// The operating system's clocks.
pub struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The operating system's random source.
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandom> {
        getrandom::fill(bytes).map_err(|_| NoRandom)
    }
}

/// The platform's place for a program's data, such as `~/.local/share/addon-console`.
#[must_use]
pub fn default_data_dir() -> Option<PathBuf> {
    let dirs = directories::ProjectDirs::from("dev", "AddOn Console", "addon-console")?;
    Some(dirs.data_local_dir().to_path_buf())
}

/// Where a browser would save a file.
pub(crate) fn downloads() -> Option<PathBuf> {
    let dirs = directories::UserDirs::new()?;
    dirs.download_dir().or_else(|| Some(dirs.home_dir())).map(std::path::Path::to_path_buf)
}

/// Runs blocking work on a thread made for it.
pub(crate) async fn blocking<R: Send + 'static>(
    work: impl FnOnce() -> R + Send + 'static,
) -> Result<R, ApiError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        ApiError::new(
            Code::Internal,
            "The console failed while working on its store.",
            "Try again; if it stays, restart it.",
        )
    })
}
