//! Use cases of the proxy and the overview.

use std::sync::Arc;

use ::proxy::{DEFAULT_PORT, StartError};

use crate::Console;
use crate::api::{
    Activity, ActivityList, ApiError, Code, Event, Items, Nothing, Overview, ProxyStart, ProxyStatus,
};

impl Console {
    pub(crate) async fn overview(&self, _: Nothing) -> Result<Overview, ApiError> {
        let recent = self.activity_list(ActivityList { limit: 20 }).await?.items;
        let vault = self.vault_view().await?;
        let proxy = self.proxy.lock().await.status.clone();
        Ok(Overview { vault, proxy, recent, version: env!("CARGO_PKG_VERSION").to_owned() })
    }

    pub(crate) async fn activity_list(&self, list: ActivityList) -> Result<Items<Activity>, ApiError> {
        self.recorder.flush().await;
        let limit = list.limit.clamp(1, 1000);
        Ok(self.store(move |vault| vault.activity(limit)).await?.into())
    }

    /// Starts the proxy, or leaves a running one as it is.
    pub async fn proxy_start(&self, start: ProxyStart) -> Result<ProxyStatus, ApiError> {
        let mut proxy = self.proxy.lock().await;
        if proxy.running.is_some() {
            return Ok(proxy.status.clone());
        }
        let port = start.port.unwrap_or(DEFAULT_PORT);
        match ::proxy::start(Arc::clone(&self.shared), port).await {
            Ok(running) => {
                proxy.status = ProxyStatus::Running { url: running.url(), port: running.port() };
                proxy.running = Some(running);
                self.tell(Event::Proxy { status: proxy.status.clone() });
                Ok(proxy.status.clone())
            }
            Err(error) => {
                let failure = why_not_started(&error);
                proxy.status = ProxyStatus::Failed { port, message: failure.message.clone() };
                self.tell(Event::Proxy { status: proxy.status.clone() });
                Err(failure)
            }
        }
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

fn why_not_started(error: &StartError) -> ApiError {
    match error {
        StartError::PortTaken(port) => ApiError::new(
            Code::PortTaken,
            format!("Port {port} is taken by another program."),
            "Stop that program, or choose another port.",
        ),
        StartError::Refused(port, _) => ApiError::new(
            Code::PortTaken,
            format!("Port {port} cannot be opened."),
            "Choose a port above 1024.",
        ),
    }
}
