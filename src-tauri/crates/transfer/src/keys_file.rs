//! Keys in a file under a passphrase: JSON inside the age format (scrypt, work factor 17), which the ordinary `age` tool
//! opens. Each key stands beside the server it belongs to; an import gives it to no other.

use age::scrypt::{Identity, Recipient};
use age::secrecy::SecretString;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::{FILE_MAX, TransferError};

const FORMAT: &str = "addon-console/keys/v1";
const MAGIC: &[u8] = b"age-encryption.org/v1";
const ARMOUR: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
const WORK: u8 = 17;
/// A second or so here; a file that asks for more was made to keep this machine busy.
const WORK_MAX: u8 = 20;

/// A key and where it belongs.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    #[serde(serialize_with = "shown", deserialize_with = "kept")]
    pub key: Zeroizing<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: String,
    keys: Vec<KeyEntry>,
}

/// Only into the buffer that is encrypted next.
fn shown<S: Serializer>(key: &Zeroizing<String>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(key)
}

fn kept<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Zeroizing<String>, D::Error> {
    String::deserialize(deserializer).map(Zeroizing::new)
}

/// Whether bytes are an age file, armoured or not.
#[must_use]
pub fn is_keys_file(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) || bytes.trim_ascii_start().starts_with(ARMOUR)
}

/// Writes keys under a passphrase. Takes about a second.
pub fn seal_keys(keys: Vec<KeyEntry>, passphrase: &str) -> Result<Vec<u8>, TransferError> {
    let malformed = TransferError::Malformed { line: None };
    let size: usize = keys.iter().map(|entry| entry.key.len() * 2 + 1024).sum();
    // Room for all of it at once: growing would leave copies behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(size + 1024));
    let document = Document { format: FORMAT.to_owned(), keys };
    serde_json::to_writer_pretty(&mut *plain, &document).map_err(|_| malformed)?;
    let mut recipient = Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(WORK);
    age::encrypt(&recipient, &plain).map_err(|_| malformed)
}

/// Opens a file of keys.
pub fn open_keys(bytes: &[u8], passphrase: &str) -> Result<Vec<KeyEntry>, TransferError> {
    if bytes.len() > FILE_MAX {
        return Err(TransferError::TooLarge);
    }
    if !bytes.starts_with(MAGIC) {
        return Err(TransferError::UnknownFormat);
    }
    let mut identity = Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(WORK_MAX);
    let plain = age::decrypt(&identity, bytes).map(Zeroizing::new).map_err(|error| match error {
        age::DecryptError::ExcessiveWork { .. } => TransferError::TooMuchWork,
        age::DecryptError::InvalidHeader | age::DecryptError::Io(_) => {
            TransferError::Malformed { line: None }
        }
        age::DecryptError::UnknownFormat => TransferError::UnknownFormat,
        _ => TransferError::WrongPassphrase,
    })?;
    let document: Document =
        serde_json::from_slice(&plain).map_err(|_| TransferError::Malformed { line: None })?;
    if document.format == FORMAT { Ok(document.keys) } else { Err(TransferError::UnknownFormat) }
}
