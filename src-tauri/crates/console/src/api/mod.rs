//! What travels between the back end and its faces: requests, replies, events, errors. Data only, no logic.
//!
//! No type here can hold a provider key. A key reaches the back end as raw bytes (see [`key`]) and is afterwards
//! named by its [`key::StagedKey::id`].

pub mod addon;
pub mod application;
pub mod audit;
pub mod certificate;
pub mod custody;
pub mod doctor;
pub mod error;
pub mod event;
pub mod fault;
pub mod key;
pub mod limit;
pub mod network;
pub mod provider;
pub mod proxy;
pub mod session;
pub mod tape;
pub mod transfer;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::transfer::*;
pub use addon::*;
pub use application::*;
pub use audit::*;
pub use certificate::*;
pub use custody::*;
pub use doctor::*;
pub use domain::{Activity, Retention};
pub use error::{ApiError, Code};
pub use event::*;
pub use fault::*;
pub use key::*;
pub use limit::*;
pub use network::*;
pub use provider::*;
pub use proxy::*;
pub use session::*;
pub use tape::*;

/// No fields. As a request: nothing to say; as a reply: done.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// A list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Items<T> {
    /// In the order to be shown.
    pub items: Vec<T>,
}

impl<T> From<Vec<T>> for Items<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items }
    }
}
