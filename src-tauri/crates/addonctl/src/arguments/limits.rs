//! The forms of `addonctl limit` and `addonctl usage`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Subcommand)]
pub(crate) enum Limit {
    /// List limits and what is left of them
    List {
        /// Of this application only
        #[arg(long)]
        app: Option<String>,
    },
    /// Set a limit, or the amount of the one there is of the same kind
    Set(LimitSet),
    /// Remove a limit and its counts
    Remove {
        /// As `limit list` shows it
        id: uuid::Uuid,
    },
}

#[derive(Args)]
pub(crate) struct LimitSet {
    #[arg(long)]
    pub(crate) app: String,
    /// Of this AddOn; without it: of every call, pass-through included
    #[arg(long, value_name = "HANDLE")]
    pub(crate) addon: Option<String>,
    /// Give each end user a count of their own
    #[arg(long, conflicts_with = "uid")]
    pub(crate) each_uid: bool,
    /// Count this end user only
    #[arg(long)]
    pub(crate) uid: Option<String>,
    /// When the count begins anew (calendar, UTC)
    #[arg(long, value_enum)]
    pub(crate) per: Per,
    /// So many tokens, in and out
    #[arg(long, group = "amount")]
    pub(crate) tokens: Option<u64>,
    /// So many images, made or described
    #[arg(long, group = "amount")]
    pub(crate) images: Option<u64>,
    /// So many characters, translated
    #[arg(long, group = "amount")]
    pub(crate) characters: Option<u64>,
    /// So many US dollars by the price list, such as 2.50
    #[arg(long, group = "amount")]
    pub(crate) usd: Option<f64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Per {
    Day,
    Month,
    /// It never does
    Total,
}

#[derive(Args)]
pub(crate) struct Usage {
    #[command(subcommand)]
    pub(crate) command: Option<Prices>,
    /// By what it is added up
    #[arg(long, value_enum, default_value_t = By::Day)]
    pub(crate) by: By,
    /// The last days, today included
    #[arg(long, default_value_t = 30)]
    pub(crate) days: u32,
    /// Of this application only
    #[arg(long)]
    pub(crate) app: Option<String>,
    /// Print CSV: a line for each day, application, AddOn, provider and model
    #[arg(long)]
    pub(crate) csv: bool,
}

#[derive(Subcommand)]
pub(crate) enum Prices {
    /// Show the price list in force, or take another
    Prices {
        /// Take the list of this file
        #[arg(long)]
        file: Option<PathBuf>,
        /// Back to this version's own list
        #[arg(long, conflicts_with = "file")]
        reset: bool,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    Day,
    Addon,
    Provider,
    Application,
}
