//! The embedded proxy: takes a prompt from a host app's page, opens the sealed key, asks the provider, returns the
//! answer.
//!
//! `chain.rs` is the request path, top to bottom. This is the only crate that knows an HTTP route. It stores nothing
//! and reads no database: what it may do stands in a [`Snapshot`], what it did goes to an [`Observer`].

#[cfg(all(feature = "plant-leak", not(debug_assertions)))]
compile_error!("plant-leak is for one test, never for a release");

mod asking;
mod body;
mod breaker;
mod call;
mod chain;
mod destination;
mod diagnosis;
mod faults;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod gate;
mod head;
mod limits;
mod listener;
mod metrics;
mod observer;
pub mod openapi;
mod picture;
mod redaction;
mod refusal;
mod retirement;
mod room;
mod routes;
mod sessions;
mod shelf;
mod snapshot;
mod strict;
mod tapes;
mod tls;
mod upstream;

use std::sync::Arc;

use arc_swap::ArcSwap;
use domain::{Clock, Random};

pub use diagnosis::{Diagnosis, Stage, StageReport};
pub use limits::{Ask, Counting, Limits};
pub use listener::{DEFAULT_PORT, Running, StartError, start};
pub use observer::Observer;
pub use sessions::{AccessToken, DemoCode, SessionInfo, Sessions, TOKEN_LIFE};
pub use shelf::{FileId, NoShelf, Shelf, Shelving};
pub use snapshot::{AddOnEntry, ApplicationEntry, ProviderEntry, SecretHash, Snapshot};
pub use tapes::{Looking, Tapes, Unrecorded};
pub use tls::{Identities, Identity, IdentityInvalid};
pub use upstream::{Network, NetworkError, Retrying, Upstream};

/// What every request shares.
pub struct Shared {
    /// What the proxy may do at this moment; replaced whole whenever something changes.
    pub snapshot: ArcSwap<Snapshot>,
    /// Who is logged in.
    pub sessions: Sessions,
    /// The way to the providers' servers.
    pub upstream: Upstream,
    /// What HTTPS callers are shown.
    pub identities: Identities,
    /// Where generated images are kept.
    pub shelf: Box<dyn Shelf>,
    /// Who keeps the counts of limits.
    pub limits: Box<dyn Limits>,
    /// Who keeps tapes.
    pub tapes: Box<dyn Tapes>,
    /// Who is told what happened.
    pub observer: Box<dyn Observer>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    breakers: breaker::Breakers,
    faults: faults::Tally,
    metrics: metrics::Metrics,
}

impl Shared {
    /// A proxy that may do nothing yet.
    pub fn new(
        upstream: Upstream,
        shelf: Box<dyn Shelf>,
        limits: Box<dyn Limits>,
        tapes: Box<dyn Tapes>,
        observer: Box<dyn Observer>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        Self {
            snapshot: ArcSwap::from_pointee(Snapshot::default()),
            sessions: Sessions::new(Arc::clone(&clock), random),
            upstream,
            identities: Identities::default(),
            shelf,
            limits,
            tapes,
            observer,
            breakers: breaker::Breakers::new(Arc::clone(&clock)),
            faults: faults::Tally::default(),
            metrics: metrics::Metrics::new(),
            clock,
        }
    }

    /// Lets `GET /metrics` answer and counts what it tells, or not.
    pub fn show_metrics(&self, on: bool) {
        self.metrics.show(on);
    }
}
