//! Who is logged in, as faces see it. No token, and nothing one could be guessed from.

use domain::{ApplicationId, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A session that lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionView {
    /// Names it to `session_revoke`.
    pub id: Uuid,
    /// Whose pages it calls for.
    pub application: ApplicationId,
    /// That application's name.
    pub application_name: String,
    /// Which end user.
    pub uid: String,
    /// The only origin it may be used from, as the demo page's.
    pub pinned: Option<String>,
    /// When it was opened.
    pub login: Timestamp,
    /// When its newest token was given out; a token lives 5 minutes.
    pub refreshed: Timestamp,
    /// When it ends for good.
    pub ends: Timestamp,
}

/// Which session.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct SessionRef {
    /// As listed.
    pub session: Uuid,
}
