//! What stays in the files of a key that is gone: nothing of it in any encoding, and nothing of its sealed form.

use std::path::Path;
use std::sync::Arc;

use domain::{ProviderId, Timestamp};
use tempfile::tempdir;
use testkit::leak::{Canary, find, scan_dir};
use vault::{Acting, Vault, Who};

use super::database;
use crate::support::*;

/// The sealed forms that stand in the store now.
fn sealed(dir: &Path) -> Vec<Vec<u8>> {
    let connection = rusqlite::Connection::open(database(dir)).unwrap();
    let mut read = connection.prepare("SELECT blob FROM sealed_keys").unwrap();
    let rows = read.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Whether any sixteen bytes of `needle`'s SIV or cipher text stand in a file.
fn stands(dir: &Path, needle: &[u8]) -> bool {
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                let mut parts = needle[17..].chunks_exact(16);
                if parts.any(|part| find(&bytes, part).is_some()) {
                    return true;
                }
            }
        }
    }
    false
}

type Ends = fn(&Vault, ProviderId);

/// What ends a sealed form: by name, and whether a key was in overlap before.
const ENDS: &[(&str, bool, Ends)] = &[
    ("replaced", false, |vault, id| {
        by(vault).replace_key(id, &key(Canary::new("sk").key()), None).unwrap();
    }),
    ("replaced twice", true, |vault, id| {
        by(vault).replace_key(id, &key(Canary::new("sk").key()), None).unwrap();
    }),
    ("expired", true, |vault, id| {
        let acting: Acting<'_> = vault.by(Who::Console, Timestamp(1000));
        assert_eq!(acting.expire_previous_keys().unwrap(), [id]);
    }),
    ("returned", true, |vault, id| by(vault).return_key(id).unwrap()),
    ("rotated", true, |vault, _| by(vault).rotate().unwrap()),
    ("removed", false, |vault, id| by(vault).remove_provider(id, false).unwrap()),
    ("removed in overlap", true, |vault, id| by(vault).remove_provider(id, false).unwrap()),
    ("shredded", true, |vault, id| by(vault).remove_provider(id, true).unwrap()),
    ("application removed", true, |vault, _| {
        by(vault).remove_application(vault.applications().unwrap()[0].id).unwrap();
    }),
];

#[test]
fn invariant_2_nothing_of_a_key_that_is_gone_stays_in_the_files() {
    for (how, overlap, end) in ENDS {
        let (dir, keyring) = (tempdir().unwrap(), Arc::new(FakeKeyring::default()));
        let (first, second) = (Canary::new("sk"), Canary::new("sk"));
        let (vault, provider) = filled(dir.path(), &keyring, first.key());
        if *overlap {
            by(&vault).replace_key(provider.id, &key(second.key()), Some(Timestamp(1000))).unwrap();
        }
        let before = sealed(dir.path());
        assert_eq!(before.len(), 1 + usize::from(*overlap));
        assert!(before.iter().all(|blob| stands(dir.path(), blob)), "the search finds what is there");
        end(&vault, provider.id);
        let after = sealed(dir.path());
        let gone: Vec<_> = before.iter().filter(|blob| !after.contains(blob)).collect();
        assert!(!gone.is_empty(), "{how}: nothing is gone");
        for open in [true, false] {
            assert!(gone.iter().all(|blob| !stands(dir.path(), blob)), "{how}: a sealed form stays");
            for canary in [&first, &second] {
                assert_eq!(scan_dir(dir.path(), canary), [], "{how}, while open: {open}");
            }
            if open {
                vault.lock();
            }
        }
        drop(vault);
        assert!(
            gone.iter().all(|blob| !stands(dir.path(), blob)),
            "{how}: a sealed form stays after closing"
        );
    }
}
