//! Somebody acting on the vault: the only way to change it. Each act and its audit entry are one transaction.

use std::ops::Deref;

use domain::Timestamp;
use rusqlite::Transaction;
use uuid::Uuid;

use super::Vault;
use crate::audit::{Act, Who};
use crate::failure::StoreError;
use crate::store::{Noted, chain};

/// The vault in somebody's hands.
pub struct Acting<'a> {
    vault: &'a Vault,
    who: Who,
    at: Timestamp,
}

impl Deref for Acting<'_> {
    type Target = Vault;
    fn deref(&self) -> &Vault {
        self.vault
    }
}

impl Vault {
    /// The vault in the hands of `who`, now.
    #[must_use]
    pub fn by(&self, who: Who, now: Timestamp) -> Acting<'_> {
        Acting { vault: self, who, at: now }
    }
}

impl Acting<'_> {
    /// When this is.
    pub(super) fn now(&self) -> Timestamp {
        self.at
    }

    /// The audit entry of an act of now.
    pub(super) fn noted(&self, act: Act, record: Option<Uuid>) -> Noted {
        Noted { act, who: self.who, at: self.at, record }
    }

    /// Does `work` and writes it down, both or neither.
    pub(super) fn act<R, E: From<StoreError>>(
        &self,
        act: Act,
        record: Option<Uuid>,
        work: impl FnOnce(&Transaction<'_>) -> Result<R, E>,
    ) -> Result<R, E> {
        self.act_if(act, record, |transaction| work(transaction).map(|done| (done, true)))
    }

    /// Does `work`; writes it down if that says that anything changed.
    pub(super) fn act_if<R, E: From<StoreError>>(
        &self,
        act: Act,
        record: Option<Uuid>,
        work: impl FnOnce(&Transaction<'_>) -> Result<(R, bool), E>,
    ) -> Result<R, E> {
        let _one = self.acts();
        let opener = self.opener();
        self.store().whole(|transaction| {
            let (done, changed) = work(transaction)?;
            if changed {
                let key = opener.as_ref().map(|opener| &opener.keys().audit);
                chain::append(transaction, self.noted(act, record), key)?;
            }
            Ok(done)
        })
    }
}
