//! Canary keys, and a search for them in every encoding of invariant 1: whole, and any 8-character slice.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Characters of a key that must stand nowhere.
const SLICE: usize = 8;

/// A random key that stands nowhere else in the world.
pub struct Canary {
    key: String,
    random: String,
}

impl Canary {
    /// A key such as `sk-canary-…`, with 48 random characters.
    #[must_use]
    pub fn new(prefix: &str) -> Self {
        let random: String =
            (0..2).map(|_| uuid::Uuid::new_v4().simple().to_string()[..24].to_owned()).collect();
        Self { key: format!("{prefix}-canary-{random}"), random }
    }

    /// The whole key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Every form in which it might leak, each with its name. The tail that may be shown is shorter than a slice.
    fn needles(&self) -> Vec<(&'static str, Vec<u8>)> {
        let bytes = self.random.as_bytes();
        let mut needles: Vec<(&'static str, Vec<u8>)> = Vec::new();
        for slice in bytes.windows(SLICE) {
            needles.push(("raw", slice.to_vec()));
            needles.push(("utf-16", slice.iter().flat_map(|byte| [*byte, 0]).collect()));
            needles.push(("hex", slice.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()));
            needles.push(("HEX", slice.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).collect()));
            needles.push((
                "percent",
                slice.iter().flat_map(|byte| format!("%{byte:02X}").into_bytes()).collect(),
            ));
            needles.push((
                "json",
                slice.iter().flat_map(|byte| format!("\\u{byte:04x}").into_bytes()).collect(),
            ));
        }
        // Base64 of the whole in each of its three alignments, without the ends that depend on neighbours.
        for shift in 0..3 {
            let shifted = &bytes[shift..];
            let whole = &shifted[..shifted.len() / 3 * 3];
            needles.push(("base64", STANDARD.encode(whole).into_bytes()));
            needles.push(("base64", STANDARD_NO_PAD.encode(&whole[..12]).into_bytes()));
            needles.push(("base64url", URL_SAFE_NO_PAD.encode(&whole[..12]).into_bytes()));
        }
        needles
    }
}

/// Where a canary was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The file; empty when bytes were searched.
    pub file: PathBuf,
    /// In which form.
    pub encoding: &'static str,
    /// At which byte.
    pub offset: usize,
}

/// The first hit of each form in `haystack`.
#[must_use]
pub fn scan_bytes(haystack: &[u8], canary: &Canary) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for (encoding, needle) in canary.needles() {
        if hits.iter().any(|hit| hit.encoding == encoding) {
            continue;
        }
        if let Some(offset) = find(haystack, &needle) {
            hits.push(Hit { file: PathBuf::new(), encoding, offset });
        }
    }
    hits
}

/// The hits in every file below `dir`. Panics if it reads no file at all: a search of nothing proves nothing.
#[must_use]
pub fn scan_dir(dir: &Path, canary: &Canary) -> Vec<Hit> {
    let mut files = Vec::new();
    collect(dir, &mut files);
    assert!(!files.is_empty(), "no file below {}", dir.display());
    let search = |file: &PathBuf| {
        let found = scan_bytes(&std::fs::read(file).unwrap(), canary);
        found.into_iter().map(|hit| Hit { file: file.clone(), ..hit }).collect::<Vec<_>>()
    };
    files.iter().flat_map(search).collect()
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.is_file() {
            files.push(path);
        }
    }
}

/// Where `needle` first stands.
#[must_use]
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(haystack, needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_leak_is_found_in_every_encoding() {
        let canary = Canary::new("sk");
        let text = canary.key();
        let part = &text[text.len() - 20..text.len() - 6];
        let forms = [
            ("raw", part.to_owned()),
            ("hex", part.bytes().map(|byte| format!("{byte:02x}")).collect()),
            ("HEX", part.bytes().map(|byte| format!("{byte:02X}")).collect()),
            ("percent", part.bytes().map(|byte| format!("%{byte:02X}")).collect()),
            ("json", part.bytes().map(|byte| format!("\\u{byte:04x}")).collect()),
            ("base64", STANDARD.encode(format!("key={text}"))),
            ("base64", STANDARD.encode(format!("the key={text}"))),
            ("base64", STANDARD.encode(text)),
        ];
        for (encoding, leak) in forms {
            let hits = scan_bytes(format!("noise {leak} noise").as_bytes(), &canary);
            assert!(hits.iter().any(|hit| hit.encoding == encoding), "{encoding}");
        }
        let wide: Vec<u8> = part.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(scan_bytes(&wide, &canary)[0].encoding, "utf-16");
    }

    #[test]
    fn what_may_be_shown_is_no_leak() {
        let canary = Canary::new("sk");
        let tail = &canary.key()[canary.key().len() - 4..];
        assert!(scan_bytes(format!("sk-canary-…{tail}").as_bytes(), &canary).is_empty());
        assert!(scan_bytes(Canary::new("sk").key().as_bytes(), &canary).is_empty());
    }

    #[test]
    fn files_are_searched() {
        let dir = tempfile::tempdir().unwrap();
        let canary = Canary::new("sk");
        std::fs::create_dir(dir.path().join("deep")).unwrap();
        std::fs::write(dir.path().join("deep/file"), canary.key()).unwrap();
        assert_eq!(scan_dir(dir.path(), &canary)[0].file, dir.path().join("deep/file"));
    }
}
