//! Forms of `network …`, `port …` and `session …`.

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

#[derive(Subcommand)]
pub(crate) enum Session {
    /// List sessions
    List,
    /// End one session, or all of an application
    #[command(group = clap::ArgGroup::new("which").required(true))]
    Revoke {
        /// As `session list` shows it
        #[arg(group = "which")]
        id: Option<uuid::Uuid>,
        /// Every session of this application
        #[arg(long, group = "which")]
        app: Option<String>,
    },
}
