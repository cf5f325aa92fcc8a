//! Cuts a key, and every recognisable part of it, out of a provider's error body before a client sees it.
//!
//! OpenAI's 401 repeats the key, masked in the middle when it is long, whole when it is short or odd.

use std::collections::HashSet;

use vault::ProviderKey;

/// What stands in its place.
const CUT: &[u8] = b"[key]";
/// The shortest part worth cutting; invariant 1 counts from 8 characters.
const PART: usize = 6;
/// What stands for the middle of a masked key.
const MASKS: [&[u8]; 3] = [b"***", b"...", "…".as_bytes()];
/// The shortest end of a key worth cutting beside a mask.
const END: usize = 2;
/// Nobody shows more of a key beside a mask; bounds the work on a hostile body.
const END_MAX: usize = 64;

/// `body` without the key. Unchanged to the byte if there is nothing to cut.
pub(crate) fn without_key(body: &[u8], key: &ProviderKey) -> Vec<u8> {
    let mut hidden = vec![false; body.len()];
    key.expose(|plain| {
        mark_parts(body, plain.as_bytes(), PART, &mut hidden);
        mark_masked(body, plain.as_bytes(), &mut hidden);
    });
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

/// Overwrites every part of the key of `part` characters or more. The length stays.
pub(crate) fn hide_parts(body: &mut [u8], key: &ProviderKey, part: usize) {
    let mut hidden = vec![false; body.len()];
    key.expose(|plain| mark_parts(body, plain.as_bytes(), part, &mut hidden));
    for (byte, _) in body.iter_mut().zip(&hidden).filter(|(_, hide)| **hide) {
        *byte = b'*';
    }
}

/// Whether `text` holds the key or a recognisable part of it.
///
/// For short texts, header values: looks at each place of the text, and copies nothing.
pub(crate) fn holds_key(text: &[u8], key: &ProviderKey) -> bool {
    let part = |plain: &[u8]| {
        let length = PART.min(plain.len()).max(1);
        let pairs = Pairs::of(plain);
        let mut windows = text.windows(length);
        windows.any(|window| pairs.may_hold(window) && memchr::memmem::find(plain, window).is_some())
    };
    let masked = || MASKS.iter().any(|mask| memchr::memmem::find(text, mask).is_some());
    key.expose(|plain| part(plain.as_bytes())) || (masked() && without_key(text, key) != text)
}

/// Which pairs of neighbours a key has, roughly: what is not there is not in the key.
struct Pairs([u64; 16]);

impl Pairs {
    fn of(key: &[u8]) -> Self {
        let mut pairs = Self([0; 16]);
        for pair in key.windows(2) {
            let (word, bit) = Self::place(pair);
            pairs.0[word] |= bit;
        }
        pairs
    }

    fn place(pair: &[u8]) -> (usize, u64) {
        let mixed = pair.iter().fold(0_u16, |mixed, byte| mixed.wrapping_mul(181) ^ u16::from(*byte));
        (usize::from(mixed >> 6 & 15), 1 << (mixed & 63))
    }

    fn may_hold(&self, window: &[u8]) -> bool {
        window.windows(2).all(|pair| {
            let (word, bit) = Self::place(pair);
            self.0[word] & bit != 0
        })
    }
}

fn hide(hidden: &mut [bool], from: usize, to: usize) {
    hidden.iter_mut().take(to).skip(from).for_each(|hide| *hide = true);
}

fn mark_parts(body: &[u8], key: &[u8], part: usize, hidden: &mut [bool]) {
    let length = part.min(key.len()).max(1);
    let parts: HashSet<&[u8]> = key.windows(length).collect();
    for (start, window) in body.windows(length).enumerate() {
        if parts.contains(window) {
            hide(hidden, start, start + length);
        }
    }
}

/// The ends of the key around a mask, and the mask between them. A mask with anything else beside it is only dots.
fn mark_masked(body: &[u8], key: &[u8], hidden: &mut [bool]) {
    let mut at = 0;
    while at < body.len() {
        let rest = body.get(at..).unwrap_or_default();
        let Some(mask) = MASKS.into_iter().find(|mask| rest.starts_with(mask)) else {
            at += 1;
            continue;
        };
        // A mask may be longer than its sign: dots and asterisks are repeated.
        let sign = mask.first().copied().unwrap_or_default();
        let end = at + mask.len() + rest.iter().skip(mask.len()).take_while(|byte| **byte == sign).count();
        let most = key.len().min(END_MAX);
        let before = longest(most, |n| at >= n && body.get(at - n..at) == key.get(..n));
        let after = longest(most, |n| body.get(end..end + n) == key.get(key.len() - n..));
        if before >= END || after >= END {
            hide(hidden, at - before, end + after);
        }
        at = end;
    }
}

/// The largest count up to `max` that fits; 0 if none does.
fn longest(max: usize, fits: impl Fn(usize) -> bool) -> usize {
    (1..=max).rev().find(|count| fits(*count)).unwrap_or_default()
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
        // In pieces, so that no scanner takes a canary for a key.
        let key = &["sk", "proj", "Canary0123456789abcdefXYZ"].join("-");
        assert_eq!(
            cut(&format!("Incorrect API key provided: {key}."), key),
            "Incorrect API key provided: [key]."
        );
        assert_eq!(cut("provided: sk-proj-********************fXYZ. See", key), "provided: [key]. See");
        for masked in ["sk-p...fXYZ", "sk-proj-…fXYZ", "***fXYZ", "sk-proj-..........", "sk-p.....XYZ"] {
            assert_eq!(cut(&format!("({masked})"), key), "([key])", "{masked}");
        }
        assert_eq!(cut("Wait... sk... no ***", key), "Wait... [key] no ***");
        assert_eq!(cut("ends in abcdefXYZ", key), "ends in [key]");
        assert_eq!(cut("a **bold** word", key), "a **bold** word");
        assert_eq!(cut("nothing here", key), "nothing here");
        assert_eq!(cut("key is abc", "abc"), "key is [key]");
    }

    #[test]
    fn a_header_that_holds_a_part_is_told_as_a_body_is() {
        let plain = ["sk", "proj", "Canary0123456789abcdefXYZ"].join("-");
        let key = ProviderKey::from_bytes(zeroize::Zeroizing::new(plain.as_bytes().to_vec())).unwrap();
        for text in [
            plain.as_str(),
            "req_Canary",
            "req_Canar",
            "sk-p...fXYZ",
            "sk-p…",
            "***",
            "application/json",
            "1...2",
            "",
            "yz-0123456-yz",
        ] {
            let cut = without_key(text.as_bytes(), &key) != text.as_bytes();
            assert_eq!(holds_key(text.as_bytes(), &key), cut, "{text}");
        }
    }
}
