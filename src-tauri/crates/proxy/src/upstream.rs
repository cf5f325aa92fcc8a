//! The way to the providers' servers: no redirects, operating system trust roots plus a chosen CA file, the corporate
//! proxy, bounded everything. One try, whatever comes of it: retries and fallback are `asking.rs`'s.

mod here;
pub(crate) mod network;
pub(crate) mod reply;
mod why;

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use domain::{Cause, Provider};
use http::header::{ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use providers::{Auth, KeyRule, UpstreamRequest};
use vault::{Binding, CustodyState, ProviderKey};

use crate::destination;
use crate::redaction::Outline;
use crate::refusal::{FromUpstream, Refusal};
use crate::snapshot::{ProviderEntry, Snapshot};
use crate::tapes;

pub use network::{Network, NetworkError};
use reply::Flow;
pub(crate) use reply::{Chunks, Failure, Reply};

/// How long to wait for the head of a reply, and how large it may be.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) first_byte: Duration,
    /// Bytes.
    pub(crate) reply_max: usize,
}

/// Text, as JSON or a stream.
pub(crate) const TEXT: Bounds = Bounds { first_byte: Duration::from_secs(60), reply_max: 4 * 1024 * 1024 };
/// Pictures take tens of seconds to make, and come in base64.
pub(crate) const PICTURES: Bounds =
    Bounds { first_byte: Duration::from_secs(180), reply_max: 40 * 1024 * 1024 };
/// A provider's own API: whatever its client would accept.
pub(crate) const PASSED_ON: Bounds = Bounds { first_byte: Duration::from_secs(600), reply_max: usize::MAX };

/// How often and how soon a call is tried again, and how long faults take.
#[derive(Debug, Clone, Copy)]
pub struct Retrying {
    /// Tries after the first.
    pub times: u32,
    /// Wait before the first of them; doubled each time. Both big SDKs wait 0.5 s.
    pub wait: Duration,
    /// How many times faster than written the time of a fault passes: 1, but for tests.
    pub haste: u32,
}

impl Default for Retrying {
    fn default() -> Self {
        Self { times: 2, wait: Duration::from_millis(500), haste: 1 }
    }
}

/// The clients, replaced whole when the network's settings change.
pub struct Upstream {
    clients: ArcSwap<network::Clients>,
    pub(crate) retrying: Retrying,
}

impl Upstream {
    /// Builds the clients.
    pub fn new(network: &Network, retrying: Retrying) -> Result<Self, NetworkError> {
        // Already set is fine: it is the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Self { clients: ArcSwap::from_pointee(network::Clients::build(network)?), retrying })
    }

    /// Calls from now on go by these settings; calls in flight end as they began.
    pub fn set_network(&self, network: &Network) -> Result<(), NetworkError> {
        self.clients.store(Arc::new(network::Clients::build(network)?));
        Ok(())
    }

    /// The corporate proxy calls to other machines go through, as `host:port`.
    #[must_use]
    pub fn corporate_proxy(&self) -> Option<String> {
        self.clients.load().proxy.clone()
    }

    /// Sends once and waits for the head of the reply.
    pub(crate) async fn send(
        &self,
        provider: &Provider,
        request: UpstreamRequest,
        key: Option<(HeaderName, HeaderValue)>,
        bounds: Bounds,
    ) -> Result<Reply, Cause> {
        let base = &provider.base_url;
        if !destination::may_call(&request.url)
            || (base.is_plain_http() && !base.is_loopback() && !provider.plain_http_allowed)
        {
            return Err(Cause::DestinationRefused);
        }
        let mut headers = HeaderMap::with_capacity(request.headers.len() + 3);
        headers.extend(request.headers);
        headers.insert(
            USER_AGENT,
            HeaderValue::from_static(concat!("addon-console/", env!("CARGO_PKG_VERSION"))),
        );
        // A reply is read, searched and counted as it comes, so it must not come compressed.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.extend(key);
        let clients = self.clients.load_full();
        let UpstreamRequest { method, url, body, .. } = request;
        let sending = async {
            if base.is_loopback() && base.is_plain_http() {
                let response = clients.here.send(method, &url, headers, body).await?;
                return Ok(Reply::new(response.map(Flow::Here), bounds));
            }
            let (client, proxied) = match base.is_loopback() {
                true => (&clients.local, false),
                false => (&clients.remote, clients.proxy.is_some()),
            };
            let client = client.client().await?;
            let mut request = reqwest::Request::new(method, url);
            *request.headers_mut() = headers;
            *request.body_mut() = Some(body.into());
            let response = client.execute(request).await.map_err(|error| why::not_sent(&error, proxied))?;
            Ok(Reply::new(http::Response::from(response).map(Flow::Wire), bounds))
        };
        tokio::time::timeout(bounds.first_byte, sending).await.map_err(|_| Cause::UpstreamTimeout)?
    }

    /// Fetches an image for a page of an allowed origin: see `picture.rs`, which judges the address first.
    pub(crate) async fn fetch(&self, url: url::Url, own: bool) -> Result<Reply, Cause> {
        let clients = self.clients.load_full();
        let client = if own { &clients.local } else { &clients.public };
        let client = client.client().await.map_err(|_| Cause::ImageUnreachable)?;
        let bounds = Bounds { first_byte: Duration::from_secs(20), reply_max: crate::picture::BYTES_MAX };
        let response = tokio::time::timeout(bounds.first_byte, client.get(url).send()).await;
        let response = response.map_err(|_| Cause::ImageUnreachable)?.map_err(|_| Cause::ImageUnreachable)?;
        Ok(Reply::new(http::Response::from(response).map(Flow::Wire), bounds))
    }
}

/// A key on its way: in the header its provider wants, and what tells it from other texts.
pub(crate) type Outgoing = ((HeaderName, HeaderValue), Outline);

/// Opens an entry's key, if it has one, and puts it into the header its provider wants.
///
/// This is where a plain key exists: opened, put into a header marked sensitive, handed to the client, gone.
pub(crate) fn open_key(
    entry: &ProviderEntry,
    auth: &Auth,
    snapshot: &Snapshot,
) -> Result<Option<Outgoing>, Cause> {
    match opened(entry, snapshot)? {
        Some(key) => Ok(Some((key_header(auth, &key)?, Outline::of(&key)))),
        None => Ok(None),
    }
}

/// An entry's plain key, if it has one.
pub(crate) fn opened(entry: &ProviderEntry, snapshot: &Snapshot) -> Result<Option<ProviderKey>, Cause> {
    if entry.plays.is_some() || tapes::playing(entry).is_some() {
        return Ok(None);
    }
    let Some(sealed) = &entry.sealed else {
        let needed = entry.adapter.descriptor().key == KeyRule::Required;
        return if needed { Err(Cause::KeyMissing) } else { Ok(None) };
    };
    let opener = snapshot.opener.as_ref().ok_or(match snapshot.custody {
        CustodyState::KeyMissing => Cause::KeyMissing,
        CustodyState::Damaged => Cause::KeyDamaged,
        _ => Cause::VaultLocked,
    })?;
    opener.open(sealed, &Binding::of(&entry.provider)).map(Some).map_err(|_| Cause::KeyDamaged)
}

pub(crate) fn key_header(auth: &Auth, key: &ProviderKey) -> Result<(HeaderName, HeaderValue), Cause> {
    #[cfg(feature = "plant-leak")]
    key.expose(|plain| std::mem::forget(plain.to_owned()));
    key.expose(|plain| auth.header(plain)).ok_or(Cause::KeyDamaged)
}

/// A refusal that names the provider.
pub(crate) fn refused_by(entry: &ProviderEntry, cause: Cause) -> Refusal {
    let provider = entry.provider.kind.clone();
    Refusal::by_upstream(cause, FromUpstream { provider, status: None, retry_after: None })
}
