//! Staged keys: entered, not stored yet. In memory only, each used at most once for storing, forgotten in time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::Clock;
use uuid::Uuid;
use vault::ProviderKey;
use zeroize::Zeroizing;

use crate::api::{ApiError, Code, Nothing, StagedKey, StagedKeyId, StagedKeyRef};
use crate::{Console, system};

const LIFE: Duration = Duration::from_secs(10 * 60);
/// A person stages one key at a time; more means something is wrong.
const STAGED_MAX: usize = 8;

struct Staged {
    key: Arc<ProviderKey>,
    at: Duration,
}

pub(crate) struct StagedKeys {
    keys: Mutex<HashMap<StagedKeyId, Staged>>,
    clock: Arc<dyn Clock>,
}

impl StagedKeys {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { keys: Mutex::default(), clock }
    }

    fn put(&self, key: ProviderKey) -> StagedKey {
        let staged = StagedKey { id: StagedKeyId(Uuid::new_v4()), tail: key.tail() };
        let now = self.clock.elapsed();
        self.with(|keys| {
            while keys.len() >= STAGED_MAX {
                let oldest = keys.iter().min_by_key(|(_, staged)| staged.at).map(|(id, _)| *id);
                oldest.map(|id| keys.remove(&id));
            }
            keys.insert(staged.id, Staged { key: Arc::new(key), at: now });
        });
        staged
    }

    /// The key, still staged, for a test.
    pub(crate) fn peek(&self, id: StagedKeyId) -> Result<Arc<ProviderKey>, ApiError> {
        self.with(|keys| keys.get(&id).map(|staged| Arc::clone(&staged.key))).ok_or_else(not_staged)
    }

    /// Forgets a key, after it was stored or because nobody wants it.
    pub(crate) fn discard(&self, id: StagedKeyId) {
        self.with(|keys| keys.remove(&id));
    }

    fn with<R>(&self, act: impl FnOnce(&mut HashMap<StagedKeyId, Staged>) -> R) -> R {
        let now = self.clock.elapsed();
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.retain(|_, staged| now.saturating_sub(staged.at) < LIFE);
        act(&mut keys)
    }
}

fn not_staged() -> ApiError {
    ApiError::new(Code::KeyNotStaged, "The entered key is no longer in memory.", "Enter it again.")
}

impl Console {
    /// Takes a key as raw bytes. Beside the command table, because a key must never be JSON text.
    pub fn key_stage(&self, bytes: Zeroizing<Vec<u8>>) -> Result<StagedKey, ApiError> {
        Ok(self.staged.put(ProviderKey::from_bytes(bytes)?))
    }

    pub(crate) async fn key_stage_clipboard(&self, _: Nothing) -> Result<StagedKey, ApiError> {
        let host = Arc::clone(&self.host);
        let bytes = system::blocking(move || host.clipboard()).await??;
        self.key_stage(bytes)
    }

    pub(crate) async fn key_discard(&self, request: StagedKeyRef) -> Result<Nothing, ApiError> {
        self.staged.discard(request.key);
        Ok(Nothing {})
    }
}
