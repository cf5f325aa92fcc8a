//! Databases written by this program when it had another schema: `tests/fixtures/schema_N.db`, one of each. They hold an
//! application with an AddOn, two providers with keys and one without, under the passphrase `correct horse`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::tempdir;
use vault::{Binding, CustodyState, Vault};

use super::database;
use crate::support::*;

fn fixture(schema: i64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/schema_{schema}.db"))
}

fn schema(file: &Path) -> i64 {
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

fn keys(vault: &Vault) -> BTreeMap<String, Option<String>> {
    let opener = vault.opener().unwrap();
    let stored = vault.providers().unwrap().into_iter().map(|stored| {
        let binding = Binding::of(&stored.provider);
        let key = stored.key.map(|sealed| opener.open(&sealed, &binding).unwrap().expose(str::to_owned));
        (stored.provider.name.as_str().to_owned(), key)
    });
    stored.collect()
}

#[test]
fn invariant_4_every_past_schema_is_upgraded_with_its_keys_and_kept_as_a_backup() {
    let fresh = tempdir().unwrap();
    drop(open_with_passphrase(fresh.path(), "correct horse"));
    let newest = schema(&database(fresh.path()));
    assert!(newest > 1);
    for past in 1..newest {
        let dir = tempdir().unwrap();
        std::fs::copy(fixture(past), database(dir.path()))
            .unwrap_or_else(|_| panic!("keep a database of schema {past} before there is a newer one"));
        assert_eq!(schema(&fixture(past)), past);
        let vault = open_with_passphrase(dir.path(), "correct horse");
        assert_eq!(vault.unlock(None), CustodyState::Open, "schema {past}");
        let expected = [
            ("Claude", Some("sk-ant-of-the-past-0123456789abcdef")),
            ("OpenAI", Some("sk-of-the-past-0123456789abcdefghij")),
            ("Sandbox", None),
        ];
        let expected = expected.map(|(name, key)| (name.to_owned(), key.map(str::to_owned)));
        assert_eq!(keys(&vault), BTreeMap::from(expected.clone()), "schema {past}");
        let addons = vault.addons().unwrap();
        assert_eq!((addons.len(), addons[0].providers.len()), (1, 1), "schema {past}");
        assert_eq!(vault.applications().unwrap()[0].origins.len(), 1, "schema {past}");
        assert_eq!(vault.verify_audit().unwrap().broken, None, "schema {past}");
        // As able as a new one.
        by(&vault).rotate().unwrap();
        assert_eq!(keys(&vault), BTreeMap::from(expected), "schema {past}, rotated");
        drop(vault);
        assert_eq!(schema(&database(dir.path())), newest);
        let backup = dir.path().join(format!("backups/before-schema-{}.db", past + 1));
        assert_eq!(schema(&backup), past, "what it was before is kept");
    }
}
