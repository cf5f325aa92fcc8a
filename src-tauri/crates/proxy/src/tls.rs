//! HTTPS on the proxy's own port. A connection's first byte tells which of the two it speaks.
//!
//! One port, so that a host app changes `http` to `https` and nothing else. Knows no file and makes no certificate:
//! the console does, and hands over what is in force.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// The first byte of every TLS connection: a handshake record.
const HANDSHAKE: u8 = 0x16;

/// What was given is not one key and its certificate.
#[derive(Debug, thiserror::Error)]
#[error("this is not a certificate with its key")]
pub struct IdentityInvalid;

/// The certificate and key this proxy shows. No `Debug`: it holds a key.
pub struct Identity(Arc<ServerConfig>);

impl Identity {
    /// Reads the certificate chain and the key from PEM.
    pub fn from_pem(pem: &[u8]) -> Result<Self, IdentityInvalid> {
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| IdentityInvalid)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| IdentityInvalid)?
            .with_no_client_auth()
            .with_single_cert(chain.map_err(|_| IdentityInvalid)?, key)
            .map_err(|_| IdentityInvalid)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }
}

/// The identity in force, if there is one.
#[derive(Default)]
pub struct Identities(ArcSwapOption<ServerConfig>);

impl Identities {
    /// Connections from now on are shown this; `None` ends HTTPS.
    pub fn set(&self, identity: Option<Identity>) {
        self.0.store(identity.map(|identity| identity.0));
    }

    /// Whether HTTPS is spoken.
    #[must_use]
    pub fn any(&self) -> bool {
        self.0.load().is_some()
    }
}

/// A connection that has begun to speak.
pub(crate) enum Opened {
    Plain(TcpStream),
    Secure(Box<TlsStream<TcpStream>>),
}

/// Waits for the first byte, and for the handshake where it begins one. `None`: there is nobody to talk to.
pub(crate) async fn open(stream: TcpStream, identities: &Identities, within: Duration) -> Option<Opened> {
    let opening = async {
        let mut first = [0];
        if stream.peek(&mut first).await.ok()? == 0 {
            return None;
        }
        if first[0] != HANDSHAKE {
            return Some(Opened::Plain(stream));
        }
        let config = identities.0.load_full()?;
        TlsAcceptor::from(config).accept(stream).await.ok().map(|stream| Opened::Secure(Box::new(stream)))
    };
    tokio::time::timeout(within, opening).await.ok().flatten()
}
