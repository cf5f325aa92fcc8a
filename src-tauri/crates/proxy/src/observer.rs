//! Who is told of calls. Must never block: its methods are called on the request path.

use std::sync::Arc;

use domain::{Activity, CallSignal, ProviderId, Timestamp};

/// Receives what happens to calls.
pub trait Observer: Send + Sync {
    /// A call came a step further.
    fn signal(&self, signal: CallSignal);
    /// A call ended.
    fn ended(&self, activity: Arc<Activity>);
    /// A provider's new key was rejected, and the one before it is still kept.
    fn new_key_rejected(&self, provider: ProviderId);
    /// How many ended calls could not be kept, since the program started.
    fn dropped(&self) -> u64;
    /// A call met the fault that is on at a provider since then; so many more do.
    fn fault_met(&self, provider: ProviderId, since: Timestamp, left: u32);
    /// Somebody logged in, or held on to a session.
    fn sessions_changed(&self);
}
