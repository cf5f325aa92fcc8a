//! `fake-provider`: the stand-in upstream as a program, so that end-to-end tests in any language can start it.
//!
//! Prints `{"event":"listening","url":…}` first. A behaviour as JSON on a line of standard input
//! (`"unauthorized"`, `{"stall":3}`) holds from the next request on and is answered by `{"event":"behaviour"}`.
//! Its log is [`Options::log`].

use std::fs;
use std::io::{self, BufRead as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Parser, ValueEnum};
use serde_json::{Value, json};
use testkit::upstream::{Behaviour, Dialect, Options, Upstream};

/// A local server that behaves like an AI provider.
#[derive(Parser)]
struct Arguments {
    /// Which provider to be
    #[arg(long, value_enum)]
    dialect: Provider,
    /// Speak TLS with a certificate of a test CA
    #[arg(long)]
    tls: bool,
    /// File that holds the only key to accept
    #[arg(long)]
    expect_key_file: Option<PathBuf>,
    /// File to write the test CA's certificate to
    #[arg(long)]
    ca_out: Option<PathBuf>,
    /// File to write a line to for each request
    #[arg(long)]
    log: Option<PathBuf>,
    /// A word every answer holds
    #[arg(long, default_value = "MARKER")]
    marker: String,
    /// How to behave at first, as JSON
    #[arg(long, default_value = "\"ok\"", value_parser = behaviour)]
    behaviour: Behaviour,
    /// Port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
}

#[derive(Clone, Copy, ValueEnum)]
enum Provider {
    Openai,
    Anthropic,
}

fn behaviour(text: &str) -> Result<Behaviour, serde_json::Error> {
    serde_json::from_str(text)
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let expect_key = arguments.expect_key_file.map(fs::read_to_string).transpose()?;
    let options = Options {
        tls: arguments.tls,
        expect_key: expect_key.map(|key| key.trim().to_owned()),
        marker: arguments.marker,
        behaviour: arguments.behaviour,
        port: arguments.port,
        log: arguments.log,
        ..Options::default()
    };
    let dialect = match arguments.dialect {
        Provider::Openai => Dialect::OpenAi,
        Provider::Anthropic => Dialect::Anthropic,
    };
    let upstream = Arc::new(Upstream::start(dialect, options).await);
    if let (Some(file), Some(pem)) = (arguments.ca_out, upstream.ca_pem()) {
        fs::write(file, pem)?;
    }
    say(&json!({"event": "listening", "url": upstream.base_url()}))?;
    // Standard input blocks, so it has a thread of its own; its end ends nothing.
    std::thread::spawn(move || obey(&upstream));
    std::future::pending().await
}

fn say(event: &Value) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{event}")?;
    out.flush()
}

fn obey(upstream: &Upstream) {
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        let event = match behaviour(&line) {
            Ok(told) => {
                upstream.set_behaviour(told);
                json!({"event": "behaviour", "behaviour": told})
            }
            Err(error) => json!({"event": "error", "message": error.to_string()}),
        };
        // Nobody reads any more: go on serving.
        let _ = say(&event);
    }
}
