//! The data store: provider keys sealed with AES-SIV, kept in SQLite, their master key in a custody slot.
//!
//! Use [`Vault`]. What seals and opens is in `safe`; the cipher itself is in `hazmat` and stays in this crate. Only this
//! crate touches SQLite and the keyring. Every method blocks: callers bring their own threads.

mod audit;
mod custody;
mod failure;
#[cfg(feature = "faults")]
pub mod faults;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod hazmat;
mod lock_file;
mod safe;
mod store;
mod vault;

pub use audit::{Act, AuditEntry, Break, Broken, ChainReport, Seal, Who};
pub use custody::{Custody, CustodyKind, CustodyState, KeyStore, KeyStoreError, OsKeyring, Passphrase};
pub use failure::{KeyActError, StoreError, VaultError};
pub use safe::{
    Binding, ClientSecret, CodeError, KeyFormatError, KitCode, OpenError, Opener, ProviderKey, SealedKey,
};
pub use store::{Kept, PreviousKey, SecretHash, StoredProvider, StoredTapes, Usage};
pub use vault::{Acting, Options, Pseudonyms, TapeKept, Vault, VaultStatus};
