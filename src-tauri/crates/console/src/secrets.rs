//! Staged secrets: passphrases and recovery codes that were entered and not used yet. In memory only, used once, forgotten
//! in time. They come in as raw bytes, beside the command table, for the same reason as keys do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::Clock;
use uuid::Uuid;
use vault::Passphrase;
use zeroize::Zeroizing;

use crate::Console;
use crate::api::{ApiError, Code, StagedSecret, StagedSecretId};

const LIFE: Duration = Duration::from_secs(10 * 60);
const STAGED_MAX: usize = 8;
/// More than any passphrase.
const LENGTH_MAX: usize = 4096;

struct Staged {
    bytes: Zeroizing<Vec<u8>>,
    at: Duration,
}

pub(crate) struct StagedSecrets {
    secrets: Mutex<HashMap<StagedSecretId, Staged>>,
    clock: Arc<dyn Clock>,
}

impl StagedSecrets {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { secrets: Mutex::default(), clock }
    }

    fn put(&self, bytes: Zeroizing<Vec<u8>>) -> StagedSecret {
        let (id, at) = (StagedSecretId(Uuid::new_v4()), self.clock.elapsed());
        self.with(|secrets| {
            while secrets.len() >= STAGED_MAX {
                let oldest = secrets.iter().min_by_key(|(_, staged)| staged.at).map(|(id, _)| *id);
                oldest.map(|id| secrets.remove(&id));
            }
            secrets.insert(id, Staged { bytes, at });
        });
        StagedSecret { id }
    }

    /// The secret; from now on it is the caller's.
    pub(crate) fn take(&self, id: StagedSecretId) -> Result<Zeroizing<Vec<u8>>, ApiError> {
        self.with(|secrets| secrets.remove(&id)).map(|staged| staged.bytes).ok_or_else(|| {
            ApiError::new(
                Code::SecretNotStaged,
                "What was entered is no longer in memory.",
                "Enter it again.",
            )
        })
    }

    /// The secret as a passphrase.
    pub(crate) fn passphrase(&self, id: StagedSecretId) -> Result<Passphrase, ApiError> {
        Passphrase::from_bytes(self.take(id)?)
            .map_err(|_| ApiError::new(Code::InvalidInput, "The passphrase is empty.", ""))
    }

    fn with<R>(&self, act: impl FnOnce(&mut HashMap<StagedSecretId, Staged>) -> R) -> R {
        let now = self.clock.elapsed();
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.retain(|_, staged| now.saturating_sub(staged.at) < LIFE);
        act(&mut secrets)
    }
}

impl Console {
    /// Takes a passphrase or a recovery code as raw bytes. Beside the command table: it must never be JSON text.
    pub fn secret_stage(&self, bytes: Zeroizing<Vec<u8>>) -> Result<StagedSecret, ApiError> {
        if bytes.is_empty() || bytes.len() > LENGTH_MAX {
            return Err(ApiError::new(Code::InvalidInput, "A secret has 1 to 4,096 bytes.", ""));
        }
        Ok(self.secrets.put(bytes))
    }
}
