//! An import is killed again and again, each time a little later, until it gets through. Whatever it left behind, the next
//! run must take it from there, and in the end everything stands as if it had never been killed.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use transfer::{KeyEntry, seal_keys};
use zeroize::Zeroizing;

use crate::desk::{APP, Desk, Slot};

const PROVIDERS: usize = 16;
const PASSPHRASE: &str = "a passphrase for the file";
/// Much less than all acts of an import take together.
const LATER: Duration = Duration::from_millis(8);

fn name(number: usize) -> String {
    format!("Team {number:02}")
}

fn key(number: usize) -> String {
    format!("sk-import-{number:02}-0123456789abcdef")
}

fn settings() -> String {
    let provider = |number| {
        (name(number), json!({ "kind": "openai", "base_url": format!("https://{number}.example/v1") }))
    };
    let providers: serde_json::Map<_, _> = (0..PROVIDERS).map(provider).collect();
    let addon = json!({ "enabled": true, "providers": [name(3), name(1)] });
    let application =
        json!({ "type": "page", "providers": providers, "addons": { "ai-integration": addon } });
    json!({ "format": "addon-console/settings/v1", "applications": { APP: application } }).to_string()
}

fn keys() -> Vec<u8> {
    let entry = |number| KeyEntry {
        application: APP.to_owned(),
        provider: name(number),
        kind: "openai".to_owned(),
        origin: format!("https://{number}.example:443"),
        key: Zeroizing::new(key(number)),
    };
    seal_keys(&(0..PROVIDERS).map(entry).collect::<Vec<_>>(), PASSPHRASE).unwrap()
}

fn said(desk: &Desk, words: &[&str]) -> Value {
    let output = desk.command(words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn providers(desk: &Desk, done: impl Fn(&Value) -> bool) -> usize {
    said(desk, &["provider", "list", "--app", APP])["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|each| done(each))
        .count()
}

/// Kills `words` until they get through; how far each killed run had come.
fn until_through(desk: &Desk, words: &[&str], done: impl Fn(&Value) -> bool) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut patience = Duration::ZERO;
    loop {
        patience += LATER;
        assert!(patience < Duration::from_secs(20), "it never gets through");
        let mut child = desk.command(words).spawn().unwrap();
        let deadline = Instant::now() + patience;
        // Not waiting for anything to come true: the moment of death is what this loop is about.
        while Instant::now() < deadline && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        if let Some(status) = child.try_wait().unwrap() {
            let output = child.wait_with_output().unwrap();
            assert!(status.success(), "{output:?}");
            return seen;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        seen.insert(providers(desk, &done));
        // Killed before anything was done: what is a little later can wait no longer.
        if seen.len() == 1 {
            patience += 2 * LATER;
        }
    }
}

#[test]
fn invariant_4_an_import_that_is_killed_can_be_run_again() {
    let desk = Desk::new(Slot::KeyFile);
    let home = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = home.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let settings = file("settings.json", settings().as_bytes());
    let keys = file("keys.age", &keys());
    let pass = file("pass", PASSPHRASE.as_bytes());
    let import_settings = ["import", settings.as_str()];
    let import_keys = ["import", keys.as_str(), "--export-passphrase-file", pass.as_str()];

    let seen = until_through(&desk, &import_settings, |_| true);
    println!("providers after each kill: {seen:?}");
    assert!(seen.iter().any(|count| (1..PROVIDERS).contains(count)), "no kill came half-way: {seen:?}");
    assert_eq!(providers(&desk, |_| true), PROVIDERS);
    let seen = until_through(&desk, &import_keys, |each| !each["key_tail"].is_null());
    println!("keys after each kill: {seen:?}");
    assert!(seen.iter().any(|count| (1..PROVIDERS).contains(count)), "no kill came half-way: {seen:?}");

    let opened = desk.read();
    for number in 0..PROVIDERS {
        assert_eq!(opened.keys[&name(number)].current.as_deref(), Ok(key(number).as_str()));
    }
    assert_eq!(said(&desk, &["audit", "verify"])["ok"], true);
    let addon = said(&desk, &["addon", "show", "ai-integration", "--app", APP]);
    assert_eq!((&addon["state"], addon["providers"].as_array().unwrap().len()), (&json!("ready"), 2));
    for words in [import_settings.as_slice(), import_keys.as_slice()] {
        let again = said(&desk, words);
        let changes = again["changes"].as_array().unwrap();
        assert!(
            changes.len() >= PROVIDERS && changes.iter().all(|each| each["verdict"] == "unchanged"),
            "{again}"
        );
    }
    leaves_nothing(home.path());
}

/// Nothing lies beside the files of an import.
fn leaves_nothing(home: &Path) {
    assert_eq!(std::fs::read_dir(home).unwrap().count(), 3);
}
