//! A local server that answers as a test's function says, over plain HTTP or TLS, and records what it was asked.
//!
//! For providers whose behaviour is a line or two; `upstream` is the one that behaves like a whole provider.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, Version};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::tls::TestCa;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub target: String,
    /// Headers, the key among them.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// HTTP/1.1 or HTTP/2.
    pub version: Version,
    /// How many requests came before.
    pub nth: usize,
}

impl Asked {
    /// A header as text; empty if there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Said {
    /// The status.
    pub status: u16,
    /// Headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Bytes,
}

impl Said {
    /// JSON with a status.
    #[must_use]
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::text(status, "application/json", body.to_string())
    }

    /// Any text with a status.
    #[must_use]
    pub fn text(status: u16, kind: &str, body: impl Into<Bytes>) -> Self {
        Self { status, headers: vec![("content-type", kind.to_owned())], body: body.into() }
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

type Script = dyn Fn(&Asked) -> Said + Send + Sync;

struct State {
    script: Box<Script>,
    asked: Mutex<Vec<Asked>>,
}

/// What a corporate proxy was asked to connect to, and as whom it answers.
struct Intercept {
    ca: TestCa,
    connected: Mutex<Vec<String>>,
}

/// A running server. Stops when dropped.
pub struct Scripted {
    address: SocketAddr,
    state: Arc<State>,
    intercept: Option<Arc<Intercept>>,
    task: JoinHandle<()>,
}

impl Scripted {
    /// Listens on 127.0.0.1, with TLS if a configuration is given.
    pub async fn start(
        tls: Option<Arc<ServerConfig>>,
        script: impl Fn(&Asked) -> Said + Send + Sync + 'static,
    ) -> Self {
        Self::listen(script, None, tls).await
    }

    /// A corporate proxy that answers CONNECT, opens the TLS inside with a certificate of its own authority for
    /// whatever name was asked, and answers by the script.
    pub async fn corporate_proxy(
        ca: TestCa,
        script: impl Fn(&Asked) -> Said + Send + Sync + 'static,
    ) -> Self {
        let intercept = Arc::new(Intercept { ca, connected: Mutex::default() });
        Self::listen(script, Some(intercept), None).await
    }

    async fn listen(
        script: impl Fn(&Asked) -> Said + Send + Sync + 'static,
        intercept: Option<Arc<Intercept>>,
        tls: Option<Arc<ServerConfig>>,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State { script: Box::new(script), asked: Mutex::default() });
        let (shared, between) = (Arc::clone(&state), intercept.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                tokio::spawn(connection(stream, tls.clone(), between.clone(), Arc::clone(&shared)));
            }
        });
        Self { address, state, intercept, task }
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far, oldest first.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap().clone()
    }

    /// The `host:port`s a corporate proxy was asked to connect to.
    #[must_use]
    pub fn connected(&self) -> Vec<String> {
        self.intercept.as_ref().map(|between| between.connected.lock().unwrap().clone()).unwrap_or_default()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn connection(
    stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    intercept: Option<Arc<Intercept>>,
    state: Arc<State>,
) {
    if let Some(intercept) = intercept {
        return tunnel(stream, intercept, state).await;
    }
    let Some(tls) = tls else { return speak(stream, false, state).await };
    // A client that does not trust the certificate is what some tests are about.
    let Ok(stream) = TlsAcceptor::from(tls).accept(stream).await else { return };
    let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    speak(stream, http2, state).await;
}

async fn tunnel(stream: TcpStream, intercept: Arc<Intercept>, state: Arc<State>) {
    let service = service_fn(move |request: Request<Incoming>| {
        let (intercept, state) = (Arc::clone(&intercept), Arc::clone(&state));
        async move {
            let target = request.uri().authority().map(ToString::to_string).unwrap_or_default();
            if request.method() == Method::CONNECT {
                let name = target.split(':').next().unwrap_or_default().to_owned();
                intercept.connected.lock().unwrap().push(target);
                let tls = intercept.ca.server_config_for(&[&name], &["http/1.1"], false);
                tokio::spawn(async move {
                    let Ok(upgraded) = hyper::upgrade::on(request).await else { return };
                    if let Ok(inside) = TlsAcceptor::from(tls).accept(TokioIo::new(upgraded)).await {
                        speak(inside, false, state).await;
                    }
                });
            }
            Ok::<_, std::convert::Infallible>(Response::new(Full::<Bytes>::default()))
        }
    });
    let connection =
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let _ = connection.with_upgrades().await;
}

async fn speak<S>(stream: S, http2: bool, state: Arc<State>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| answer(Arc::clone(&state), request));
    let io = TokioIo::new(stream);
    let _ = if http2 {
        hyper::server::conn::http2::Builder::new(TokioExecutor::new()).serve_connection(io, service).await
    } else {
        hyper::server::conn::http1::Builder::new().serve_connection(io, service).await
    };
}

async fn answer(
    state: Arc<State>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let asked = {
        let mut all = state.asked.lock().unwrap();
        let target = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        let asked = Asked {
            method: parts.method,
            target,
            headers: parts.headers,
            body,
            version: parts.version,
            nth: all.len(),
        };
        all.push(asked.clone());
        asked
    };
    let said = (state.script)(&asked);
    let mut response = Response::builder().status(said.status);
    for (name, value) in said.headers {
        response = response.header(name, value);
    }
    Ok(response.body(Full::new(said.body)).unwrap())
}
