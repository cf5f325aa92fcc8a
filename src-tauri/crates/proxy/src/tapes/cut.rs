//! What no tape may hold, cut out of a recorded answer: the provider's key and its parts, the end user's uid, session tokens.
//! Runs on whole answers, after they came: a key can stand across two chunks.

use domain::tape::EXCHANGE_MAX;
use domain::{ExchangeHead, Uid};
use vault::{Binding, Opener, ProviderKey, SealedKey};

use crate::Shared;
use crate::redaction::{hide_parts, holds_key, without_key};
use crate::snapshot::{ProviderEntry, Snapshot};

/// The shortest part of a key that is cut out of a success. Shorter ones stand in any picture by chance.
const PART: usize = 8;
/// Shorter uids are words of every answer: `user`, `text`, `1`.
const UID_MIN: usize = 5;
/// Characters of a session token.
const TOKEN: usize = 43;
/// Of an escape without its backslash: `u00e9`.
const ESCAPE_MAX: usize = 5;

/// What is needed to find it all.
pub(super) struct Cut {
    /// The sealed key with what opens it: no plain key is held while the answer comes.
    key: Option<(Opener, SealedKey, Binding)>,
    uid: Uid,
}

impl Cut {
    pub(super) fn new(entry: &ProviderEntry, snapshot: &Snapshot, uid: Uid) -> Self {
        let key = match (&snapshot.opener, &entry.sealed) {
            (Some(opener), Some(sealed)) => {
                Some((opener.clone(), sealed.clone(), Binding::of(&entry.provider)))
            }
            _ => None,
        };
        Self { key, uid }
    }

    /// Takes it out of an exchange. `false`: the key could not be looked for.
    pub(super) fn out_of(self, shared: &Shared, head: &mut ExchangeHead, body: &mut Vec<u8>) -> bool {
        let key = match &self.key {
            Some((opener, sealed, binding)) => match opener.open(sealed, binding) {
                Ok(key) => Some(key),
                Err(_) => return false,
            },
            None => None,
        };
        if let Some(key) = &key {
            self::key(key, head, body);
        }
        let uid = self.uid.as_str().as_bytes();
        let is_token = |word: &str| shared.sessions.of_any_age(word).is_ok();
        hide_caller(body, uid, is_token);
        head.headers.retain(|(_, value)| {
            let mut bytes = value.clone().into_bytes();
            hide_caller(&mut bytes, uid, is_token);
            bytes == value.as_bytes() && key.as_ref().is_none_or(|key| !holds_key(value.as_bytes(), key))
        });
        true
    }
}

/// A success keeps its length, so that its chunks stay as they came. A refusal reads as callers get it anyway.
fn key(key: &ProviderKey, head: &mut ExchangeHead, body: &mut Vec<u8>) {
    if (200..300).contains(&head.status) {
        hide_parts(body, key, PART);
        return;
    }
    let clean = without_key(body, key);
    if clean != *body {
        let gaps = head.chunks.iter().fold(0_u64, |sum, (gap, _)| sum.saturating_add(*gap));
        let length = u32::try_from(clean.len().min(EXCHANGE_MAX)).unwrap_or(u32::MAX);
        head.chunks = vec![(gaps, length)];
        head.headers.retain(|(name, _)| name != "content-length");
        *body = clean;
    }
}

/// Overwrites the uid and every session token, each character with one of its sort: what was JSON still is.
fn hide_caller(bytes: &mut [u8], uid: &[u8], is_token: impl Fn(&str) -> bool) {
    if uid.len() >= UID_MIN {
        let found: Vec<_> = memchr::memmem::find_iter(bytes, uid).collect();
        for at in found {
            fill(bytes.get_mut(at..at + uid.len()).unwrap_or_default());
        }
    }
    let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    for word in bytes.split_mut(|byte| !belongs(byte)) {
        // What is left of an escape, `\n` say, may stand before it.
        let before = word.len().checked_sub(TOKEN).filter(|before| *before <= ESCAPE_MAX);
        let Some(token) = before.and_then(|before| word.get_mut(before..)) else { continue };
        if std::str::from_utf8(token).is_ok_and(&is_token) {
            fill(token);
        }
    }
}

fn fill(bytes: &mut [u8]) {
    for byte in bytes {
        *byte = match *byte {
            b'0'..=b'9' => b'9',
            b'-' | b'_' => *byte,
            _ => b'x',
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, uid: &str, token: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        hide_caller(&mut bytes, uid.as_bytes(), |word| word == token);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_uid_is_overwritten_wherever_it_stands_and_json_stays_json() {
        let cut = |text: &str, uid: &str| cut(text, uid, "");
        assert_eq!(
            cut(r#"{"user":"mario-rossi7","x":1}"#, "mario-rossi7"),
            r#"{"user":"xxxxx-xxxxx9","x":1}"#
        );
        assert_eq!(
            cut(r#"["\nmario-rossi, mario-rossini"]"#, "mario-rossi"),
            r#"["\nxxxxx-xxxxx, xxxxx-xxxxxni"]"#
        );
        assert_eq!(cut(r#"{"at":1712345678}"#, "12345"), r#"{"at":1799999678}"#);
        assert_eq!(cut("user 1", "user"), "user 1", "a word like any other");
    }

    #[test]
    fn a_token_is_overwritten_also_behind_an_escape() {
        let token = "aB3_".repeat(11)[..TOKEN].to_owned();
        let gone = "xx9_".repeat(11)[..TOKEN].to_owned();
        for text in ["\"{}\"", "\\n{}", "\\u00e9{} x", "Bearer {}"] {
            assert_eq!(cut(&text.replace("{}", &token), "", &token), text.replace("{}", &gone), "{text}");
        }
    }
}
