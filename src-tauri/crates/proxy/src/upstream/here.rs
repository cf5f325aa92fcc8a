//! The way to a server on this machine that speaks plain HTTP: the HTTP library alone. What other machines need (TLS,
//! a corporate proxy, names to resolve) would only cost time here: `docs/performance.md`. One try, no redirects.

use std::future::{Ready, ready};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::task::{Context, Poll};

use bytes::Bytes;
use domain::Cause;
use http::{HeaderMap, Method, Request, Response, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower_service::Service;
use url::Url;

use super::network::{CONNECT, IDLE_CONNECTION};
use super::why::holds;

/// One pool of connections.
pub(super) struct Here(Client<HttpConnector<ThisMachine>, Full<Bytes>>);

impl Here {
    pub(super) fn new() -> Self {
        let mut connector = HttpConnector::new_with_resolver(ThisMachine);
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT));
        let mut builder = Client::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE_CONNECTION);
        Self(builder.build(connector))
    }

    /// Sends once and waits for the head of the reply.
    pub(super) async fn send(
        &self,
        method: Method,
        url: &Url,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Response<Incoming>, Cause> {
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = method;
        *request.uri_mut() = Uri::try_from(url.as_str()).map_err(|_| Cause::Internal)?;
        *request.headers_mut() = headers;
        self.0.request(request).await.map_err(|error| not_sent(&error))
    }
}

/// `localhost` is this machine, whatever a name server says; addresses are never asked for.
#[derive(Clone, Copy)]
struct ThisMachine;

impl Service<Name> for ThisMachine {
    type Response = std::array::IntoIter<SocketAddr, 2>;
    type Error = std::convert::Infallible;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Name) -> Self::Future {
        ready(Ok([(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()].into_iter()))
    }
}

fn not_sent(error: &Error) -> Cause {
    match holds::<std::io::Error>(error).map(std::io::Error::kind) {
        Some(ErrorKind::ConnectionRefused) => Cause::ConnectionRefused,
        Some(ErrorKind::TimedOut) => Cause::UpstreamTimeout,
        _ => Cause::UpstreamUnreachable,
    }
}
