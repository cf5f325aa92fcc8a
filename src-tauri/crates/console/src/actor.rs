//! Who is acting: the face that called, for the audit chain.

use std::future::Future;

use vault::Who;

use crate::Console;

tokio::task_local! {
    static WHO: Who;
}

impl Console {
    /// Whoever the running call comes from; without a call, the face this console was opened by.
    pub(crate) fn who(&self) -> Who {
        WHO.try_with(|who| *who).unwrap_or(self.face)
    }
}

/// Runs `call` as `who`.
pub(crate) async fn acting_as<F: Future>(who: Who, call: F) -> F::Output {
    WHO.scope(who, call).await
}
