//! Use cases of export: settings for people to read, keys for nobody but who knows the passphrase.

use std::collections::BTreeMap;

use ::transfer::{AddOnSettings, ApplicationSettings, ConsoleSettings, KeyEntry, ProviderSettings, Settings};
use domain::{Application, Model, Provider};
use vault::{Acting, Binding, StoreError, StoredProvider, Vault};
use zeroize::Zeroizing;

use crate::api::{ApiError, Code, ExportTo, Exported, KeysExportTo};
use crate::{Console, failures, network, system, transfer_files, vaulting};

/// Shorter ones are guessed.
const PASSPHRASE_MIN: usize = 8;

impl Console {
    pub(crate) async fn settings_export(&self, to: ExportTo) -> Result<Exported, ApiError> {
        let settings = self.store(settings).await?;
        let count = u32::try_from(settings.applications.len()).unwrap_or(u32::MAX);
        system::blocking(move || {
            let path = transfer_files::target(to.path, "addon-console-settings", "json")?;
            transfer_files::write(&path, settings.write().as_bytes(), to.replace)?;
            Ok(Exported { path: path.display().to_string(), count })
        })
        .await?
    }

    pub(crate) async fn keys_export(&self, to: KeysExportTo) -> Result<Exported, ApiError> {
        let passphrase = checked_passphrase(self.secrets.take(to.passphrase)?)?;
        self.change(&[], move |vault| {
            let path = transfer_files::target(to.path, "addon-console-keys", "age")?;
            // Nothing is opened, and nothing written down, for a file that cannot be made.
            transfer_files::free(&path, to.replace)?;
            let keys = opened(vault)?;
            let count = u32::try_from(keys.len()).unwrap_or(u32::MAX);
            let file = ::transfer::seal_keys(&keys, &passphrase).map_err(refused)?;
            // Written down first: an export that cannot be written down does not happen.
            vault.note_keys_exported()?;
            transfer_files::write(&path, &file, to.replace)?;
            Ok::<_, ApiError>(Exported { path: path.display().to_string(), count })
        })
        .await
    }
}

/// A passphrase for a new file.
pub(crate) fn checked_passphrase(bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<String>, ApiError> {
    let passphrase = file_passphrase(bytes)?;
    if passphrase.chars().count() < PASSPHRASE_MIN {
        return Err(ApiError::new(Code::InvalidInput, "The passphrase needs at least 8 characters.", ""));
    }
    Ok(passphrase)
}

/// A passphrase as the age format takes it: text.
pub(crate) fn file_passphrase(bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<String>, ApiError> {
    let text = std::str::from_utf8(&bytes).map(|text| Zeroizing::new(text.to_owned()));
    text.map_err(|_| ApiError::new(Code::InvalidInput, "The passphrase is not text in UTF-8.", ""))
}

/// Every key in plain text, for the file that is sealed next.
fn opened(vault: &Acting<'_>) -> Result<Vec<KeyEntry>, ApiError> {
    let opener = vault.opener().ok_or_else(|| failures::custody(vault.state()))?;
    let names: BTreeMap<_, _> = vault.applications()?.into_iter().map(|each| (each.id, each.name)).collect();
    let mut keys = Vec::new();
    for StoredProvider { provider, key, .. } in vault.providers()? {
        let (Some(sealed), Some(application)) = (key, names.get(&provider.application)) else { continue };
        let plain = opener.open(&sealed, &Binding::of(&provider));
        let plain = plain.map_err(|_| failures::custody(vault::CustodyState::Damaged))?;
        keys.push(KeyEntry {
            application: application.as_str().to_owned(),
            provider: provider.name.as_str().to_owned(),
            kind: provider.kind.as_str().to_owned(),
            origin: provider.base_url.upstream_origin(),
            key: plain.expose(|text| Zeroizing::new(text.to_owned())),
        });
    }
    Ok(keys)
}

/// The settings as they stand.
pub(crate) fn settings(vault: &Vault) -> Result<Settings, StoreError> {
    let (applications, providers, addons) = (vault.applications()?, vault.providers()?, vault.addons()?);
    let stored = network::stored(vault)?;
    let policy = vaulting::stored_policy(vault)?;
    let mut settings = Settings::default();
    settings.console = ConsoleSettings {
        ca_file: stored.ca_file,
        corporate_proxy: stored.proxy,
        lock_idle_minutes: policy.idle_minutes,
        lock_on_suspend: policy.on_suspend,
    };
    for application in &applications {
        let own: Vec<&Provider> = providers
            .iter()
            .map(|stored| &stored.provider)
            .filter(|provider| provider.application == application.id)
            .collect();
        let installed = addons.iter().filter(|addon| addon.application == application.id).map(|addon| {
            let name =
                |id: &domain::ProviderId| own.iter().find(|each| each.id == *id).map(|each| text_of(each));
            let settings = AddOnSettings {
                enabled: addon.enabled,
                providers: addon.providers.iter().filter_map(name).collect(),
                settings: addon.settings.clone(),
            };
            (addon.handle.as_str().to_owned(), settings)
        });
        let part = application_settings(application, &own, installed.collect());
        settings.applications.insert(application.name.as_str().to_owned(), part);
    }
    Ok(settings)
}

fn text_of(provider: &Provider) -> String {
    provider.name.as_str().to_owned()
}

fn application_settings(
    application: &Application,
    providers: &[&Provider],
    addons: BTreeMap<String, AddOnSettings>,
) -> ApplicationSettings {
    let provider = |each: &&Provider| {
        let settings = ProviderSettings {
            kind: each.kind.as_str().to_owned(),
            base_url: each.base_url.to_string(),
            model: each.model.as_ref().map(|model| Model::as_str(model).to_owned()),
            options: each.options.clone().into(),
            plain_http_allowed: each.plain_http_allowed,
            active: each.active,
        };
        (text_of(each), settings)
    };
    ApplicationSettings {
        kind: application.kind.as_str().to_owned(),
        origins: application.origins.iter().map(ToString::to_string).collect(),
        providers: providers.iter().map(provider).collect(),
        addons,
    }
}

/// Why a file is not taken, for people.
pub(crate) fn refused(error: ::transfer::TransferError) -> ApiError {
    use ::transfer::TransferError;
    let (code, hint) = match error {
        TransferError::WrongPassphrase => (Code::WrongSecret, "Check it and try again."),
        TransferError::TooMuchWork => (Code::InvalidInput, "No honest file does. It was not opened."),
        TransferError::UnknownFormat => {
            (Code::InvalidInput, "Settings, keys (age), .env and LiteLLM's config.yaml are taken.")
        }
        TransferError::Malformed { line: Some(line) } => {
            let message = format!("The file is not well-formed at line {line}. Nothing was changed.");
            return ApiError::new(Code::InvalidInput, message, "Look at that line.");
        }
        _ => (Code::InvalidInput, "Nothing was changed."),
    };
    let mut message = error.to_string();
    message.replace_range(..1, &message[..1].to_uppercase());
    ApiError::new(code, message + ".", hint)
}
