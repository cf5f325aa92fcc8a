//! The raw cipher and key derivation. Private to this crate: everyone else uses `safe`, which cannot be used wrongly.

use aes_siv::KeyInit as _;
use aes_siv::siv::Aes256Siv;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of an AES-256-SIV key (two AES-256 keys).
pub(crate) const KEY_LEN: usize = 64;
/// Bytes of the synthetic IV, which is also the authentication tag.
pub(crate) const SIV_LEN: usize = 16;

/// A key for this module; wiped when dropped.
pub(crate) type RawKey = Zeroizing<[u8; KEY_LEN]>;

/// AES-SIV (RFC 5297) over a *list* of headers: `["ab","c"]` and `["a","bc"]` differ. Returns `SIV ‖ C`.
pub(crate) fn encrypt(key: &[u8; KEY_LEN], headers: &[&[u8]], plain: &[u8]) -> Option<Vec<u8>> {
    let sealed = Aes256Siv::new(key.into()).encrypt(headers, plain).ok();
    burn_stack();
    sealed
}

/// Opens `SIV ‖ C`; `None` if it is not authentic.
pub(crate) fn decrypt(key: &[u8; KEY_LEN], headers: &[&[u8]], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (siv, cipher) = sealed.split_at_checked(SIV_LEN)?;
    let siv: [u8; SIV_LEN] = siv.try_into().ok()?;
    // Exactly as long as the plain text: the crate's in-place form leaves plain bytes in spare capacity.
    let mut buffer = Zeroizing::new(cipher.to_vec());
    let opened =
        Aes256Siv::new(key.into()).decrypt_inout_detached(headers, buffer.as_mut_slice().into(), &siv.into());
    burn_stack();
    opened.ok().map(|()| buffer)
}

/// A key for one use only. Labels keep uses apart; never one key for two uses.
pub(crate) fn derive(master: &[u8; KEY_LEN], label: &str) -> RawKey {
    let mut key: RawKey = Zeroizing::new([0; KEY_LEN]);
    // 64 bytes is two of SHA-256's blocks; HKDF refuses only beyond 255.
    let _ = Hkdf::<Sha256>::new(None, master).expand(label.as_bytes(), key.as_mut_slice());
    burn_stack();
    key
}

/// HMAC-SHA-256, which is HKDF's first step: tells equal values from others, and nothing else of them.
pub(crate) fn keyed_hash(key: &[u8; 32], value: &[u8]) -> [u8; 32] {
    Hkdf::<Sha256>::extract(Some(key), value).0.into()
}

/// Overwrites the stack the cipher has just left: round keys stay there even after its own wiping.
#[inline(never)]
fn burn_stack() {
    // The array's own making is what overwrites; whoever might look at it keeps the compiler from leaving that out.
    std::hint::black_box(&mut [0_u8; 16 * 1024]);
}

#[cfg(test)]
mod tests;
