//! Makes the proxy's snapshot from the store, after every change.

use std::collections::HashMap;
use std::sync::Arc;

use ::proxy::{AddOnEntry, ApplicationEntry, ProviderEntry, SecretHash, Snapshot};
use domain::ProviderId;
use vault::{Acting, StoreError, StoredProvider, Vault};

use crate::api::{ApiError, Event, Topic};
use crate::{Console, applications};

impl Console {
    /// Brings the proxy up to date with the store.
    pub(crate) async fn refresh(&self) -> Result<(), ApiError> {
        let snapshot = self.store(read).await?;
        let limits = snapshot.applications.iter().flat_map(|entry| &entry.limits).cloned().collect();
        // Before the proxy knows of them: a limit that is set counts from its first call.
        self.limits.set_limits(limits).await;
        self.shared.snapshot.store(Arc::new(snapshot));
        Ok(())
    }

    /// Makes a change, brings the proxy up to date, and tells every face. One change at a time.
    pub(crate) async fn change<R, E>(
        &self,
        topics: &[Topic],
        work: impl FnOnce(&Acting<'_>) -> Result<R, E> + Send + 'static,
    ) -> Result<R, ApiError>
    where
        R: Send + 'static,
        E: Send + 'static,
        ApiError: From<E>,
    {
        let (who, now) = (self.who(), self.clock.now());
        let _one = self.changes.lock().await;
        let done = self.store(move |vault| work(&vault.by(who, now))).await;
        // A failure may have come half-way: whatever stands now is what counts.
        self.refresh().await?;
        for topic in topics.iter().chain(&[Topic::Audit]) {
            self.tell(Event::Changed { topic: *topic });
        }
        done
    }
}

fn read(vault: &Vault) -> Result<Snapshot, StoreError> {
    let mut providers: HashMap<ProviderId, Arc<ProviderEntry>> = HashMap::new();
    let faults: HashMap<_, _> = vault.faults()?.into_iter().collect();
    let mut tapes: HashMap<_, _> = vault.tape_uses()?.into_iter().collect();
    for stored in vault.providers()? {
        // A kind this version has no adapter for is kept in the store and left out here.
        if let Some(mut entry) = entry(stored) {
            entry.fault = faults.get(&entry.provider.id).copied();
            entry.tape = tapes.remove(&entry.provider.id);
            providers.insert(entry.provider.id, Arc::new(entry));
        }
    }
    let (secrets, addons, limits) = (vault.secret_hashes()?, vault.addons()?, vault.limits()?);
    let testing = vault.testing()?;
    let mut entries = Vec::new();
    for application in vault.applications()? {
        let id = application.id;
        let enabled = applications::is_enabled(vault, id)?;
        entries.push(Arc::new(ApplicationEntry {
            enabled,
            testing: testing.contains(&id),
            bee_auth: applications::lets_pages_log_in(vault, id)?,
            programs: applications::lets_programs_in(vault, id)?,
            secrets: secrets
                .iter()
                .filter(|secret| secret.application == id)
                .map(|secret| SecretHash { hash: secret.hash, valid_until: secret.valid_until })
                .collect(),
            providers: providers.values().filter(|entry| entry.provider.application == id).cloned().collect(),
            addons: addons
                .iter()
                .filter(|addon| addon.application == id)
                .map(|addon| AddOnEntry {
                    providers: addon
                        .providers
                        .iter()
                        .filter_map(|id| providers.get(id).cloned())
                        .filter(|entry| entry.provider.active)
                        .collect(),
                    addon: addon.clone(),
                })
                .collect(),
            limits: limits.iter().filter(|limit| limit.application == id).cloned().collect(),
            application,
        }));
    }
    let prices = Arc::new(crate::prices::stored(vault)?);
    Ok(Snapshot { applications: entries, opener: vault.opener(), custody: vault.state(), prices })
}

fn entry(stored: StoredProvider) -> Option<ProviderEntry> {
    let StoredProvider { provider, key, previous } = stored;
    let adapter = ::providers::adapter(&provider.kind)?;
    let previous = previous.map(|previous| {
        let provider = provider.clone();
        let sealed = Some(previous.sealed);
        Arc::new(ProviderEntry {
            provider,
            sealed,
            previous: None,
            adapter,
            fault: None,
            plays: None,
            tape: None,
        })
    });
    Some(ProviderEntry { provider, sealed: key, previous, adapter, fault: None, plays: None, tape: None })
}
