//! What is counted for Prometheus, from when it is switched on. Labels are closed: routes, types of providers, causes;
//! nothing a caller sent can become one. Counting costs a call a few lookups and never waits for a scrape.

use std::sync::atomic::{AtomicBool, Ordering};

use domain::{Activity, Cause, ProviderKind};
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// The text's media type.
pub(crate) const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Seconds: from a refusal to a long stream.
const DURATIONS: [f64; 13] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 600.0];
/// In place of a provider or a cause where there is none.
const NONE: &str = "none";

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Ended {
    route: &'static str,
    provider: String,
    class: &'static str,
    cause: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct By {
    provider: String,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Tokens {
    provider: String,
    kind: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct On {
    route: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Why {
    cause: &'static str,
}

type Durations = Family<On, Histogram, fn() -> Histogram>;

fn durations() -> Histogram {
    Histogram::new(DURATIONS)
}

/// Every count there is.
pub(crate) struct Metrics {
    shown: AtomicBool,
    registry: Registry,
    calls: Family<Ended, Counter>,
    refusals: Family<Why, Counter>,
    upstream: Family<By, Counter>,
    tokens: Family<Tokens, Counter>,
    images: Family<By, Counter>,
    characters: Family<By, Counter>,
    durations: Durations,
    connections: Gauge,
    sessions: Gauge,
    dropped: Counter,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut all = Self {
            shown: AtomicBool::new(false),
            registry: Registry::with_prefix("addon_console"),
            calls: Family::default(),
            refusals: Family::default(),
            upstream: Family::default(),
            tokens: Family::default(),
            images: Family::default(),
            characters: Family::default(),
            durations: Family::new_with_constructor(durations),
            connections: Gauge::default(),
            sessions: Gauge::default(),
            dropped: Counter::default(),
        };
        let to = &mut all.registry;
        to.register("calls", "Calls of AddOns and of providers' own APIs that ended", all.calls.clone());
        to.register("refusals", "Requests answered with an error of the proxy's", all.refusals.clone());
        to.register("upstream_calls", "Requests sent to providers, each try counted", all.upstream.clone());
        to.register("tokens", "Tokens that providers reported", all.tokens.clone());
        to.register("images", "Images made or described", all.images.clone());
        to.register("characters", "Characters translated", all.characters.clone());
        to.register(
            "call_duration_seconds",
            "From reading a request to the end of its reply",
            all.durations.clone(),
        );
        to.register("open_connections", "Connections that are open", all.connections.clone());
        to.register("sessions", "End users that are logged in", all.sessions.clone());
        to.register("activity_rows_dropped", "Ended calls that could not be kept", all.dropped.clone());
        all
    }

    pub(crate) fn show(&self, on: bool) {
        self.shown.store(on, Ordering::Relaxed);
    }

    fn counts(&self) -> bool {
        self.shown.load(Ordering::Relaxed)
    }

    /// A request got an error reply.
    pub(crate) fn refused(&self, cause: Cause) {
        if !self.counts() {
            return;
        }
        self.refusals.get_or_create(&Why { cause: cause.word() }).inc();
    }

    /// A provider is asked.
    pub(crate) fn asked(&self, provider: Option<&ProviderKind>) {
        if !self.counts() {
            return;
        }
        self.upstream.get_or_create(&by(provider)).inc();
    }

    /// A call ended.
    pub(crate) fn ended(&self, row: &Activity) {
        if !self.counts() {
            return;
        }
        let By { provider } = by(row.provider_kind.as_ref());
        let (route, class) = (row.route.as_str(), class(row.status));
        let cause = row.cause.map_or(NONE, Cause::word);
        self.calls.get_or_create(&Ended { route, provider: provider.clone(), class, cause }).inc();
        // Precise enough: 52 bits of microseconds are 142 years.
        self.durations.get_or_create(&On { route }).observe(row.timings.total_us as f64 / 1e6);
        if let Some(used) = row.usage {
            for (kind, count) in [("prompt", used.prompt_tokens), ("completion", used.completion_tokens)] {
                self.tokens.get_or_create(&Tokens { provider: provider.clone(), kind }).inc_by(count);
            }
        }
        for (family, count) in [(&self.images, row.images), (&self.characters, row.characters)] {
            if let Some(count) = count {
                family.get_or_create(&By { provider: provider.clone() }).inc_by(count);
            }
        }
    }

    /// A connection is open for as long as this is held.
    pub(crate) fn connection(&self) -> Open {
        self.connections.inc();
        Open(self.connections.clone())
    }

    /// All of it as text; nothing while it is switched off.
    pub(crate) fn text(&self, sessions: usize, dropped: u64) -> Option<String> {
        if !self.counts() {
            return None;
        }
        self.sessions.set(i64::try_from(sessions).unwrap_or(i64::MAX));
        self.dropped.inner().store(dropped, Ordering::Relaxed);
        let mut out = String::new();
        text::encode(&mut out, &self.registry).ok().map(|()| out)
    }
}

/// An open connection.
pub(crate) struct Open(Gauge);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

fn by(provider: Option<&ProviderKind>) -> By {
    By { provider: provider.map_or(NONE, ProviderKind::as_str).to_owned() }
}

fn class(status: u16) -> &'static str {
    match status {
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}
