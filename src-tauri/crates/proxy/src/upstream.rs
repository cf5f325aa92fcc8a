//! The way to the providers' servers: one client, no redirects, operating system trust roots, bounded everything.
//!
//! This is where a plain key exists: opened, put into a header marked sensitive, handed to the client, gone.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use domain::{Cause, Provider};
use futures_util::StreamExt as _;
use http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, USER_AGENT};
use providers::{Adapter, Auth, Target, UpstreamRequest};
use reqwest::redirect::Policy;
use vault::{Binding, CustodyState, ProviderKey};

use crate::destination::{self, Guard, RefusedAddress};
use crate::refusal::{FromUpstream, Refusal};
use crate::snapshot::{ProviderEntry, Snapshot};

const CONNECT: Duration = Duration::from_secs(10);
const FIRST_BYTE: Duration = Duration::from_secs(60);
const BETWEEN_CHUNKS: Duration = Duration::from_secs(60);
/// HTTP/1.1 keeps the last request's bytes, key included, with an idle connection.
const IDLE_CONNECTION: Duration = Duration::from_secs(30);
const REPLY_MAX: usize = 4 * 1024 * 1024;
const FAILURE_MAX: usize = 64 * 1024;

/// The client.
pub struct Upstream {
    /// For servers elsewhere; a corporate proxy is honoured.
    remote: reqwest::Client,
    /// For servers on this machine, which no corporate proxy can reach.
    local: reqwest::Client,
}

/// How a test of a key went.
pub struct Probe {
    /// Absent: the key was accepted.
    pub cause: Option<Cause>,
    /// Whether a server answered at all.
    pub connected: bool,
}

impl Upstream {
    /// Builds the client. Fails only if the operating system's trust roots cannot be read.
    pub fn new() -> Result<Self, reqwest::Error> {
        // Already set is fine: it is the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = || {
            reqwest::Client::builder()
                .redirect(Policy::none())
                .referer(false)
                .connect_timeout(CONNECT)
                .pool_idle_timeout(IDLE_CONNECTION)
                .tcp_nodelay(true)
                .dns_resolver(Arc::new(Guard))
        };
        Ok(Self { remote: builder().build()?, local: builder().no_proxy().build()? })
    }

    /// Asks the provider's cheapest question with `key`. `None` where there is nothing to ask (sandbox).
    pub async fn probe(
        &self,
        provider: &Provider,
        adapter: &dyn Adapter,
        key: Option<&ProviderKey>,
    ) -> Option<Probe> {
        let target = Target { base_url: &provider.base_url, model: provider.model.as_ref() };
        let request = adapter.probe(&target)?;
        let headers = match key.map(|key| key_header(&request.auth, key)) {
            Some(Err(cause)) => return Some(Probe { cause: Some(cause), connected: false }),
            Some(Ok(header)) => Some(header),
            None => None,
        };
        let reply = match self.send(provider, request, headers).await {
            Ok(reply) => reply,
            Err(cause) => return Some(Probe { cause: Some(cause), connected: false }),
        };
        let cause = match reply.status() {
            200..=299 => None,
            _ => Some(reply.into_failure(adapter).await.0),
        };
        Some(Probe { cause, connected: true })
    }

    pub(crate) async fn send(
        &self,
        provider: &Provider,
        request: UpstreamRequest,
        key: Option<(HeaderName, HeaderValue)>,
    ) -> Result<Reply, Cause> {
        let base = &provider.base_url;
        if !destination::may_call(&request.url)
            || (base.is_plain_http() && !base.is_loopback() && !provider.plain_http_allowed)
        {
            return Err(Cause::DestinationRefused);
        }
        let mut headers: HeaderMap = request.headers.into_iter().collect();
        headers.insert(
            USER_AGENT,
            HeaderValue::from_static(concat!("addon-console/", env!("CARGO_PKG_VERSION"))),
        );
        headers.extend(key);
        let client = if base.is_loopback() { &self.local } else { &self.remote };
        let call = client.request(request.method, request.url).headers(headers).body(request.body).send();
        let response = tokio::time::timeout(FIRST_BYTE, call)
            .await
            .map_err(|_| Cause::UpstreamTimeout)?
            .map_err(|error| why_not_sent(&error))?;
        Ok(Reply(response))
    }
}

/// Opens an entry's key, if it has one, and puts it into the header its provider wants.
pub(crate) fn open_key(
    entry: &ProviderEntry,
    auth: &Auth,
    snapshot: &Snapshot,
) -> Result<Option<(HeaderName, HeaderValue)>, Cause> {
    let Some(sealed) = &entry.sealed else {
        return if entry.adapter.descriptor().needs_key { Err(Cause::KeyMissing) } else { Ok(None) };
    };
    let opener = snapshot.opener.as_ref().ok_or(match snapshot.custody {
        CustodyState::KeyMissing => Cause::KeyMissing,
        CustodyState::Damaged => Cause::KeyDamaged,
        _ => Cause::VaultLocked,
    })?;
    let key = opener.open(sealed, &Binding::of(&entry.provider)).map_err(|_| Cause::KeyDamaged)?;
    key_header(auth, &key).map(Some)
}

fn key_header(auth: &Auth, key: &ProviderKey) -> Result<(HeaderName, HeaderValue), Cause> {
    key.expose(|plain| auth.header(plain)).ok_or(Cause::KeyDamaged)
}

/// Sorts a failed send; the error's own text is not used, it may name addresses.
fn why_not_sent(error: &reqwest::Error) -> Cause {
    if chain_holds::<RefusedAddress>(error) {
        Cause::DestinationRefused
    } else if chain_holds::<rustls::Error>(error) {
        Cause::UpstreamTls
    } else if error.is_timeout() {
        Cause::UpstreamTimeout
    } else {
        Cause::UpstreamUnreachable
    }
}

/// Whether `E` is anywhere behind an error. An I/O error hides what it was made from, so it is asked for it.
fn chain_holds<E: std::error::Error + 'static>(error: &(dyn std::error::Error + 'static)) -> bool {
    let hidden = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    error.is::<E>()
        || hidden.is_some_and(|inner| chain_holds::<E>(inner))
        || error.source().is_some_and(|source| chain_holds::<E>(source))
}

/// A reply whose head has arrived.
pub(crate) struct Reply(reqwest::Response);

impl Reply {
    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// The whole body of a success.
    pub(crate) async fn read(self, max: usize) -> Result<Bytes, Cause> {
        let mut whole = BytesMut::new();
        let mut chunks = self.chunks();
        while let Some(chunk) = chunks.next().await? {
            if whole.len() + chunk.len() > max {
                return Err(Cause::ReplyTooLarge);
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }

    pub(crate) async fn read_text(self) -> Result<Bytes, Cause> {
        self.read(REPLY_MAX).await
    }

    /// The body as it comes.
    pub(crate) fn chunks(self) -> Chunks {
        Chunks { inner: Box::pin(self.0.bytes_stream()), left: REPLY_MAX }
    }

    /// Why upstream refused, and how many seconds to wait.
    pub(crate) async fn into_failure(self, adapter: &dyn Adapter) -> (Cause, Option<u32>) {
        let status = self.status();
        let wait =
            self.0.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let body = self.read(FAILURE_MAX).await.unwrap_or_default();
        (adapter.read_failure(status, &body), wait)
    }

    /// A refusal by this provider.
    pub(crate) async fn into_refusal(self, entry: &ProviderEntry) -> Refusal {
        let status = self.status();
        let (cause, retry_after) = self.into_failure(entry.adapter).await;
        refused_by(entry, cause, Some(status), retry_after)
    }
}

/// A refusal that names the provider.
pub(crate) fn refused_by(
    entry: &ProviderEntry,
    cause: Cause,
    status: Option<u16>,
    retry_after: Option<u32>,
) -> Refusal {
    Refusal::by_upstream(cause, FromUpstream { provider: entry.provider.kind.clone(), status, retry_after })
}

/// A body's chunks, each within its time, all within the size limit.
pub(crate) struct Chunks {
    inner: std::pin::Pin<Box<dyn futures_util::Stream<Item = reqwest::Result<Bytes>> + Send>>,
    left: usize,
}

impl Chunks {
    /// The next chunk; `None` at the end of the body.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Cause> {
        let next = tokio::time::timeout(BETWEEN_CHUNKS, self.inner.next())
            .await
            .map_err(|_| Cause::UpstreamTimeout)?;
        let Some(chunk) = next.transpose().map_err(|_| Cause::StreamCut)? else { return Ok(None) };
        self.left = self.left.checked_sub(chunk.len()).ok_or(Cause::ReplyTooLarge)?;
        Ok(Some(chunk))
    }
}
