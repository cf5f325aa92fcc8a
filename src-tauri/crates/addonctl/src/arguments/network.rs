//! Forms of `network …` and `port …`.

use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Network {
    /// Show the settings and the proxy in force
    Show,
    /// Change settings; what is absent stays, an empty value removes
    Set {
        /// A PEM file with certificates to trust beside the operating system's
        #[arg(long)]
        ca_file: Option<String>,
        /// Such as http://proxy.example:3128
        #[arg(long)]
        proxy: Option<String>,
    },
}

#[derive(Subcommand)]
pub(crate) enum Port {
    /// Show the port, and whether it is pinned
    Show,
    /// Use this port and no other
    Pin { port: u16 },
    /// Use 23366, or the next free one
    Unpin,
}
