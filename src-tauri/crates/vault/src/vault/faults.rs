//! Acts on faults: each change is written down, each call that meets one is not.

use domain::{ActiveFault, ApplicationId, ProviderId, Timestamp};

use super::{Acting, Vault};
use crate::audit::Act;
use crate::failure::StoreError;
use crate::store::faults;
use crate::store::providers::one_provider;

impl Vault {
    /// Which fault is on at which provider.
    pub fn faults(&self) -> Result<Vec<(ProviderId, ActiveFault)>, StoreError> {
        self.store().faults()
    }

    /// The applications whose sessions may ask for faults.
    pub fn testing(&self) -> Result<Vec<ApplicationId>, StoreError> {
        self.store().testing()
    }
}

impl Acting<'_> {
    /// Switches a fault on at a provider, in place of whatever was.
    pub fn set_fault(&self, provider: ProviderId, active: &ActiveFault) -> Result<(), StoreError> {
        self.act(Act::FaultSet, Some(provider.0), |transaction| {
            one_provider(transaction, provider)?;
            faults::set_fault(transaction, provider, active)
        })
    }

    /// Switches off what is on at a provider; nothing on is fine.
    pub fn clear_fault(&self, provider: ProviderId) -> Result<(), StoreError> {
        self.act_if(Act::FaultCleared, Some(provider.0), |transaction| {
            faults::clear_fault(transaction, provider).map(|cleared| ((), cleared))
        })
    }

    /// A call met the fault that is on since `since`: so many calls are left to it. The last one ends it.
    pub fn count_fault(&self, provider: ProviderId, since: Timestamp, left: u32) -> Result<(), StoreError> {
        self.act_if(Act::FaultCleared, Some(provider.0), |transaction| {
            faults::count_fault(transaction, provider, since, left).map(|ended| ((), ended))
        })
    }

    /// Marks an application as testing, or not.
    pub fn set_testing(&self, id: ApplicationId, testing: bool) -> Result<(), StoreError> {
        let act = if testing { Act::TestingOn } else { Act::TestingOff };
        self.act_if(act, Some(id.0), |transaction| {
            faults::set_testing(transaction, id, testing).map(|changed| ((), changed))
        })
    }
}
