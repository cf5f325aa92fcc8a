//! The command line's forms. Scripts rely on them: more may be added, none may change.

mod faults;
mod files;
mod limits;
mod network;
mod tapes;
mod vault;
mod watch;

use std::path::PathBuf;

pub(crate) use faults::{Fault, FaultList, OnOff};
pub(crate) use files::{FilePassphrase, Format};
pub(crate) use limits::{By, Limit, LimitSet, Per, Prices, Usage};
pub(crate) use network::{Network, Port, Session};
pub(crate) use tapes::{Tape, Use};
pub(crate) use vault::{Audit, CodeSource, NewPassphrase, To, Vault};
pub(crate) use watch::{Activity, Metrics};

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::ApplicationKind;

/// Configure AI AddOns, keep provider keys, run the local proxy
#[derive(Parser)]
#[command(name = "addonctl", version, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Args)]
pub(crate) struct Global {
    /// Where everything is stored
    #[arg(long, env = "ADDON_CONSOLE_DATA_DIR", global = true)]
    pub(crate) data_dir: Option<PathBuf>,
    /// Print one JSON object on standard output
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Where the vault key is kept; without it: where it is, and for a new vault the keyring
    #[arg(long, value_enum, global = true)]
    pub(crate) custody: Option<CustodyChoice>,
    /// The key file of custody key-file; stands before the command
    #[arg(long)]
    pub(crate) key_file: Option<PathBuf>,
    /// Read the passphrase from this file (first line)
    #[arg(long, global = true, conflicts_with = "passphrase_fd")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Read the passphrase from this open file descriptor
    #[arg(long, global = true)]
    pub(crate) passphrase_fd: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CustodyChoice {
    /// The operating system's keyring
    Keyring,
    /// A passphrase, from a file, a descriptor, or $CREDENTIALS_DIRECTORY/addon-console.passphrase
    Passphrase,
    /// A file that only its owner can read
    KeyFile,
    /// $CREDENTIALS_DIRECTORY/addon-console.master-v1, 64 random bytes in base64; only read
    Credentials,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Run the headless proxy
    Serve {
        /// 0 takes any free port
        #[arg(long)]
        port: Option<u16>,
    },
    /// Run the proxy with a sandbox application and print the demo page's link
    Demo {
        /// 0 takes any free port
        #[arg(long)]
        port: Option<u16>,
    },
    /// Applications
    #[command(subcommand)]
    App(App),
    /// Providers and their keys
    #[command(subcommand)]
    Provider(Provider),
    /// AddOns of an application
    #[command(subcommand)]
    Addon(AddOn),
    /// A session token from the running proxy
    Token {
        #[arg(long)]
        app: String,
        #[arg(long)]
        uid: String,
        #[arg(long)]
        origin: String,
    },
    /// Who is logged in to the running proxy
    #[command(subcommand)]
    Session(Session),
    /// The newest calls: metadata only
    #[command(args_conflicts_with_subcommands = true)]
    Activity {
        #[command(subcommand)]
        command: Option<Activity>,
        /// 1 to 1,000
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Counts for Prometheus at /metrics of the proxy
    #[command(subcommand)]
    Metrics(Metrics),
    /// Limits: how much calls may use up
    #[command(subcommand)]
    Limit(Limit),
    /// Tapes: answers recorded once and played without key and network
    #[command(subcommand)]
    Tape(Tape),
    /// What calls used and cost
    #[command(args_conflicts_with_subcommands = true)]
    Usage(Usage),
    /// Failures provoked on purpose
    #[command(subcommand)]
    Fault(Fault),
    /// CA file and corporate proxy
    #[command(subcommand)]
    Network(Network),
    /// The proxy's port
    #[command(subcommand)]
    Port(Port),
    /// The certificate for HTTPS on this machine
    #[command(subcommand)]
    Cert(Cert),
    /// The vault: state, lock, rotation, recovery
    #[command(subcommand)]
    Vault(Vault),
    /// Write settings, or keys under a passphrase, to a file
    Export {
        /// The file to write
        file: PathBuf,
        /// Keys instead of settings, in the age format
        #[arg(long)]
        keys: bool,
        /// Write over a file that is there
        #[arg(long)]
        replace: bool,
        #[command(flatten)]
        passphrase: FilePassphrase,
    },
    /// Take settings, keys, a .env file or LiteLLM's config.yaml from a file
    Import {
        /// The file to read
        file: PathBuf,
        /// Only say what would change
        #[arg(long)]
        dry_run: bool,
        /// For .env and LiteLLM: into which application
        #[arg(long)]
        app: Option<String>,
        /// For LiteLLM: a .env file with the keys that its config names
        #[arg(long)]
        env: Option<PathBuf>,
        /// Seen from the file, if absent
        #[arg(long, value_enum)]
        format: Option<Format>,
        #[command(flatten)]
        passphrase: FilePassphrase,
    },
    /// Who did what to keys and settings
    #[command(subcommand)]
    Audit(Audit),
    /// Check what stands between a host app and an answer
    Doctor {
        #[arg(long)]
        app: Option<String>,
        /// Whether pages of this origin may call
        #[arg(long)]
        origin: Option<String>,
    },
    /// Print a completion script
    Completions { shell: clap_complete::Shell },
}

#[derive(Subcommand)]
pub(crate) enum App {
    /// Add an application; its client secret is printed this once
    Add {
        name: String,
        /// email, page or popup
        #[arg(long = "type")]
        kind: ApplicationKind,
        /// An origin whose pages may call; repeat for more
        #[arg(long)]
        origin: Vec<String>,
    },
    /// List applications
    List,
    /// Remove an application with its AddOns, providers and keys
    Remove { app: String },
    /// Make a new client secret; the old one works 24 hours more
    Secret { app: String },
    /// Refuse its logins and calls until it is enabled again
    Disable { app: String },
    /// Let it work again
    Enable { app: String },
    /// Whether its pages may log end users in without the client secret, at /proxy/bee-auth
    BeeAuth {
        app: String,
        #[arg(value_enum)]
        state: OnOff,
    },
    /// Whether clients that are no browser may use its tokens
    Programs {
        app: String,
        #[arg(value_enum)]
        state: OnOff,
    },
    /// Whether its sessions may provoke failures by the header X-Addon-Console-Fault
    Testing {
        app: String,
        #[arg(value_enum)]
        state: OnOff,
    },
}

#[derive(Args)]
#[group(multiple = false)]
pub(crate) struct KeySource {
    /// Read the key from standard input
    #[arg(long)]
    pub(crate) key_stdin: bool,
    /// Read the key from this file
    #[arg(long)]
    pub(crate) key_file: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum Provider {
    /// Add a provider
    Add {
        name: String,
        #[arg(long)]
        app: String,
        /// As `provider kinds` lists it: openai, azure-openai, anthropic, azure-vision, deepl, stability,
        /// openai-compatible or sandbox
        #[arg(long)]
        kind: String,
        /// Any address of an Azure resource is split into endpoint, deployment and api-version
        #[arg(long)]
        base_url: Option<String>,
        #[arg(long)]
        model: Option<String>,
        /// Azure's word for the model
        #[arg(long, conflicts_with = "model")]
        deployment: Option<String>,
        /// What else the kind takes, such as api-version=2024-10-21; repeat for more
        #[arg(long, value_name = "NAME=VALUE")]
        option: Vec<String>,
        /// Consent to plain HTTP towards another machine
        #[arg(long)]
        allow_plain_http: bool,
        /// Ask the provider whether the key works, after storing it
        #[arg(long)]
        test: bool,
        #[command(flatten)]
        key: KeySource,
    },
    /// List the kinds there are and what each takes
    Kinds,
    /// Change name, model or options
    Edit {
        name: String,
        #[arg(long)]
        app: String,
        #[arg(long)]
        rename: Option<String>,
        /// Empty for the kind's own
        #[arg(long)]
        model: Option<String>,
        /// Azure's word for the model
        #[arg(long, conflicts_with = "model")]
        deployment: Option<String>,
        /// All the options; repeat for more
        #[arg(long, value_name = "NAME=VALUE")]
        option: Vec<String>,
    },
    /// List the models the key may use
    Models {
        name: String,
        #[arg(long)]
        app: String,
    },
    /// List an application's providers
    List {
        #[arg(long)]
        app: String,
    },
    /// Show a provider
    Show {
        name: String,
        #[arg(long)]
        app: String,
    },
    /// Test stage by stage: name, connection, TLS, key, model, capability, quota, first byte
    Test {
        name: String,
        #[arg(long)]
        app: String,
    },
    /// Store a new key in place of the old one
    Rotate {
        name: String,
        #[arg(long)]
        app: String,
        /// Keep the old key so many hours, 1 to 168, and return to it if the new one is rejected
        #[arg(long, value_name = "HOURS")]
        overlap: Option<u32>,
        /// Ask the provider whether the key works, after storing it
        #[arg(long)]
        test: bool,
        #[command(flatten)]
        key: KeySource,
    },
    /// Return to the key before, while it is kept
    Return {
        name: String,
        #[arg(long)]
        app: String,
    },
    /// Switch a provider off; its key stays
    Deactivate {
        name: String,
        #[arg(long)]
        app: String,
    },
    /// Switch a provider on
    Activate {
        name: String,
        #[arg(long)]
        app: String,
    },
    /// Remove a provider and its key
    Remove {
        name: String,
        #[arg(long)]
        app: String,
        /// Rotate the vault key too, so that old copies of the database cannot give the key back
        #[arg(long)]
        shred: bool,
    },
}

#[derive(Args)]
pub(crate) struct Changes {
    /// A provider, by name; repeat for more: the next is asked when one is down or busy
    #[arg(long)]
    pub(crate) provider: Vec<String>,
    /// A setting in Beefree's name, such as tokensAvailable=1000; an empty value removes it
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) set: Vec<String>,
}

#[derive(Subcommand)]
pub(crate) enum AddOn {
    /// List AddOns and how they stand
    List {
        #[arg(long)]
        app: String,
    },
    /// Show an AddOn
    Show {
        handle: String,
        #[arg(long)]
        app: String,
    },
    /// Install an AddOn, switched off
    Install {
        handle: String,
        #[arg(long)]
        app: String,
        #[command(flatten)]
        changes: Changes,
    },
    /// Switch an AddOn on
    Enable {
        handle: String,
        #[arg(long)]
        app: String,
        #[command(flatten)]
        changes: Changes,
    },
    /// Switch an AddOn off
    Disable {
        handle: String,
        #[arg(long)]
        app: String,
        #[command(flatten)]
        changes: Changes,
    },
}

#[derive(Subcommand)]
pub(crate) enum Cert {
    /// Show the certificate and which browsers trust it
    Show,
    /// Make a certificate, in place of the old one
    Make,
    /// Add its authority to this user's browsers; say how where that cannot be done
    Install,
    /// Take its authority out of this user's browsers and end HTTPS
    Remove,
}
