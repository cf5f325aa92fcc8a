//! Forms of `activity …` and `metrics …`.

use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Activity {
    /// Show how much is kept, or set it; older calls beyond it go at once
    Retention {
        /// 1,000 to 1,000,000
        #[arg(long)]
        rows: Option<u32>,
        /// 1 to 3,650
        #[arg(long)]
        days: Option<u32>,
        /// How large the database may become by it, 8 to 1,024
        #[arg(long)]
        megabytes: Option<u32>,
    },
}

#[derive(Clone, Copy, Subcommand)]
pub(crate) enum Metrics {
    /// Let the proxy tell them
    On,
    /// Answer 404 again
    Off,
    /// Whether they are on, and where
    Show,
}
