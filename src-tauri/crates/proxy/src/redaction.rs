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
        let mut windows = text.windows(part_of(plain));
        windows.any(|window| memchr::memmem::find(plain, window).is_some())
    };
    key.expose(|plain| part(plain.as_bytes())) || (is_masked(text) && without_key(text, key) != text)
}

fn part_of(plain: &[u8]) -> usize {
    PART.min(plain.len()).max(1)
}

fn is_masked(text: &[u8]) -> bool {
    // Few headers hold a mask's first byte.
    memchr::memchr3(b'*', b'.', MASKS[2][0], text).is_some()
        && MASKS.iter().any(|mask| memchr::memmem::find(text, mask).is_some())
}

/// Which pairs of neighbours a key has, roughly: enough to say of almost every header that the key is not in it, so
/// that the key need not be opened once more to look. Nobody can make the key of it.
pub(crate) struct Outline {
    pairs: [u64; 16],
    part: usize,
}

impl Outline {
    pub(crate) fn of(key: &ProviderKey) -> Self {
        key.expose(|plain| {
            let mut outline = Self { pairs: [0; 16], part: part_of(plain.as_bytes()) };
            for pair in plain.as_bytes().windows(2) {
                let (word, bit) = Self::place(pair);
                outline.pairs[word] |= bit;
            }
            outline
        })
    }

    fn place(pair: &[u8]) -> (usize, u64) {
        let mixed = pair.iter().fold(0_u16, |mixed, byte| mixed.wrapping_mul(181) ^ u16::from(*byte));
        (usize::from(mixed >> 6 & 15), 1 << (mixed & 63))
    }

    /// `false`: [`holds_key`] says so too.
    pub(crate) fn may_be_in(&self, text: &[u8]) -> bool {
        // As many known pairs in a row as the shortest part has; a key of one letter has none.
        let mut row = 1;
        let known = text.windows(2).any(|pair| {
            let (word, bit) = Self::place(pair);
            row = if self.pairs[word] & bit == 0 { 1 } else { row + 1 };
            row >= self.part
        });
        known || (self.part == 1 && !text.is_empty()) || is_masked(text)
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
            assert!(Outline::of(&key).may_be_in(text.as_bytes()) || !cut, "{text}");
        }
        assert!(!Outline::of(&key).may_be_in(b"application/json; charset=utf-8"));
    }

    proptest::proptest! {
        #[test]
        fn what_has_not_the_keys_outline_has_no_part_of_it(key in "[a-c!-~]{1,40}", text in "[a-c.* ]{0,30}", at in 0..40_usize, n in 0..20_usize) {
            let part: String = key.chars().skip(at).take(n).collect();
            let known = ProviderKey::from_bytes(zeroize::Zeroizing::new(key.clone().into_bytes())).unwrap();
            for text in [text.clone(), format!("{text}{part}{text}")] {
                let maybe = Outline::of(&known).may_be_in(text.as_bytes());
                proptest::prop_assert!(maybe || !holds_key(text.as_bytes(), &known), "{key} in {text}");
                proptest::prop_assert!(maybe || without_key(text.as_bytes(), &known) == text.as_bytes());
            }
        }
    }
}
