//! Keys in a file under a passphrase: JSON inside the age format (scrypt, work factor 17), which the ordinary `age` tool
//! opens. Each key stands beside the server it belongs to; an import gives it to no other.

use age::scrypt::{Identity, Recipient};
use age::secrecy::SecretString;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::{FILE_MAX, TransferError};

const FORMAT: &str = "addon-console/keys/v1";
const MAGIC: &[u8] = b"age-encryption.org/v1";
const ARMOUR: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
const WORK: u8 = 17;
/// A second or so here; a file that asks for more was made to keep this machine busy.
const WORK_MAX: u8 = 20;

/// A key and where it belongs. It cannot be printed, copied or serialised; its only way out is [`seal_keys`].
///
/// ```compile_fail,E0277
/// fn of(key: transfer::KeyEntry) -> serde_json::Result<String> { serde_json::to_string(&key) }
/// ```
/// ```compile_fail,E0277
/// fn of(key: transfer::KeyEntry) -> String { format!("{key:?}") }
/// ```
/// ```compile_fail,E0599
/// fn of(key: &transfer::KeyEntry) -> transfer::KeyEntry { key.clone() }
/// ```
pub struct KeyEntry {
    /// The application's name.
    pub application: String,
    /// The provider's name.
    pub provider: String,
    /// The provider type's word.
    pub kind: String,
    /// Scheme, host and port of its server.
    pub origin: String,
    /// The key. Wiped when dropped.
    pub key: Zeroizing<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: String,
    keys: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    application: String,
    provider: String,
    kind: String,
    origin: String,
    key: Zeroizing<String>,
}

/// The document in one buffer, made large enough at once: growing would leave copies of keys behind.
pub(crate) fn written(keys: &[KeyEntry]) -> serde_json::Result<Zeroizing<Vec<u8>>> {
    let fields = |entry: &'_ KeyEntry| -> [(&'static str, String); 4] {
        [
            ("application", entry.application.clone()),
            ("provider", entry.provider.clone()),
            ("kind", entry.kind.clone()),
            ("origin", entry.origin.clone()),
        ]
    };
    // No character takes more than six in JSON.
    let room = |entry: &KeyEntry| {
        6 * (entry.key.len() + fields(entry).iter().map(|(_, value)| value.len()).sum::<usize>()) + 256
    };
    let mut plain = Zeroizing::new(Vec::with_capacity(keys.iter().map(room).sum::<usize>() + 256));
    plain.extend_from_slice(format!("{{\n  \"format\": \"{FORMAT}\",\n  \"keys\": [").as_bytes());
    for (place, entry) in keys.iter().enumerate() {
        plain.extend_from_slice(if place == 0 { b"\n    {" } else { b",\n    {" });
        for (name, value) in fields(entry) {
            plain.extend_from_slice(format!("\n      \"{name}\": ").as_bytes());
            serde_json::to_writer(&mut *plain, &value)?;
            plain.push(b',');
        }
        plain.extend_from_slice(b"\n      \"key\": ");
        serde_json::to_writer(&mut *plain, entry.key.as_str())?;
        plain.extend_from_slice(b"\n    }");
    }
    plain.extend_from_slice(b"\n  ]\n}\n");
    Ok(plain)
}

/// Whether bytes are an age file, armoured or not.
#[must_use]
pub fn is_keys_file(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) || bytes.trim_ascii_start().starts_with(ARMOUR)
}

/// Writes keys under a passphrase. Takes about a second.
pub fn seal_keys(keys: &[KeyEntry], passphrase: &str) -> Result<Vec<u8>, TransferError> {
    let malformed = TransferError::Malformed { line: None };
    let plain = written(keys).map_err(|_| malformed)?;
    encrypted(&plain, passphrase)
}

/// What an age file under a passphrase is made of.
pub(crate) fn encrypted(plain: &[u8], passphrase: &str) -> Result<Vec<u8>, TransferError> {
    let mut recipient = Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(WORK);
    age::encrypt(&recipient, plain).map_err(|_| TransferError::Malformed { line: None })
}

/// Opens a file of keys.
pub fn open_keys(bytes: &[u8], passphrase: &str) -> Result<Vec<KeyEntry>, TransferError> {
    if bytes.len() > FILE_MAX {
        return Err(TransferError::TooLarge);
    }
    inside(&decrypted(bytes, passphrase)?)
}

/// What is in an age file under a passphrase. Whoever calls has looked at its length.
pub(crate) fn decrypted(bytes: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, TransferError> {
    if !bytes.starts_with(MAGIC) {
        return Err(TransferError::UnknownFormat);
    }
    let mut identity = Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(WORK_MAX);
    age::decrypt(&identity, bytes).map(Zeroizing::new).map_err(|error| match error {
        age::DecryptError::ExcessiveWork { .. } => TransferError::TooMuchWork,
        age::DecryptError::InvalidHeader | age::DecryptError::Io(_) => {
            TransferError::Malformed { line: None }
        }
        age::DecryptError::UnknownFormat => TransferError::UnknownFormat,
        _ => TransferError::WrongPassphrase,
    })
}

/// What stands in a file of keys.
pub(crate) fn inside(plain: &[u8]) -> Result<Vec<KeyEntry>, TransferError> {
    let document: Document =
        serde_json::from_slice(plain).map_err(|_| TransferError::Malformed { line: None })?;
    if document.format != FORMAT {
        return Err(TransferError::UnknownFormat);
    }
    let entry = |Written { application, provider, kind, origin, key }| KeyEntry {
        application,
        provider,
        kind,
        origin,
        key,
    };
    Ok(document.keys.into_iter().map(entry).collect())
}
