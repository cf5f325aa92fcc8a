//! What the fuzzers feed: every place where the vault reads bytes that somebody else may have written. Each target
//! states what must hold for any bytes. Not part of the product: built for tests and by `fuzz/` only.
//!
//! A new reader of foreign bytes (an import file, say) gets a function here, a file in `fuzz/fuzz_targets`, a folder in
//! `fuzz/corpus` and a test in `fuzzing/replay.rs`.

use std::sync::LazyLock;

use domain::{ApplicationId, NoRandom, ProviderId, ProviderKind, Random};
use uuid::Uuid;

use crate::safe::{Binding, Cost, Opener, SealedKey, VaultKey, Wrapped, Wrapping, seal, seal_padded};

#[cfg(test)]
mod replay;

/// The vault key and the record of `tests/vectors/sealed_key_v1_hostile.json`, from which the corpus was taken.
const MASTER: [u8; 64] = [0x51; 64];
const VERSION: u32 = 7;
const VAULT: [u8; 16] = [0x1d; 16];
const PASSPHRASE: &[u8] = b"correct horse";
const MEMORY_CHEAP_KIB: u64 = 64;
const RECORD: u128 = 0x01a2_077d_e727_74b3_892a_8b87_567d_fc17;
const APPLICATION: u128 = 0x01a2_077d_e727_74b3_892a_8b88_1ce6_0a79;

/// A nonce that is given, in place of random bytes.
struct Nonce<'a>(&'a [u8]);

impl Random for Nonce<'_> {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandom> {
        self.0.get(..bytes.len()).map(|given| bytes.copy_from_slice(given)).ok_or(NoRandom)
    }
}

/// Made once: deriving the sealing key takes longer than opening.
static OPENER: LazyLock<Option<Opener>> =
    LazyLock::new(|| VaultKey::from_bytes(&MASTER, VERSION).map(|key| Opener::new(&key)));

fn binding(record: u128) -> Option<Binding> {
    Some(Binding {
        record: ProviderId(Uuid::from_u128(record)),
        application: ApplicationId(Uuid::from_u128(APPLICATION)),
        kind: ProviderKind::try_from("openai".to_owned()).ok()?,
        upstream_origin: "https://api.openai.com:443".to_owned(),
    })
}

/// A sealed provider key as it is read from its row: what opens is exactly what this vault would have sealed, and
/// opens nowhere else.
pub fn record(data: &[u8]) {
    let (Some(opener), Some(here), Some(there)) = (OPENER.as_ref(), binding(RECORD), binding(RECORD + 1))
    else {
        return;
    };
    let row = SealedKey::from_stored(data, VERSION);
    if let Ok(opened) = opener.open(&row, &here) {
        let again = seal(opener, &opened, &here, &Nonce(&data[1..]));
        assert_eq!(again.ok().as_ref().map(SealedKey::blob), Some(data), "one key opens from two forms");
        assert!(opener.open(&row, &there).is_err(), "opens in another place");
    }
    let relabelled = SealedKey::from_stored(data, VERSION + 1);
    assert!(opener.open(&relabelled, &here).is_err(), "opens under another version");
}

/// The row of a passphrase's custody slot: a line with Argon2id's cost as JSON, sixteen bytes of salt, the wrapped vault
/// key. What opens is exactly what this vault would have wrapped, for this vault and version only.
pub fn custody_slot(data: &[u8]) {
    let mut parts = data.splitn(2, |byte| *byte == b'\n');
    let (Some(cost), Some(rest)) = (parts.next(), parts.next()) else { return };
    let Ok(cost) = serde_json::from_slice::<Cost>(cost) else { return };
    // A dear one would be refused or waited for; here nobody waits.
    let memory = serde_json::to_value(cost).ok().and_then(|cost| cost["memory_kib"].as_u64());
    if memory.is_none_or(|memory| memory > MEMORY_CHEAP_KIB) {
        return;
    }
    let (salt, blob) = rest.split_at(rest.len().min(16));
    let row = Wrapped { cost, salt: salt.to_vec(), blob: blob.to_vec() };
    let Some(wrapping) = Wrapping::of(PASSPHRASE, &row) else { return };
    if let Some(key) = wrapping.unwrap(&row, &VAULT, VERSION) {
        assert!(key.bytes() == &MASTER, "opens to another key");
        let again = wrapping.wrap(&key, &VAULT).map(|again| again.blob);
        assert_eq!(again.as_deref(), Some(blob), "one key opens from two forms");
        assert!(wrapping.unwrap(&row, &VAULT, VERSION + 1).is_none(), "opens as another version");
        assert!(wrapping.unwrap(&row, &[0; 16], VERSION).is_none(), "opens in another vault");
    }
}

/// The inside of a record that authenticates: it opens only if it is what padding the opened key makes.
pub fn record_inside(data: &[u8]) {
    const GIVEN: [u8; 16] = [0xa7; 16];
    let (Some(opener), Some(here)) = (OPENER.as_ref(), binding(RECORD)) else { return };
    let Ok(row) = seal_padded(opener, data, &here, &Nonce(&GIVEN)) else { return };
    if let Ok(opened) = opener.open(&row, &here) {
        let again = seal(opener, &opened, &here, &Nonce(&GIVEN));
        let again = again.ok();
        assert_eq!(again.as_ref().map(SealedKey::blob), Some(row.blob()), "one key is padded in two ways");
    }
}
