//! The listener: both loopback addresses on one port, an own accept loop with limits, and an end that ends.
//!
//! Own loop because the framework's waits for ever on half a header. HTTP/1.1 only; no upgrade.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::strict::{HEAD_MAX, Strict};
use crate::tls::{self, Opened};
use crate::{Shared, chain, room};

/// ADDON on a phone's keys.
pub const DEFAULT_PORT: u16 = 23366;
pub(crate) const HEADER_TIMEOUT: Duration = Duration::from_secs(5);
/// Callers that wait to be let in. With the usual 128, a burst of them makes the next wait a second.
const BACKLOG: u32 = 4096;
/// How long calls in flight may take to notice that the proxy stops.
const GRACE: Duration = Duration::from_secs(2);

/// Why the proxy is not listening.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Somebody else listens there, on either address.
    #[error("port {0} is taken by another program")]
    PortTaken(u16),
    /// The operating system refused.
    #[error("port {0} cannot be opened: {1}")]
    Refused(u16, ErrorKind),
}

/// A proxy that listens. Dropping it stops it at once; [`Running::stop`] stops it in good order.
pub struct Running {
    port: u16,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Running {
    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its base URL. By address, not by name: `localhost` may resolve to where a stranger listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Stops listening and waits, up to two seconds, for calls in flight to end.
    pub async fn stop(self) {
        self.stop.cancel();
        let _ = tokio::time::timeout(GRACE, self.tasks.wait()).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Listens on 127.0.0.1 and, where the machine has IPv6, on `[::1]`. Port 0 takes any that is free on both.
pub async fn start(shared: Arc<Shared>, port: u16) -> Result<Running, StartError> {
    let (port, listeners) = bind(port)?;
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    let room = room::make();
    for listener in listeners {
        tasks.spawn(accept(
            listener,
            Arc::clone(&shared),
            port,
            stop.clone(),
            tasks.clone(),
            Arc::clone(&room),
        ));
    }
    tasks.close();
    Ok(Running { port, stop, tasks })
}

fn bind(wanted: u16) -> Result<(u16, Vec<TcpListener>), StartError> {
    for _ in 0..16 {
        let v4 = listen((Ipv4Addr::LOCALHOST, wanted).into()).map_err(|error| refused(wanted, &error))?;
        let port = v4.local_addr().map_err(|error| refused(wanted, &error))?.port();
        match listen((Ipv6Addr::LOCALHOST, port).into()) {
            Ok(v6) => return Ok((port, vec![v4, v6])),
            // Any free port was asked for: try the next.
            Err(error) if error.kind() == ErrorKind::AddrInUse && wanted == 0 => {}
            Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(StartError::PortTaken(port)),
            // No IPv6 on this machine; whatever else it is, `[::1]` would be anybody's.
            Err(error) if !has_no_ipv6(&error) => return Err(refused(port, &error)),
            Err(_) => return Ok((port, vec![v4])),
        }
    }
    Err(StartError::PortTaken(wanted))
}

fn has_no_ipv6(error: &std::io::Error) -> bool {
    let unknown = cfg!(unix) && error.raw_os_error() == Some(rustix::io::Errno::AFNOSUPPORT.raw_os_error());
    unknown || matches!(error.kind(), ErrorKind::AddrNotAvailable | ErrorKind::Unsupported)
}

fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A port that was ours a minute ago is free, whatever connections of then are still being buried.
    socket.set_reuseaddr(!cfg!(windows))?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

fn refused(port: u16, error: &std::io::Error) -> StartError {
    match error.kind() {
        ErrorKind::AddrInUse => StartError::PortTaken(port),
        kind => StartError::Refused(port, kind),
    }
}

async fn accept(
    listener: TcpListener,
    shared: Arc<Shared>,
    port: u16,
    stop: CancellationToken,
    tasks: TaskTracker,
    room: Arc<Semaphore>,
) {
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => return,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of descriptors, or a caller already gone: give the others time to end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (shared, stop) = (Arc::clone(&shared), stop.clone());
        tasks.spawn(async move {
            tokio::select! {
                () = connection(stream, peer, port, shared) => {}
                () = stop.cancelled() => {}
            }
            drop(place);
        });
    }
}

/// Where a connection came in.
#[derive(Clone, Copy)]
pub(crate) struct Door {
    pub(crate) port: u16,
    pub(crate) secure: bool,
    pub(crate) peer: SocketAddr,
}

async fn connection(stream: TcpStream, peer: SocketAddr, port: u16, shared: Arc<Shared>) {
    let _open = shared.metrics.connection();
    // A delayed small packet would hold back a token of a stream.
    let _ = stream.set_nodelay(true);
    match tls::open(stream, &shared.identities, HEADER_TIMEOUT).await {
        Some(Opened::Plain(stream)) => speak(stream, Door { port, secure: false, peer }, shared).await,
        Some(Opened::Secure(stream)) => speak(*stream, Door { port, secure: true, peer }, shared).await,
        None => {}
    }
}

async fn speak<S>(stream: S, door: Door, shared: Arc<Shared>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, std::convert::Infallible>(chain::serve(shared, door, request).await) }
    });
    // What goes wrong here is the caller's connection; it has nobody left to tell.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .max_buf_size(2 * HEAD_MAX)
        .serve_connection(TokioIo::new(Strict::new(stream)), service)
        .await;
}
