//! Accepts connections, with TLS or without, and speaks HTTP/1.1 or HTTP/2 on them.

use std::sync::Arc;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::service;
use super::state::State;

/// Serves until aborted; its connections end with it.
pub(super) async fn serve(listener: TcpListener, tls: Option<Arc<ServerConfig>>, state: Arc<State>) {
    let tls = tls.map(TlsAcceptor::from);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => {
                let _ = stream.set_nodelay(true);
                state.counts.send_modify(|counts| counts.connections += 1);
                connections.spawn(connection(stream, tls.clone(), Arc::clone(&state)));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, state: Arc<State>) {
    let Some(acceptor) = tls else { return speak(stream, false, state).await };
    // A client that does not trust the test CA is what some tests are about.
    let Ok(stream) = acceptor.accept(stream).await else { return };
    let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    speak(stream, http2, state).await;
}

async fn speak<S>(stream: S, http2: bool, state: Arc<State>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| service::answer(Arc::clone(&state), request));
    let io = TokioIo::new(stream);
    // Errors are what happens when a client leaves or a cut was ordered.
    let _ = if http2 {
        hyper::server::conn::http2::Builder::new(TokioExecutor::new()).serve_connection(io, service).await
    } else {
        hyper::server::conn::http1::Builder::new().serve_connection(io, service).await
    };
}
