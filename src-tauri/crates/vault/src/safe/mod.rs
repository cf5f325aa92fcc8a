//! What seals and opens, for everyone: provider keys bound to their record, and the vault key under
//! a passphrase or to a recovery kit.
//!
//! | type | holds | may leave this crate |
//! | --- | --- | --- |
//! | [`ProviderKey`] | a key in plain text | yes, for one use; no `Debug`, `Clone`, `Serialize` |
//! | [`SealedKey`] | the same, sealed | yes, it is not secret |
//! | [`Opener`] | the means to open sealed keys | yes, but not its bytes |
//! | `VaultKey` | the vault key | no |
//! | `TapeKey` | the key of one set of tapes | no |

mod client_secret;
mod kit;
mod provider_key;
mod sealed_key;
mod tape_key;
mod vault_key;
mod wrap;

pub use client_secret::ClientSecret;
pub(crate) use kit::Kit;
pub use kit::{CodeError, KitCode};
pub use provider_key::{KeyFormatError, ProviderKey};
pub(crate) use sealed_key::seal;
#[cfg(any(test, fuzzing))]
pub(crate) use sealed_key::seal_padded;
pub use sealed_key::{Binding, OpenError, Opener, SealedKey};
pub(crate) use tape_key::{SealedTapeKey, TapeKey};
pub(crate) use vault_key::{Age, VaultKey};
#[cfg(any(test, fuzzing))]
pub(crate) use wrap::Cost;
pub(crate) use wrap::{Wrapped, Wrapping};
