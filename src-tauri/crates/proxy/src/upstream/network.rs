//! The HTTP clients and what a network may ask of them: a CA file, a corporate proxy. Holds no key.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::Cause;
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder, Proxy};
use tokio::sync::OnceCell;
use url::Url;

use super::here::Here;
use crate::destination::Guard;

pub(crate) const CONNECT: Duration = Duration::from_secs(10);
/// HTTP/1.1 keeps the last request's bytes, key included, with an idle connection. The pool looks this often, so one
/// may stay for twice as long.
pub(super) const IDLE_CONNECTION: Duration = Duration::from_secs(15);

/// What the network between this machine and the providers needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// A PEM file with certificates to trust beside the operating system's.
    pub ca_file: Option<PathBuf>,
    /// The corporate proxy's URL; absent: as the environment says (`HTTPS_PROXY`, `ALL_PROXY`).
    pub proxy: Option<Url>,
}

/// Why the network's settings cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// The CA file is not there or not readable.
    #[error("the CA file cannot be read")]
    CaUnreadable,
    /// The CA file holds no certificate.
    #[error("the CA file holds no PEM certificate")]
    CaInvalid,
    /// The proxy's URL is none.
    #[error(
        "the corporate proxy's address must look like http://proxy.example:3128, without user and password"
    )]
    ProxyInvalid,
}

/// One pool of connections for each kind of destination. Those with TLS are made when first used: reading the operating
/// system's certificates takes tens of milliseconds and megabytes, and a proxy that plays the sandbox needs none.
pub(super) struct Clients {
    /// For servers elsewhere; the corporate proxy is honoured.
    pub(super) remote: Pool,
    /// For servers on this machine, which no corporate proxy can reach.
    pub(super) local: Pool,
    /// For those of them that speak plain HTTP.
    pub(super) here: Here,
    /// For images on public servers: never an address inside this network.
    pub(super) public: Pool,
    /// `host:port` of the corporate proxy.
    pub(super) proxy: Option<String>,
}

impl Clients {
    pub(super) fn build(network: &Network) -> Result<Self, NetworkError> {
        let certificates = certificates(network)?;
        let proxy = network.proxy.as_ref().map(through).transpose()?;
        let pool =
            |guard, way| Pool { guard, way, certificates: certificates.clone(), client: OnceCell::new() };
        let way = || proxy.clone().map_or(Way::Environment, |proxy| Way::Proxy(Box::new(proxy)));
        let mut remote = pool(Guard::Providers, way());
        if network.ca_file.is_some() {
            // Whether it holds certificates shows only when it is used, and must be known before it is kept.
            let made = remote.builder().build().map_err(|_| NetworkError::CaInvalid)?;
            remote.client = OnceCell::new_with(Some(made));
        }
        Ok(Self {
            remote,
            local: pool(Guard::Providers, Way::Direct),
            here: Here::default(),
            public: pool(Guard::Public, way()),
            proxy: network.proxy.as_ref().map(shown).or_else(from_environment),
        })
    }
}

/// Which way calls leave this machine.
#[derive(Clone)]
enum Way {
    Direct,
    Environment,
    Proxy(Box<Proxy>),
}

/// A client that is made when it is first used.
pub(super) struct Pool {
    guard: Guard,
    way: Way,
    certificates: Vec<Certificate>,
    client: OnceCell<Client>,
}

impl Pool {
    /// The client; fails if the operating system's certificates cannot be read.
    pub(super) async fn client(&self) -> Result<&Client, Cause> {
        let make = async {
            let builder = self.builder();
            // Reads hundreds of files.
            let made = tokio::task::spawn_blocking(move || builder.build()).await;
            made.ok().and_then(Result::ok).ok_or(Cause::UpstreamTls)
        };
        self.client.get_or_try_init(|| make).await
    }

    fn builder(&self) -> ClientBuilder {
        let builder = Client::builder()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(CONNECT)
            .pool_idle_timeout(IDLE_CONNECTION)
            .tcp_nodelay(true)
            .tls_certs_merge(self.certificates.clone())
            .dns_resolver(Arc::new(self.guard));
        match &self.way {
            Way::Direct => builder.no_proxy(),
            Way::Environment => builder,
            Way::Proxy(proxy) => builder.no_proxy().proxy((**proxy).clone()),
        }
    }
}

fn through(url: &Url) -> Result<Proxy, NetworkError> {
    let plain = matches!(url.scheme(), "http" | "https") && url.has_host() && url.username().is_empty();
    // A password in the settings would be a secret outside the vault.
    if !plain || url.password().is_some() {
        return Err(NetworkError::ProxyInvalid);
    }
    Proxy::all(url.as_str()).map_err(|_| NetworkError::ProxyInvalid)
}

fn certificates(network: &Network) -> Result<Vec<Certificate>, NetworkError> {
    let Some(path) = &network.ca_file else { return Ok(Vec::new()) };
    let pem = std::fs::read(path).map_err(|_| NetworkError::CaUnreadable)?;
    let found = Certificate::from_pem_bundle(&pem).map_err(|_| NetworkError::CaInvalid)?;
    if found.is_empty() { Err(NetworkError::CaInvalid) } else { Ok(found) }
}

fn shown(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

/// As the HTTP client reads it; said in the diagnosis, without user and password.
fn from_environment() -> Option<String> {
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let value = names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))?;
    let url = Url::parse(&value).or_else(|_| Url::parse(&format!("http://{value}"))).ok()?;
    Some(shown(&url))
}
