//! Use cases of the vault itself: open, lock, rotate, move, recover.

use crate::Console;
use crate::api::*;

fn soon() -> ApiError {
    ApiError::new(Code::Unsupported, "This is not built yet.", "")
}

#[allow(clippy::unused_async)]
impl Console {
    pub(crate) async fn vault_status(&self, _: Nothing) -> Result<VaultView, ApiError> {
        Err(soon())
    }
    pub(crate) fn vault_view(&self) -> VaultView {
        VaultView {
            state: self.vault.state(),
            custody: self.custody,
            waiting: false,
            key_version: None,
            unfinished: false,
            kit_made: None,
            damaged: vec![],
            lock_policy: LockPolicy::default(),
        }
    }
    pub(crate) async fn vault_unlock(&self, _: VaultUnlock) -> Result<VaultView, ApiError> {
        self.unlock().await
    }
    pub(crate) async fn vault_lock(&self, _: Nothing) -> Result<VaultView, ApiError> {
        Err(soon())
    }
    pub(crate) async fn vault_lock_policy(&self, _: LockPolicy) -> Result<VaultView, ApiError> {
        Err(soon())
    }
    pub(crate) async fn vault_rotate(&self, _: Nothing) -> Result<VaultView, ApiError> {
        Err(soon())
    }
    pub(crate) async fn vault_move(&self, _: VaultMove) -> Result<VaultView, ApiError> {
        Err(soon())
    }
    pub(crate) async fn vault_recover(&self, _: VaultRecover) -> Result<VaultView, ApiError> {
        Err(soon())
    }
    pub(crate) async fn kit_make(&self, _: KitMake) -> Result<KitFiles, ApiError> {
        Err(soon())
    }
    pub(crate) async fn kit_open(&self, _: Nothing) -> Result<Nothing, ApiError> {
        Err(soon())
    }
    pub(crate) async fn kit_forget(&self, _: Nothing) -> Result<Nothing, ApiError> {
        Err(soon())
    }
    pub(crate) async fn kit_check(&self, _: StagedSecretRef) -> Result<Nothing, ApiError> {
        Err(soon())
    }
    pub(crate) async fn audit_list(&self, _: AuditList) -> Result<Items<AuditEntryView>, ApiError> {
        Err(soon())
    }
    pub(crate) async fn audit_verify(&self, _: Nothing) -> Result<AuditReport, ApiError> {
        Err(soon())
    }
    pub(crate) async fn provider_return_key(&self, _: ProviderRef) -> Result<ProviderView, ApiError> {
        Err(soon())
    }
    pub(crate) async fn provider_switch(&self, _: ProviderSwitch) -> Result<ProviderView, ApiError> {
        Err(soon())
    }
}
