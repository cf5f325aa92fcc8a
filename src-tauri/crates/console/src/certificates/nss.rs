//! The trust stores of Chromium and Firefox on Linux: NSS databases of this user, changed with Mozilla's `certutil`.
//!
//! Touches entries of this product's name only. Asks for no password: a store that has one is left alone.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::pair::{NAME, Pair};
use crate::api::Browser;

pub(super) struct Store {
    pub(super) browser: Browser,
    pub(super) path: PathBuf,
}

/// Every store there is.
pub(super) fn stores() -> Vec<Store> {
    let Some(dirs) = directories::BaseDirs::new() else { return Vec::new() };
    let home = dirs.home_dir();
    let mut found = Vec::new();
    for path in chromium(home, dirs.data_dir()) {
        if path.join("cert9.db").is_file() {
            found.push(Store { browser: Browser::Chromium, path });
        }
    }
    for profiles in [
        ".mozilla/firefox",
        ".config/mozilla/firefox",
        "snap/firefox/common/.mozilla/firefox",
        ".var/app/org.mozilla.firefox/.mozilla/firefox",
    ] {
        let Ok(entries) = std::fs::read_dir(home.join(profiles)) else { continue };
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.join("cert9.db").is_file());
        paths.sort();
        found.extend(paths.into_iter().map(|path| Store { browser: Browser::Firefox, path }));
    }
    found
}

fn chromium(home: &Path, data: &Path) -> [PathBuf; 3] {
    [home.join(".pki/nssdb"), data.join("pki/nssdb"), home.join("snap/chromium/current/.pki/nssdb")]
}

/// Whether `certutil` is there.
pub(super) fn has_tool() -> bool {
    run(&["-H"], None).is_some()
}

/// Whether this very CA is trusted there.
pub(super) fn trusts(store: &Store, pair: &Pair) -> bool {
    let kept = run(&["-L", "-a", "-n", &pair.name], Some(&store.path));
    let plain = |pem: &str| pem.split_whitespace().collect::<String>();
    kept.is_some_and(|(good, pem)| good && plain(&pem) == plain(&pair.ca))
}

/// Trusts the CA in every store, one for Chromium being made if there is none, and takes its forerunners out.
pub(super) fn install(pair: &Pair, ca_file: &Path) {
    if !has_tool() {
        return;
    }
    if !stores().iter().any(|store| store.browser == Browser::Chromium) {
        make_store();
    }
    for store in stores() {
        let file = ca_file.display().to_string();
        for old in ours(&store).iter().filter(|name| **name != pair.name) {
            run(&["-D", "-n", old], Some(&store.path));
        }
        if !trusts(&store, pair) {
            run(&["-A", "-t", "C,,", "-n", &pair.name, "-i", &file], Some(&store.path));
        }
    }
}

/// Takes every CA of this product out of every store.
pub(super) fn remove() {
    for store in stores() {
        for name in ours(&store) {
            run(&["-D", "-n", &name], Some(&store.path));
        }
    }
}

fn make_store() {
    let Some(dirs) = directories::BaseDirs::new() else { return };
    let path = dirs.home_dir().join(".pki/nssdb");
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    if builder.create(&path).is_ok() {
        run(&["-N", "--empty-password"], Some(&path));
    }
}

/// The names of this product's CAs in a store.
fn ours(store: &Store) -> Vec<String> {
    let (_, listed) = run(&["-L"], Some(&store.path)).unwrap_or_default();
    let names = listed.lines().filter(|line| line.starts_with(NAME));
    // Name, blanks, trust flags.
    names
        .filter_map(|line| line.trim_end().rsplit_once(' '))
        .map(|(name, _)| name.trim().to_owned())
        .collect()
}

/// Whether it went well, and what it said; `None` when there is no such program.
fn run(words: &[&str], store: Option<&Path>) -> Option<(bool, String)> {
    let mut command = Command::new("certutil");
    command.args(words).stdin(Stdio::null()).stderr(Stdio::null());
    if let Some(path) = store {
        command.arg("-d").arg(format!("sql:{}", path.display()));
    }
    let output = command.output().ok()?;
    Some((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
}
