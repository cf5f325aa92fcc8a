//! Who is told of calls. Must never block: both methods are called on the request path.

use domain::{Activity, CallSignal};

/// Receives what happens to calls.
pub trait Observer: Send + Sync {
    /// A call came a step further.
    fn signal(&self, signal: CallSignal);
    /// A call ended.
    fn ended(&self, activity: Activity);
}
