//! A provider key in plain text. Exists for one request, in one function of the proxy and one of *test connection*.

use domain::KeyTail;
use zeroize::Zeroizing;

/// More than any provider's key.
const KEY_MAX: usize = 4096;

/// What was given cannot be a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key is 1 to 4,096 visible ASCII characters")]
pub struct KeyFormatError;

/// A provider's API key. Wiped when dropped; cannot be printed, copied, compared or serialised:
///
/// ```
/// fn of(key: vault::ProviderKey) -> usize { key.expose(str::len) } // this compiles; the rest must not
/// ```
/// ```compile_fail,E0277
/// fn of(key: vault::ProviderKey) -> String { format!("{key:?}") }
/// ```
/// ```compile_fail,E0277
/// fn of(key: vault::ProviderKey) -> String { format!("{key}") }
/// ```
/// ```compile_fail,E0599
/// fn of(key: &vault::ProviderKey) -> vault::ProviderKey { key.clone() }
/// ```
/// ```compile_fail,E0369
/// fn of(key: &vault::ProviderKey) -> bool { *key == *key }
/// ```
/// ```compile_fail,E0277
/// fn of(key: vault::ProviderKey) -> serde_json::Result<String> { serde_json::to_string(&key) }
/// ```
pub struct ProviderKey(Zeroizing<Vec<u8>>);

impl ProviderKey {
    /// Takes what was typed, pasted or read. White space around it is cut off; inside, only visible ASCII stands,
    /// since a key must fit into a header.
    pub fn from_bytes(mut bytes: Zeroizing<Vec<u8>>) -> Result<Self, KeyFormatError> {
        let start = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let end =
            bytes.len() - bytes[start..].iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
        let fits = (1..=KEY_MAX).contains(&(end - start));
        if !fits || !bytes[start..end].iter().all(u8::is_ascii_graphic) {
            return Err(KeyFormatError);
        }
        bytes.truncate(end);
        bytes.drain(..start);
        Ok(Self(bytes))
    }

    /// What may be shown of it.
    #[must_use]
    pub fn tail(&self) -> KeyTail {
        self.expose(KeyTail::of)
    }

    /// The only way to the plain text. What `read` makes of it is `read`'s to wipe.
    pub fn expose<R>(&self, read: impl FnOnce(&str) -> R) -> R {
        // Visible ASCII, checked when it was made.
        read(std::str::from_utf8(&self.0).unwrap_or_default())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Result<ProviderKey, KeyFormatError> {
        ProviderKey::from_bytes(Zeroizing::new(text.as_bytes().to_vec()))
    }

    #[test]
    fn white_space_around_a_key_is_forgiven_and_nothing_else() {
        assert_eq!(key(" \tsk-abc\r\n").ok().unwrap().expose(str::to_owned), "sk-abc");
        for bad in ["", "  ", "sk abc", "sk\nabc", "schlüssel", "sk-\u{200b}", &"x".repeat(4097)] {
            assert!(key(bad).is_err(), "{bad:?}");
        }
    }
}
