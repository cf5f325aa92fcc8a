//! Every page of the database damaged in turn, and its end cut off: the store is refused and left as it is, or what was
//! damaged is not needed and every key opens.

use std::path::Path;
use std::sync::Arc;

use tempfile::{TempDir, tempdir};
use vault::{CustodyState, VaultError};

use super::database;
use crate::support::*;

const KEY: &str = "sk-test-0123456789abcdefghij";
const PAGE: usize = 4096;

fn desk() -> (TempDir, Arc<FakeKeyring>, Vec<u8>) {
    let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
    drop(filled(dir.path(), &keyring, KEY));
    let bytes = std::fs::read(database(dir.path())).unwrap();
    assert!(bytes.len() > 10 * PAGE, "{} bytes", bytes.len());
    (dir, keyring, bytes)
}

/// Whether the store with these bytes is refused. If it is not, its key opens; either way nothing is written over.
fn refused(dir: &Path, keyring: &Arc<FakeKeyring>, bytes: &[u8], what: &str) -> bool {
    std::fs::write(database(dir), bytes).unwrap();
    let entries = keyring.copy();
    let refused = match try_open(dir, keyring) {
        Err(error) => {
            assert!(matches!(error, VaultError::Damaged), "{what}: {error:?}");
            assert!(std::fs::read(database(dir)).unwrap() == bytes, "{what}: refused, and written to");
            true
        }
        Ok(vault) if vault.unlock(None) != CustodyState::Open => {
            drop(vault);
            assert!(std::fs::read(database(dir)).unwrap() == bytes, "{what}: damaged, and written to");
            true
        }
        Ok(vault) => {
            assert!(vault.providers().unwrap()[0].key.is_some(), "{what}: the key is gone without a word");
            assert_eq!(opened(&vault).as_deref(), Ok(KEY), "{what}");
            false
        }
    };
    assert_eq!(keyring.copy(), entries, "{what}: the keyring was written to");
    for suffix in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(dir.join(format!("addon-console.db{suffix}")));
    }
    refused
}

#[test]
fn a_damaged_page_is_found_wherever_it_is() {
    let (dir, keyring, sound) = desk();
    let mut found = 0;
    let pages = sound.len() / PAGE;
    for page in 0..pages {
        for (how, damage) in [("zeroed", 0_u8), ("overwritten", 0xff)] {
            let mut bytes = sound.clone();
            bytes[page * PAGE..(page + 1) * PAGE].fill(damage);
            found += usize::from(refused(dir.path(), &keyring, &bytes, &format!("page {page} {how}")));
        }
    }
    assert!(found + 4 >= 2 * pages, "{found} of {} were found", 2 * pages);
    assert!(!refused(dir.path(), &keyring, &sound, "put right again"));
}

#[test]
fn a_flipped_bit_anywhere_never_takes_a_key_away_without_a_word() {
    let (dir, keyring, sound) = desk();
    let mut found = 0;
    // A prime, so that every column of cells and headers has its turn.
    for at in (7..sound.len()).step_by(151) {
        let mut bytes = sound.clone();
        bytes[at] ^= 1;
        found += usize::from(refused(dir.path(), &keyring, &bytes, &format!("byte {at}")));
    }
    assert!(found > 10, "{found} were found");
}

#[test]
fn a_damaged_page_of_an_index_is_found() {
    let (dir, keyring, sound) = desk();
    let roots: Vec<usize> = {
        let connection = rusqlite::Connection::open(database(dir.path())).unwrap();
        let mut read = connection.prepare("SELECT rootpage FROM sqlite_schema WHERE type = 'index'").unwrap();
        let rows = read.query_map([], |row| row.get(0)).unwrap();
        rows.map(|row| usize::try_from(row.unwrap_or(0_i64)).unwrap()).collect()
    };
    assert!(roots.len() > 5);
    for root in roots {
        let mut bytes = sound.clone();
        // Its header says how many cells it has: more than there is room for.
        let header = (root - 1) * PAGE;
        bytes[header + 3..header + 5].fill(0xff);
        assert!(refused(dir.path(), &keyring, &bytes, &format!("index page {root}")), "page {root}");
    }
}

#[test]
fn a_cut_file_is_found_wherever_it_ends() {
    let (dir, keyring, sound) = desk();
    let lengths = [1, 15, 16, 99, 100, 511, 512, 1000, PAGE - 1];
    let lengths = lengths.into_iter().chain((1..sound.len() / PAGE).map(|pages| pages * PAGE));
    for length in lengths {
        let what = format!("cut to {length} bytes");
        assert!(refused(dir.path(), &keyring, &sound[..length], &what), "{what}");
    }
    // The end of the last page may be needed, or not.
    for length in sound.len() - 64..sound.len() {
        refused(dir.path(), &keyring, &sound[..length], &format!("cut to {length} bytes"));
    }
    let mut headless = sound;
    headless[..16].fill(0);
    assert!(refused(dir.path(), &keyring, &headless, "without its first words"));
}
