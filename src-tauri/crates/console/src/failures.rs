//! The vault's errors in the words of the edge: each with its code, what happened, and what to do.

use vault::{CodeError, CustodyKind, CustodyState, KeyActError, KeyFormatError, StoreError, VaultError};

use crate::api::{ApiError, Code};

impl From<VaultError> for ApiError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::InUse { pid } => {
                let by = pid.map_or_else(String::new, |pid| format!(" (process {pid})"));
                Self::new(
                    Code::InUse,
                    format!("Another AddOn Console{by} holds this data directory."),
                    "Use that one, stop it, or name another directory with --data-dir.",
                )
            }
            VaultError::Damaged => Self::new(
                Code::Damaged,
                "The database is damaged. It was left as it is.",
                "Restore it from the folder `backups` or from your own copy.",
            ),
            VaultError::NewerVersion => Self::new(
                Code::Damaged,
                "The database was written by a newer version of AddOn Console.",
                "Install that version; this one would not understand it.",
            ),
            VaultError::OtherCustody(kind) => Self::new(
                Code::InvalidInput,
                format!("This vault's key is kept elsewhere: custody is {}.", kind_word(kind)),
                "Leave --custody out; `addonctl vault move` keeps it elsewhere from then on.",
            ),
            VaultError::NotWritable => not_writable(),
            _ => Self::new(
                Code::Internal,
                "The data directory cannot be opened.",
                "Check that it is yours and readable.",
            ),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::new(
                Code::NotFound,
                "There is no such entry any more.",
                "Look again; it may have been removed elsewhere.",
            ),
            StoreError::NameTaken => Self::new(Code::NameTaken, "The name is taken.", "Choose another name."),
            StoreError::NotWritable => not_writable(),
            StoreError::Damaged => Self::new(
                Code::Damaged,
                "The database is damaged. It was left as it is.",
                "Restore it from a backup.",
            ),
            _ => {
                Self::new(Code::Internal, "The store failed.", "Try again; if it stays, restart the console.")
            }
        }
    }
}

impl From<KeyActError> for ApiError {
    fn from(error: KeyActError) -> Self {
        match error {
            KeyActError::Custody(state) => custody(state),
            KeyActError::Store(error) => error.into(),
            KeyActError::NeedsKey => Self::new(
                Code::NeedsKey,
                "A key belongs to the server it was entered for.",
                "Enter the key again together with the new address.",
            ),
            KeyActError::WrongSecret => Self::new(
                Code::WrongSecret,
                "The passphrase or code does not open this vault.",
                "Check it and try again; nothing was changed.",
            ),
            KeyActError::NoKit => Self::new(
                Code::NotFound,
                "This vault has no recovery kit.",
                "Make one while the vault is open.",
            ),
            KeyActError::NeedsPassphrase => Self::new(
                Code::InvalidInput,
                "The vault key is kept under a passphrase, and none was given.",
                "Give the passphrase.",
            ),
            KeyActError::ReadOnly => Self::new(
                Code::ReadOnly,
                "The credentials folder holds no usable key of the next version, and is only read.",
                "Provide addon-console.master-vN (64 random bytes in base64) and try again.",
            ),
            _ => Self::new(
                Code::Internal,
                "The key could not be stored so that it reads back. Nothing was changed.",
                "Try again.",
            ),
        }
    }
}

impl From<KeyFormatError> for ApiError {
    fn from(_: KeyFormatError) -> Self {
        Self::new(
            Code::KeyFormat,
            "This cannot be a key: keys are 1 to 4,096 visible ASCII characters without spaces.",
            "Copy the key again, without quotation marks or line breaks.",
        )
    }
}

/// What a vault's state that is not open means for people, by its code.
#[must_use]
pub fn explained(code: Code) -> ApiError {
    custody(match code {
        Code::KeyringMissing => CustodyState::KeyringMissing,
        Code::KeyMissing => CustodyState::KeyMissing,
        Code::Damaged => CustodyState::Damaged,
        _ => CustodyState::Locked,
    })
}

/// Why no key can be sealed or opened, and the way out.
pub(crate) fn custody(state: CustodyState) -> ApiError {
    match state {
        CustodyState::KeyringMissing => ApiError::new(
            Code::KeyringMissing,
            "The place that keeps the vault key does not answer: no keyring, or no key file that its owner alone can read.",
            "Start a keyring (GNOME Keyring, KWallet), correct the key file's path and mode, or recover with the kit.",
        ),
        CustodyState::KeyMissing => ApiError::new(
            Code::KeyMissing,
            "The vault key is not where it was kept. Stored keys were left as they are, and no new key is made.",
            "Use the recovery kit, bring back the keyring or key file, or sign in as the user who made this vault.",
        ),
        CustodyState::Damaged => ApiError::new(
            Code::Damaged,
            "Something stored does not open with the vault key. It was left as it is.",
            "`addonctl vault status` names the providers: replace their keys. If it names none, restore a backup.",
        ),
        CustodyState::Locked | CustodyState::Empty | CustodyState::Open => ApiError::new(
            Code::VaultLocked,
            "The vault is locked.",
            "Unlock the keyring or give the right passphrase, then try again.",
        ),
    }
}

pub(crate) fn trust_roots() -> ApiError {
    ApiError::new(
        Code::Internal,
        "The system's certificates cannot be read, so no provider could be trusted.",
        "Install the package ca-certificates.",
    )
}

fn not_writable() -> ApiError {
    ApiError::new(
        Code::NotWritable,
        "The data directory cannot be written. Nothing was changed.",
        "Free some space or check its permissions.",
    )
}

/// A refusal by the proxy's own rules, where a face runs into one.
pub(crate) fn cause(cause: domain::Cause) -> ApiError {
    ApiError::new(Code::Internal, cause.message(), "")
}

impl From<CodeError> for ApiError {
    fn from(_: CodeError) -> Self {
        Self::new(
            Code::WrongSecret,
            "This is no recovery code: it has nine groups of four, and one of them was mistyped.",
            "Compare it with the printed kit.",
        )
    }
}

fn kind_word(kind: CustodyKind) -> &'static str {
    match kind {
        CustodyKind::Keyring => "keyring",
        CustodyKind::Passphrase => "passphrase",
        CustodyKind::KeyFile => "key-file",
        CustodyKind::Credentials => "credentials",
    }
}
