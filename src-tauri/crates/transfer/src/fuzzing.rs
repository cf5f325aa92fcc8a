//! What the fuzzers feed: every reader of a file that somebody else may have made. Each target states what must hold for
//! any bytes. Not part of the product: built for tests and by `fuzz/` only.

use crate::{Document, Ignored, Outcome, Proposals, Settings, difference, harmless, read_env, read_litellm};

#[cfg(test)]
mod replay;

/// A settings document: applied once it changes nothing when applied again, and what it becomes is a document, too.
pub fn settings(data: &[u8]) {
    let Ok(document) = Document::read(data) else { return };
    let Ok(once) = document.over(&Settings::default()) else { panic!("typed, and does not fit its type") };
    let addons = once.applications.values().flat_map(|application| application.addons.values());
    let mut settings = addons.flat_map(|addon| addon.settings.values());
    assert!(settings.all(|value| !value.is_null()), "a setting that was taken back stays");
    let again = document.over(&once);
    assert_eq!(again.as_ref().ok(), Some(&once), "it changes what it has made");
    assert!(difference(&once, &once).iter().all(|each| each.verdict == Outcome::Unchanged));
    let written = Document::read(once.write().as_bytes()).and_then(|read| read.over(&Settings::default()));
    assert_eq!(written.ok(), Some(once), "it does not read back");
}

/// A `.env` file: no value is said back, and no name that is none.
pub fn env(data: &[u8]) {
    if let Ok(read) = read_env(data) {
        sayable(&read);
        assert!(read.providers.iter().all(|each| each.key.as_ref().is_some_and(|key| !key.is_empty())));
    }
}

/// LiteLLM's `config.yaml`, with a `.env` file that is none of its kind.
pub fn litellm(data: &[u8]) {
    for env in [None, Some(b"K=key\nB=https://r.example\nV=1\n".as_slice()), Some(data)] {
        if let Ok(read) = read_litellm(data, env) {
            sayable(&read);
        }
    }
}

/// A file of keys, and what may stand in one. One with a true head is not opened: that takes a second.
pub fn keys(data: &[u8]) {
    if !data.starts_with(b"age-encryption.org/v1\n-> scrypt") {
        assert!(crate::open_keys(data, "passphrase").is_err(), "opens without a head");
    }
    if let Ok(keys) = crate::keys_file::inside(data) {
        let document: Option<serde_json::Value> = serde_json::from_slice(data).ok();
        let format = document.as_ref().and_then(|document| document["format"].as_str());
        assert_eq!(format, Some("addon-console/keys/v1"), "another format");
        let written = crate::keys_file::written(&keys).map(|plain| plain.to_vec());
        let back = written.map_err(|_| ()).and_then(|plain| crate::keys_file::inside(&plain).map_err(|_| ()));
        assert_eq!(back.map(|back| back.len()), Ok(keys.len()), "it does not read back");
    }
}

fn sayable(read: &Proposals) {
    for (name, why) in &read.ignored {
        assert!(name.chars().count() <= 80 && *name == harmless(name), "{name:?}");
        // Written a second time: no line, no bell, nothing that turns the text around.
        let acts = |symbol: char| symbol.is_control() || ('\u{202a}'..='\u{202e}').contains(&symbol);
        assert!(!name.contains(acts), "{name:?}");
        assert!(*why != Ignored::NoAssignment || name.is_empty(), "said back: a line that is no assignment");
    }
}
