//! The forms of `addonctl fault` and of `addonctl app testing`.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Subcommand)]
pub(crate) enum Fault {
    /// List the failures that can be provoked, and with --app where one is on
    List(FaultList),
    /// Provoke a failure at a provider: calls meet it in the provider's place
    Set {
        /// The provider's name or id
        provider: String,
        /// As `fault list` shows it
        fault: String,
        /// Needed where several applications have a provider of this name
        #[arg(long)]
        app: Option<String>,
        /// For so many calls, 1 to 1,000; without it: until it is cleared
        #[arg(long)]
        times: Option<u32>,
    },
    /// End what is provoked at a provider
    Clear {
        /// The provider's name or id
        provider: String,
        /// Needed where several applications have a provider of this name
        #[arg(long)]
        app: Option<String>,
    },
}

#[derive(Args)]
pub(crate) struct FaultList {
    /// Those of one provider type
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// The providers of this application where one is on
    #[arg(long, conflicts_with = "kind")]
    pub(crate) app: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnOff {
    On,
    Off,
}
