//! Use cases of the network's settings: CA file and corporate proxy.

use std::path::PathBuf;

use ::proxy::{Network, NetworkError};
use vault::{Acting, StoreError, Vault};

use crate::Console;
use crate::api::{ApiError, Code, NetworkSettings, NetworkView, Nothing, Topic};

const CA_FILE: &str = "ca-file";
const PROXY: &str = "corporate-proxy";

/// The stored settings.
pub(crate) fn stored(vault: &Vault) -> Result<NetworkSettings, StoreError> {
    Ok(NetworkSettings { ca_file: vault.setting(CA_FILE)?, proxy: vault.setting(PROXY)? })
}

/// Stores them.
pub(crate) fn save(vault: &Acting<'_>, ca_file: Option<&str>, proxy: Option<&str>) -> Result<(), StoreError> {
    vault.set_setting(CA_FILE, ca_file)?;
    vault.set_setting(PROXY, proxy)
}

/// The settings as the proxy takes them.
pub(crate) fn read(settings: &NetworkSettings) -> Result<Network, NetworkError> {
    let proxy = settings.proxy.as_deref().map(url::Url::parse).transpose();
    Ok(Network {
        ca_file: settings.ca_file.as_ref().map(PathBuf::from),
        proxy: proxy.map_err(|_| NetworkError::ProxyInvalid)?,
    })
}

impl Console {
    pub(crate) async fn network_get(&self, _: Nothing) -> Result<NetworkView, ApiError> {
        let settings = self.store(stored).await?;
        // A CA file may have gone since: said, not hidden. The system's roots stay in force meanwhile.
        let tried = settings.clone();
        let upstream = self.shared.clone();
        let applied = crate::system::blocking(move || {
            read(&tried).and_then(|network| upstream.upstream.set_network(&network))
        });
        let problem = applied.await?.err().map(|error| error.to_string());
        Ok(NetworkView { settings, through: self.shared.upstream.corporate_proxy(), problem })
    }

    pub(crate) async fn network_set(&self, settings: NetworkSettings) -> Result<NetworkView, ApiError> {
        let clean = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|text| !text.is_empty());
        let settings = NetworkSettings { ca_file: clean(settings.ca_file), proxy: clean(settings.proxy) };
        let (tried, shared) = (settings.clone(), self.shared.clone());
        let applied = move || read(&tried).and_then(|network| shared.upstream.set_network(&network));
        crate::system::blocking(applied).await?.map_err(refused)?;
        let saved = settings.clone();
        self.change(&[Topic::Network], move |vault| {
            save(vault, saved.ca_file.as_deref(), saved.proxy.as_deref())
        })
        .await?;
        Ok(NetworkView { settings, through: self.shared.upstream.corporate_proxy(), problem: None })
    }
}

fn refused(error: NetworkError) -> ApiError {
    let hint = match error {
        NetworkError::CaUnreadable => "Check the path and that the file may be read.",
        NetworkError::CaInvalid => {
            "Save the authority's certificate as PEM (it begins with -----BEGIN CERTIFICATE-----)."
        }
        NetworkError::ProxyInvalid => {
            "A proxy that asks for a password is set in the environment: HTTPS_PROXY."
        }
    };
    ApiError::new(Code::InvalidInput, format!("Nothing was changed: {error}."), hint)
}
