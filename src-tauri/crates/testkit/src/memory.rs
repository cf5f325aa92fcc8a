//! Looks for a key in the memory of another process: whole, in any 24-byte window, and in the encodings keys travel in. The
//! needle is kept masked here, so that a search of this very process would not find what it brings itself.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Bytes of a key that may stand nowhere.
const WINDOW: usize = 24;
const MASK: u8 = 0xa5;
const CHUNK: usize = 4 * 1024 * 1024;

/// A key to be looked for.
pub struct Wanted {
    /// Every window of every form, masked.
    windows: AhoCorasick,
    /// The form of each window.
    forms: Vec<&'static str>,
}

/// What was found, and in how many bytes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Found {
    /// Copies, by form.
    pub copies: Vec<(&'static str, usize)>,
    /// Bytes that were read.
    pub scanned: usize,
}

impl Wanted {
    /// Looks for `key`, which is wiped by whoever owns it.
    #[must_use]
    pub fn new(key: &str) -> Self {
        let bytes = key.as_bytes();
        let wide: Vec<u8> = bytes.iter().flat_map(|byte| [*byte, 0]).collect();
        let hex: Vec<u8> = bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
        let windows = |form: &[u8], step: usize, size: usize| {
            let masked = |window: &[u8]| window.iter().map(|byte| byte ^ MASK).collect();
            form.windows(size).step_by(step).map(masked).collect::<Vec<Vec<u8>>>()
        };
        let aligned =
            |shift: usize| STANDARD_NO_PAD.encode(&bytes[shift..shift + (bytes.len() - shift) / 3 * 3]);
        let base64 = (0..3).flat_map(|shift| windows(aligned(shift).as_bytes(), 4, 32)).collect();
        let forms: [(&str, Vec<Vec<u8>>); 4] = [
            ("raw", windows(bytes, 1, WINDOW)),
            ("utf-16", windows(&wide, 2, 2 * WINDOW)),
            ("hex", windows(&hex, 2, 2 * WINDOW)),
            ("base64", base64),
        ];
        let named: Vec<_> = forms
            .into_iter()
            .flat_map(|(name, windows)| windows.into_iter().map(move |w| (name, w)))
            .collect();
        let (forms, windows): (Vec<_>, Vec<_>) = named.into_iter().unzip();
        Self { windows: AhoCorasick::new(windows).expect("few patterns"), forms }
    }

    /// Searches everything the process may write to. Fails loudly where it may not be read.
    ///
    /// # Panics
    /// If the process is gone or its memory cannot be read: a search of nothing proves nothing.
    #[must_use]
    pub fn search(&self, pid: u32) -> Found {
        let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).expect("the process is there");
        let mut memory = File::open(format!("/proc/{pid}/mem")).expect("its memory may be read: run as root");
        let mut found = Found::default();
        for line in
            maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|mode| mode.starts_with("rw")))
        {
            let Some((from, to)) = line.split(' ').next().and_then(|range| range.split_once('-')) else {
                continue;
            };
            let bound = |text: &str| u64::from_str_radix(text, 16).expect("an address");
            self.region(&mut memory, bound(from), bound(to), &mut found);
        }
        assert!(found.scanned > 1024 * 1024, "only {} bytes were read", found.scanned);
        found
    }

    fn region(&self, memory: &mut File, from: u64, to: u64, found: &mut Found) {
        let mut buffer = vec![0_u8; CHUNK];
        // Bytes carried over, so that a copy across two chunks is seen.
        let mut carried = 0;
        let mut at = from;
        while at < to {
            let want = usize::try_from(to - at).unwrap_or(CHUNK).min(CHUNK - carried);
            if memory.seek(SeekFrom::Start(at)).is_err() {
                return;
            }
            // Guard pages and mappings of devices do not read.
            let Ok(got) = memory.read(&mut buffer[carried..carried + want]) else { return };
            if got == 0 {
                return;
            }
            for byte in &mut buffer[carried..carried + got] {
                *byte ^= MASK;
            }
            self.count(&buffer[..carried + got], found);
            found.scanned += got;
            at += got as u64;
            let end = carried + got;
            carried = (2 * WINDOW).min(end);
            buffer.copy_within(end - carried..end, 0);
        }
    }

    fn count(&self, masked: &[u8], found: &mut Found) {
        for hit in self.windows.find_iter(masked) {
            let form = self.forms[hit.pattern().as_usize()];
            match found.copies.iter_mut().find(|(known, _)| *known == form) {
                Some((_, copies)) => *copies += 1,
                None => found.copies.push((form, 1)),
            }
        }
    }
}
