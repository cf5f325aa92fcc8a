//! Use cases of the vault itself: open, lock, rotate, move, recover; and its audit chain.

use std::sync::atomic::Ordering;
use std::time::Duration;

use vault::{Acting, CustodyState, KitCode, Passphrase, StoreError, Vault, VaultStatus, Who};

use crate::api::*;
use crate::{Console, failures};

const IDLE: &str = "lock-idle-minutes";
const SUSPEND: &str = "lock-on-suspend";
pub(crate) const IDLE_MAX: u32 = 24 * 60;
/// An answer that takes longer than this comes from a person.
const PROMPT: Duration = Duration::from_millis(700);
const AUDIT_MAX: u32 = 1000;

impl Console {
    /// Opens the vault with its custody slot; blocks no one. A keyring that asks its owner first may take minutes: the
    /// vault's view says `waiting` meanwhile.
    pub async fn unlock(&self) -> Result<VaultView, ApiError> {
        self.unlock_with(None).await
    }

    async fn unlock_with(&self, passphrase: Option<Passphrase>) -> Result<VaultView, ApiError> {
        if self.asking.swap(true, Ordering::SeqCst) {
            return self.vault_view().await;
        }
        let asked = self.ask_custody(passphrase).await;
        self.asking.store(false, Ordering::SeqCst);
        self.waiting.store(false, Ordering::SeqCst);
        self.refresh().await?;
        self.tell(Event::Changed { topic: Topic::Audit });
        asked?;
        self.tell_vault().await
    }

    async fn ask_custody(&self, passphrase: Option<Passphrase>) -> Result<(), ApiError> {
        let asking = self.store(move |vault| Ok::<_, ApiError>(vault.unlock(passphrase)));
        tokio::pin!(asking);
        if let Ok(answered) = tokio::time::timeout(PROMPT, &mut asking).await {
            return answered.map(|_| ());
        }
        self.waiting.store(true, Ordering::SeqCst);
        self.tell_vault().await?;
        asking.await.map(|_| ())
    }

    /// How the vault stands, told to every face.
    async fn tell_vault(&self) -> Result<VaultView, ApiError> {
        let view = self.vault_view().await?;
        self.tell(Event::Vault { vault: view.clone() });
        Ok(view)
    }

    pub(crate) async fn vault_view(&self) -> Result<VaultView, ApiError> {
        let (status, names) = self
            .store(|vault| {
                let providers = vault.providers()?;
                let names = providers.into_iter().map(|stored| (stored.provider.id, stored.provider.name));
                Ok::<_, vault::StoreError>((vault.status()?, names.collect::<Vec<_>>()))
            })
            .await?;
        let VaultStatus { state, custody, key_version, unfinished, kit_made, damaged } = status;
        let named = names.iter().filter(|(id, _)| damaged.contains(id));
        let damaged = named.map(|(id, name)| DamagedRecord { provider: *id, name: name.as_str().to_owned() });
        Ok(VaultView {
            state,
            custody,
            waiting: self.waiting.load(Ordering::SeqCst),
            key_version,
            unfinished,
            kit_made,
            damaged: damaged.collect(),
            lock_policy: self.lock_policy().await?,
        })
    }

    /// A damaged record may have got a new key, or gone; and shredding rotates.
    pub(crate) async fn tell_if_mended(&self) -> Result<(), ApiError> {
        self.tell_vault().await.map(|_| ())
    }

    pub(crate) async fn vault_status(&self, _: Nothing) -> Result<VaultView, ApiError> {
        self.vault_view().await
    }

    pub(crate) async fn vault_unlock(&self, request: VaultUnlock) -> Result<VaultView, ApiError> {
        let passphrase = request.passphrase.map(|id| self.secrets.passphrase(id)).transpose()?;
        let given = passphrase.is_some();
        let view = self.unlock_with(passphrase).await?;
        let wrong =
            given && view.state == CustodyState::Locked && view.custody == vault::CustodyKind::Passphrase;
        if wrong { Err(vault::KeyActError::WrongSecret.into()) } else { Ok(view) }
    }

    pub(crate) async fn vault_lock(&self, _: Nothing) -> Result<VaultView, ApiError> {
        self.lock_now().await
    }

    /// Forgets the vault key, here and in the proxy.
    pub(crate) async fn lock_now(&self) -> Result<VaultView, ApiError> {
        self.imports.forget_keys();
        if self.vault.opener().is_none() {
            return self.vault_view().await;
        }
        self.store(|vault| {
            vault.lock();
            Ok::<_, ApiError>(())
        })
        .await?;
        self.refresh().await?;
        self.tell_vault().await
    }

    pub(crate) async fn lock_for_sleep(&self) {
        if self.lock_policy().await.is_ok_and(|policy| policy.on_suspend) {
            let _ = self.lock_now().await;
        }
    }

    pub(crate) async fn lock_policy(&self) -> Result<LockPolicy, ApiError> {
        self.store(stored_policy).await
    }

    pub(crate) async fn vault_lock_policy(&self, policy: LockPolicy) -> Result<VaultView, ApiError> {
        if policy.idle_minutes > IDLE_MAX {
            return Err(ApiError::new(Code::InvalidInput, "The idle time is 0 to 1,440 minutes.", ""));
        }
        self.change(&[], move |vault| save_policy(vault, policy.idle_minutes, policy.on_suspend)).await?;
        self.tell_vault().await
    }

    pub(crate) async fn vault_rotate(&self, _: Nothing) -> Result<VaultView, ApiError> {
        self.change(&[], |vault| vault.rotate()).await?;
        self.tell_vault().await
    }

    pub(crate) async fn vault_move(&self, to: VaultMove) -> Result<VaultView, ApiError> {
        let passphrase = to.passphrase.map(|id| self.secrets.passphrase(id)).transpose()?;
        self.change(&[], move |vault| vault.move_custody(passphrase)).await?;
        self.tell_vault().await
    }

    pub(crate) async fn vault_recover(&self, request: VaultRecover) -> Result<VaultView, ApiError> {
        let code = KitCode::parse(&self.secrets.take(request.code)?)?;
        let passphrase = request.passphrase.map(|id| self.secrets.passphrase(id)).transpose()?;
        let state = self.change(&[], move |vault| vault.recover(&code, passphrase)).await?;
        let view = self.tell_vault().await?;
        if state == CustodyState::Open || state == CustodyState::Damaged {
            return Ok(view);
        }
        Err(failures::custody(state))
    }

    pub(crate) async fn vault_destroy(&self, request: VaultDestroy) -> Result<Nothing, ApiError> {
        let dir = self.data_dir.clone();
        if std::path::Path::new(&request.data_dir) != dir {
            let hint = format!("This console's is {}.", dir.display());
            return Err(ApiError::new(
                Code::InvalidInput,
                "That is another data directory. Nothing was changed.",
                hint,
            ));
        }
        self.close().await;
        let (who, now) = (self.who(), self.clock.now());
        let _one = self.changes.lock().await;
        self.store(move |vault| {
            vault.by(who, now).destroy(&dir)?;
            // Generated images, too.
            let _ = std::fs::remove_dir_all(dir.join("images"));
            Ok::<_, ApiError>(())
        })
        .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn audit_list(&self, list: AuditList) -> Result<Items<AuditEntryView>, ApiError> {
        let limit = list.limit.clamp(1, AUDIT_MAX);
        let (entries, names) = self
            .store(move |vault| {
                let applications = vault.applications()?;
                let providers = vault.providers()?;
                let named = applications.iter().map(|each| (each.id.0, each.name.as_str().to_owned()));
                let more =
                    providers.iter().map(|each| (each.provider.id.0, each.provider.name.as_str().to_owned()));
                let names: std::collections::HashMap<_, _> = named.chain(more).collect();
                Ok::<_, vault::StoreError>((vault.audit(limit, list.before)?, names))
            })
            .await?;
        let views = entries.into_iter().map(|entry| AuditEntryView {
            seq: entry.seq,
            at: entry.at,
            act: entry.act,
            by: entry.by,
            record: entry.record.map(|id| id.to_string()),
            name: entry.record.and_then(|id| names.get(&id).cloned()),
            seal: entry.seal,
        });
        Ok(views.collect::<Vec<_>>().into())
    }

    pub(crate) async fn audit_verify(&self, _: Nothing) -> Result<AuditReport, ApiError> {
        let chain = self.store(|vault| vault.verify_audit()).await?;
        Ok(AuditReport { ok: chain.broken.is_none(), chain })
    }

    /// Hears from the system when it goes to sleep. For consoles that stay.
    pub fn watch_suspend(self: &std::sync::Arc<Self>) {
        crate::suspend::watch(self);
    }

    /// Runs a call of another face than this console's own.
    pub(crate) async fn call_by(
        &self,
        who: Who,
        name: &str,
        request: serde_json::Value,
    ) -> Result<serde_json::Value, ApiError> {
        crate::actor::acting_as(who, self.call(name, request)).await
    }
}

/// When the vault locks by itself, as stored.
pub(crate) fn stored_policy(vault: &Vault) -> Result<LockPolicy, StoreError> {
    Ok(LockPolicy {
        idle_minutes: vault.setting(IDLE)?.and_then(|text| text.parse().ok()).unwrap_or(0),
        on_suspend: vault.setting(SUSPEND)?.is_some(),
    })
}

/// Stores it.
pub(crate) fn save_policy(vault: &Acting<'_>, idle_minutes: u32, on_suspend: bool) -> Result<(), StoreError> {
    let idle = (idle_minutes > 0).then(|| idle_minutes.min(IDLE_MAX).to_string());
    vault.set_setting(IDLE, idle.as_deref())?;
    vault.set_setting(SUSPEND, on_suspend.then_some("yes"))
}
