//! The way to a server on this machine that speaks plain HTTP: the HTTP library's connections, and a pool of them. What
//! other machines need (TLS, a corporate proxy, names to resolve) would only cost time here: `docs/performance.md`. One
//! try, no redirects.
//!
//! A connection has no task of its own: whoever waits for a reply moves it, so that a reply costs no further wake-up.

use std::collections::HashMap;
use std::future::poll_fn;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use domain::Cause;
use http::header::{HOST, HeaderValue};
use http::{HeaderMap, Method, Request, Response, Uri};
use http_body::{Body, Frame};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{Connection, SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};
use url::{Host, Position, Url};

use super::network::{CONNECT, IDLE_CONNECTION};

type Asked = Request<Full<Bytes>>;

/// The way there.
#[derive(Default)]
pub(super) struct Here(Arc<Pool>);

impl Here {
    /// Sends once and waits for the head of the reply.
    pub(super) async fn send(
        &self,
        method: Method,
        url: &Url,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Response<Carried>, Cause> {
        let server = &url[Position::BeforeHost..Position::AfterPort];
        let target = &url[Position::BeforePath..Position::AfterQuery];
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = method;
        *request.uri_mut() = Uri::try_from(target).map_err(|_| Cause::Internal)?;
        *request.headers_mut() = headers;
        let host = HeaderValue::from_str(server).map_err(|_| Cause::Internal)?;
        request.headers_mut().insert(HOST, host);
        loop {
            let kept = self.0.take(server);
            let was_kept = kept.is_some();
            let mut line = match kept {
                Some(line) => line,
                None => Line::open(url, server).await?,
            };
            match line.ask(request).await {
                Ok(response) => {
                    let pool = Arc::downgrade(&self.0);
                    return Ok(response.map(|body| Carried { body, line: Some(line), pool }));
                }
                // The server had closed the connection while nobody looked; nothing of the request was sent.
                Err(mut error) => match error.take_message().filter(|_| was_kept) {
                    Some(unsent) => request = unsent,
                    None => return Err(Cause::UpstreamUnreachable),
                },
            }
        }
    }
}

/// A connection.
struct Line {
    server: Arc<str>,
    sender: SendRequest<Full<Bytes>>,
    /// Gone once it has ended: what has come is still there for who asked.
    connection: Option<Connection<TokioIo<TcpStream>, Full<Bytes>>>,
}

impl Line {
    async fn open(url: &Url, server: &str) -> Result<Box<Self>, Cause> {
        let port = url.port_or_known_default().ok_or(Cause::Internal)?;
        // `localhost` is this machine, whatever a name server says; addresses are never asked for.
        let addresses: &[IpAddr] = match url.host().ok_or(Cause::Internal)? {
            Host::Ipv4(ip) => &[IpAddr::V4(ip)],
            Host::Ipv6(ip) => &[IpAddr::V6(ip)],
            Host::Domain(_) => &[IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)],
        };
        let addresses: Vec<_> = addresses.iter().map(|ip| (*ip, port).into()).collect();
        let connected = timeout(CONNECT, TcpStream::connect(&*addresses)).await;
        let stream = connected.map_err(|_| Cause::UpstreamTimeout)?.map_err(|error| not_connected(&error))?;
        // A delayed small packet would hold back a question.
        let _ = stream.set_nodelay(true);
        let made = handshake(TokioIo::new(stream)).await.map_err(|_| Cause::UpstreamUnreachable)?;
        let (sender, connection) = made;
        Ok(Box::new(Self { server: server.into(), sender, connection: Some(connection) }))
    }

    /// Moves the connection as far as it goes.
    fn advance(&mut self, cx: &mut Context<'_>) {
        let ended = self.connection.as_mut().is_none_or(|it| Pin::new(it).poll(cx).is_ready());
        if ended {
            self.connection = None;
        }
    }

    async fn ask(&mut self, request: Asked) -> Result<Response<Incoming>, TrySendError<Asked>> {
        let mut answer = pin!(self.sender.try_send_request(request));
        poll_fn(|cx| {
            self.advance(cx);
            answer.as_mut().poll(cx)
        })
        .await
    }

    /// Whether it goes on after the last reply.
    fn is_open(&mut self) -> bool {
        self.advance(&mut Context::from_waker(Waker::noop()));
        self.connection.is_some()
    }
}

fn not_connected(error: &std::io::Error) -> Cause {
    match error.kind() {
        ErrorKind::ConnectionRefused => Cause::ConnectionRefused,
        ErrorKind::TimedOut => Cause::UpstreamTimeout,
        _ => Cause::UpstreamUnreachable,
    }
}

/// A reply's body, with the connection it comes by. Dropped before its end, it closes the connection.
pub(super) struct Carried {
    body: Incoming,
    line: Option<Box<Line>>,
    pool: Weak<Pool>,
}

impl Carried {
    fn ended(&mut self) {
        if let (Some(line), Some(pool)) = (self.line.take(), self.pool.upgrade()) {
            pool.put(line);
        }
    }
}

impl Body for Carried {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let this = &mut *self;
        let mut next = Pin::new(&mut this.body).poll_frame(cx);
        if let (Poll::Pending, Some(line)) = (&next, &mut this.line) {
            line.advance(cx);
            next = Pin::new(&mut this.body).poll_frame(cx);
        }
        if matches!(next, Poll::Ready(None)) {
            this.ended();
        }
        next
    }
}

impl Drop for Carried {
    fn drop(&mut self) {
        // Nobody asks for the end of a body whose announced length is there.
        if self.body.is_end_stream() {
            self.ended();
        }
    }
}

/// Connections that wait for the next request, by server; the last one first.
#[derive(Default)]
struct Pool(Mutex<Idle>);

#[derive(Default)]
struct Idle {
    lines: HashMap<Arc<str>, Vec<(Box<Line>, Instant)>>,
    /// Whether somebody looks for those that wait too long.
    watched: bool,
}

impl Pool {
    fn idle(&self) -> std::sync::MutexGuard<'_, Idle> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One that the server may have closed meanwhile: that shows before anything of a request is sent.
    fn take(&self, server: &str) -> Option<Box<Line>> {
        let (line, _) = self.idle().lines.get_mut(server)?.pop()?;
        Some(line)
    }

    fn put(self: &Arc<Self>, mut line: Box<Line>) {
        // Without a runtime the program is ending.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        if !line.is_open() {
            return;
        }
        let mut idle = self.idle();
        idle.lines.entry(Arc::clone(&line.server)).or_default().push((line, Instant::now()));
        if !std::mem::replace(&mut idle.watched, true) {
            runtime.spawn(watch(Arc::downgrade(self)));
        }
    }

    /// Closes what waited too long; whether nothing waits any more.
    fn let_go(&self) -> bool {
        let mut idle = self.idle();
        for lines in idle.lines.values_mut() {
            lines.retain(|(_, since)| since.elapsed() < IDLE_CONNECTION);
        }
        idle.lines.retain(|_, lines| !lines.is_empty());
        idle.watched = !idle.lines.is_empty();
        !idle.watched
    }
}

async fn watch(pool: Weak<Pool>) {
    loop {
        sleep(IDLE_CONNECTION).await;
        if pool.upgrade().is_none_or(|pool| pool.let_go()) {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
