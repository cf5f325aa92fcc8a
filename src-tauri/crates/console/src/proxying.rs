//! Use cases of the proxy and the overview.

use std::sync::Arc;

use ::proxy::{DEFAULT_PORT, Running, StartError};
use vault::{StoreError, Vault};

use crate::api::{
    Activity, ActivityList, ApiError, Code, Event, Items, Moved, Nothing, Overview, PortPin, PortView,
    ProxyStart, ProxyStatus, Topic,
};
use crate::{Console, port_owner};

const PINNED: &str = "proxy-port";
/// How many ports after a taken one are tried before any other.
const NEAR: u16 = 20;

impl Console {
    pub(crate) async fn overview(&self, _: Nothing) -> Result<Overview, ApiError> {
        let recent = self.activity_list(ActivityList { limit: 20, before: None }).await?.items;
        let vault = self.vault_view().await?;
        let proxy = self.proxy.lock().await.status.clone();
        Ok(Overview { vault, proxy, recent, version: env!("CARGO_PKG_VERSION").to_owned() })
    }

    pub(crate) async fn activity_list(&self, list: ActivityList) -> Result<Items<Activity>, ApiError> {
        self.recorder.flush().await;
        let limit = list.limit.clamp(1, 1000);
        Ok(self.store(move |vault| vault.activity(limit, list.before)).await?.into())
    }

    /// Starts the proxy, or leaves a running one as it is.
    pub async fn proxy_start(&self, start: ProxyStart) -> Result<ProxyStatus, ApiError> {
        let mut proxy = self.proxy.lock().await;
        if proxy.running.is_some() {
            return Ok(proxy.status.clone());
        }
        let pinned = match start.port {
            Some(port) => Some(port),
            None => self.store(pinned).await?,
        };
        let port = pinned.unwrap_or(DEFAULT_PORT);
        let started = match pinned {
            Some(port) => self.listen(port).await.map(|running| (running, None)),
            None => self.listen_near(port).await,
        };
        let outcome = match started {
            Ok((running, moved)) => {
                proxy.status = ProxyStatus::Running { url: running.url(), port: running.port(), moved };
                proxy.running = Some(running);
                Ok(proxy.status.clone())
            }
            Err(error) => {
                let failure = why_not_started(&error, owner(&error).await);
                proxy.status = ProxyStatus::Failed { port, message: failure.message.clone() };
                Err(failure)
            }
        };
        self.tell(Event::Proxy { status: proxy.status.clone() });
        outcome
    }

    async fn listen(&self, port: u16) -> Result<Running, StartError> {
        ::proxy::start(Arc::clone(&self.shared), port).await
    }

    /// On this port or, with a word about it, on the next free one.
    async fn listen_near(&self, port: u16) -> Result<(Running, Option<Moved>), StartError> {
        let taken = match self.listen(port).await {
            Err(error @ StartError::PortTaken(_)) => error,
            outcome => return outcome.map(|running| (running, None)),
        };
        let moved = Moved { from: port, owner: owner(&taken).await };
        for next in (port + 1..=port + NEAR).chain([0]) {
            match self.listen(next).await {
                Err(StartError::PortTaken(_)) => {}
                outcome => return outcome.map(|running| (running, Some(moved))),
            }
        }
        Err(taken)
    }

    pub(crate) async fn port_get(&self, _: Nothing) -> Result<PortView, ApiError> {
        let proxy = self.proxy.lock().await.status.clone();
        Ok(PortView { pinned: self.store(pinned).await?, proxy })
    }

    /// Pins the port, or lets it go; a proxy that runs elsewhere moves at once.
    pub(crate) async fn port_pin(&self, pin: PortPin) -> Result<PortView, ApiError> {
        if pin.port.is_some_and(|port| port < 1024) {
            let hint = "Choose a port above 1023.";
            return Err(ApiError::new(Code::InvalidInput, "This port cannot be pinned.", hint));
        }
        let text = pin.port.map(|port| port.to_string());
        self.change(&[Topic::Port], move |vault| vault.set_setting(PINNED, text.as_deref())).await?;
        let elsewhere = match (&self.proxy.lock().await.status, pin.port) {
            (ProxyStatus::Running { port, .. }, Some(wanted)) => *port != wanted,
            (ProxyStatus::Failed { .. }, _) => true,
            _ => false,
        };
        if elsewhere {
            self.proxy_stop(Nothing {}).await?;
            self.proxy_start(ProxyStart::default()).await?;
        }
        self.port_get(Nothing {}).await
    }

    pub(crate) async fn proxy_stop(&self, _: Nothing) -> Result<ProxyStatus, ApiError> {
        let mut proxy = self.proxy.lock().await;
        if let Some(running) = proxy.running.take() {
            running.stop().await;
        }
        proxy.status = ProxyStatus::Stopped;
        self.tell(Event::Proxy { status: ProxyStatus::Stopped });
        Ok(ProxyStatus::Stopped)
    }

    /// The running proxy's base URL, or `proxy-stopped`.
    pub(crate) async fn proxy_url(&self) -> Result<String, ApiError> {
        match &self.proxy.lock().await.status {
            ProxyStatus::Running { url, .. } => Ok(url.clone()),
            _ => Err(ApiError::new(
                Code::ProxyStopped,
                "The proxy is not running.",
                "Start it in the window, or with `addonctl serve`.",
            )),
        }
    }
}

fn pinned(vault: &Vault) -> Result<Option<u16>, StoreError> {
    Ok(vault.setting(PINNED)?.and_then(|port| port.parse().ok()))
}

/// Who holds the port this error is about.
async fn owner(error: &StartError) -> Option<String> {
    let StartError::PortTaken(port) = *error else { return None };
    crate::system::blocking(move || port_owner::of(port)).await.ok().flatten()
}

fn why_not_started(error: &StartError, owner: Option<String>) -> ApiError {
    match error {
        StartError::PortTaken(port) => ApiError::new(
            Code::PortTaken,
            format!("Port {port} is taken by {}.", owner.as_deref().unwrap_or("another program")),
            "It was asked for, so no other is used: host apps know it. Stop that program, or choose another port.",
        ),
        StartError::Refused(port, _) => ApiError::new(
            Code::PortTaken,
            format!("Port {port} cannot be opened."),
            "Choose a port above 1024.",
        ),
    }
}
