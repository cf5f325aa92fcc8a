//! Cuts a key, and every recognisable part of it, out of a provider's error body before a client sees it.
//!
//! OpenAI's 401 repeats the key, masked in the middle when it is long, whole when it is short or odd.

use std::collections::HashSet;

use vault::ProviderKey;

/// What stands in its place.
const CUT: &[u8] = b"[key]";
/// The shortest part worth cutting; invariant 1 counts from 8 characters.
const PART: usize = 6;
/// At least this many asterisks make a masked key.
const MASK: &[u8] = b"***";

/// `body` without the key. Unchanged to the byte if there is nothing to cut.
pub(crate) fn without_key(body: &[u8], key: &ProviderKey) -> Vec<u8> {
    let mut hidden = vec![false; body.len()];
    key.expose(|plain| mark_parts(body, plain.as_bytes(), &mut hidden));
    mark_masked(body, &mut hidden);
    let mut out = Vec::with_capacity(body.len());
    let mut cutting = false;
    for (byte, hide) in body.iter().zip(&hidden) {
        match (*hide, cutting) {
            (true, false) => out.extend_from_slice(CUT),
            (true, true) => {}
            (false, _) => out.push(*byte),
        }
        cutting = *hide;
    }
    out
}

fn mark_parts(body: &[u8], key: &[u8], hidden: &mut [bool]) {
    let length = PART.min(key.len()).max(1);
    let parts: HashSet<&[u8]> = key.windows(length).collect();
    for (start, window) in body.windows(length).enumerate() {
        if parts.contains(window) {
            hidden.iter_mut().skip(start).take(length).for_each(|hide| *hide = true);
        }
    }
}

/// The whole word around a run of asterisks: its ends are the key's.
fn mark_masked(body: &[u8], hidden: &mut [bool]) {
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_*:".contains(byte);
    let mut at = 0;
    while at < body.len() {
        let length = body.iter().skip(at).take_while(|byte| in_word(byte)).count();
        let word = body.get(at..at + length).unwrap_or_default();
        if word.windows(MASK.len()).any(|window| window == MASK) {
            hidden.iter_mut().skip(at).take(length).for_each(|hide| *hide = true);
        }
        at += length.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(body: &str, key: &str) -> String {
        let key = ProviderKey::from_bytes(zeroize::Zeroizing::new(key.as_bytes().to_vec())).unwrap();
        String::from_utf8(without_key(body.as_bytes(), &key)).unwrap()
    }

    #[test]
    fn invariant_1_a_key_in_an_error_is_cut_whole_masked_or_in_part() {
        let key = "sk-proj-Canary0123456789abcdefXYZ";
        assert_eq!(
            cut(&format!("Incorrect API key provided: {key}."), key),
            "Incorrect API key provided: [key]."
        );
        assert_eq!(cut("provided: sk-proj-********************fXYZ. See", key), "provided: [key]. See");
        assert_eq!(cut("ends in abcdefXYZ", key), "ends in [key]");
        assert_eq!(cut("a **bold** word", key), "a **bold** word");
        assert_eq!(cut("nothing here", key), "nothing here");
        assert_eq!(cut("key is abc", "abc"), "key is [key]");
    }
}
