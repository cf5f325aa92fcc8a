//! Use cases of the certificate for HTTPS on this machine: make, show, trust, remove.
//!
//! Trust is a person's word: nothing here adds to a trust store unasked, and a renewal is made when somebody asks.

mod nss;
mod pair;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ::proxy::Identity;
use domain::{Random, Timestamp};

use crate::api::{
    ApiError, CertificateState, CertificateView, Code, Event, Nothing, ProxyStatus, Topic, TrustView,
};
use crate::{Console, system};
use pair::Pair;

/// From this long before its end a certificate is to be renewed.
const RENEW: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Where the certificate is kept.
pub(crate) struct Certificates {
    dir: PathBuf,
    random: Arc<dyn Random>,
}

impl Certificates {
    pub(crate) fn new(data_dir: &Path, random: Arc<dyn Random>) -> Self {
        // Its files are named to people, who stand in other directories.
        let dir = std::path::absolute(data_dir).unwrap_or_else(|_| data_dir.to_path_buf());
        Self { dir, random }
    }
}

impl Console {
    /// Puts the stored certificate in force. One that cannot be read is as good as none: HTTPS stays off.
    pub(crate) async fn load_certificate(&self) -> Result<(), ApiError> {
        let dir = self.certificates.dir.clone();
        let stored = system::blocking(move || Pair::read(&dir)).await?.ok().flatten();
        let identity = stored.and_then(|pair| Identity::from_pem(&pair.identity()).ok());
        self.shared.identities.set(identity);
        Ok(())
    }

    pub(crate) async fn certificate_get(&self, _: Nothing) -> Result<CertificateView, ApiError> {
        let (dir, now) = (self.certificates.dir.clone(), self.clock.now());
        let url = match &self.proxy.lock().await.status {
            ProxyStatus::Running { port, .. } => Some(format!("https://127.0.0.1:{port}")),
            _ => None,
        };
        system::blocking(move || {
            let Some(pair) = Pair::read(&dir).map_err(unwritable)? else { return Ok(none()) };
            let stores = nss::stores().into_iter().map(|store| TrustView {
                trusted: nss::trusts(&store, &pair),
                browser: store.browser,
                path: store.path.display().to_string(),
            });
            Ok::<_, ApiError>(CertificateView {
                state: state(now, pair.expires),
                expires: Some(pair.expires),
                fingerprint: Some(pair.fingerprint()),
                name: Some(pair.name.clone()),
                ca_file: Some(pair::ca_file(&dir).display().to_string()),
                url,
                stores: stores.collect(),
                tool: nss::has_tool(),
            })
        })
        .await?
    }

    pub(crate) async fn certificate_make(&self, _: Nothing) -> Result<CertificateView, ApiError> {
        let (dir, now) = (self.certificates.dir.clone(), self.clock.now());
        let random = Arc::clone(&self.certificates.random);
        let made = system::blocking(move || {
            let pair = Pair::make(now, random.as_ref()).ok_or_else(failed)?;
            pair.write(&dir).map_err(unwritable)?;
            Identity::from_pem(&pair.identity()).map_err(|_| failed())
        });
        self.shared.identities.set(Some(made.await??));
        self.tell(Event::Changed { topic: Topic::Certificate });
        self.certificate_get(Nothing {}).await
    }

    pub(crate) async fn certificate_install(&self, _: Nothing) -> Result<CertificateView, ApiError> {
        if !self.shared.identities.any() {
            self.certificate_make(Nothing {}).await?;
        }
        let dir = self.certificates.dir.clone();
        system::blocking(move || {
            if let Some(pair) = Pair::read(&dir).map_err(unwritable)? {
                // A store that refuses stays untrusted, which the reply shows.
                nss::install(&pair, &pair::ca_file(&dir));
            }
            Ok::<_, ApiError>(())
        })
        .await??;
        self.tell(Event::Changed { topic: Topic::Certificate });
        self.certificate_get(Nothing {}).await
    }

    pub(crate) async fn certificate_remove(&self, _: Nothing) -> Result<CertificateView, ApiError> {
        let dir = self.certificates.dir.clone();
        system::blocking(move || {
            nss::remove();
            pair::delete(&dir).map_err(unwritable)
        })
        .await??;
        self.shared.identities.set(None);
        self.tell(Event::Changed { topic: Topic::Certificate });
        self.certificate_get(Nothing {}).await
    }
}

pub(crate) fn state(now: Timestamp, expires: Timestamp) -> CertificateState {
    if now >= expires {
        CertificateState::Expired
    } else if now.plus(RENEW) >= expires {
        CertificateState::Renew
    } else {
        CertificateState::Good
    }
}

fn none() -> CertificateView {
    CertificateView {
        state: CertificateState::None,
        expires: None,
        fingerprint: None,
        name: None,
        ca_file: None,
        url: None,
        stores: Vec::new(),
        tool: nss::has_tool(),
    }
}

fn failed() -> ApiError {
    ApiError::new(Code::Internal, "The certificate could not be made.", "Try again.")
}

fn unwritable(error: std::io::Error) -> ApiError {
    ApiError::new(
        Code::NotWritable,
        format!("The certificate's files cannot be read or written: {}.", error.kind()),
        "Check that the data directory is yours and the disk is not full.",
    )
}
