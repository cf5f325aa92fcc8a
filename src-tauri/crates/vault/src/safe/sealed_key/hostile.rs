//! Frozen vectors of format 1 that were made to deceive: each must end in exactly the result it names. The cases that
//! authenticate and are ill-formed inside are sealed with the real cipher, by `cases.rs`.

mod cases;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::*;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/sealed_key_v1_hostile.json");

/// A stored row, what it is read as a part of, and what must come of it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// `opens`, `other-version`, `unknown-format` or `damaged`.
    expect: String,
    /// What it opens to.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    vault_key: String,
    /// Of the vault key at hand.
    key_version: u32,
    /// Of the row.
    row_version: u32,
    record: String,
    application: String,
    kind: String,
    upstream_origin: String,
    blob: String,
}

impl Case {
    /// What this program makes of it.
    fn outcome(&self) -> (&'static str, Option<String>) {
        let binding = Binding {
            record: self.record.parse().unwrap(),
            application: self.application.parse().unwrap(),
            kind: self.kind.clone().try_into().unwrap(),
            upstream_origin: self.upstream_origin.clone(),
        };
        let master = VaultKey::from_text(self.vault_key.as_bytes(), self.key_version).unwrap();
        let row = SealedKey::from_stored(&STANDARD.decode(&self.blob).unwrap(), self.row_version);
        match Opener::new(&master).open(&row, &binding) {
            Ok(key) => ("opens", Some(key.expose(str::to_owned))),
            Err(OpenError::OtherVersion) => ("other-version", None),
            Err(OpenError::UnknownFormat) => ("unknown-format", None),
            Err(OpenError::Damaged) => ("damaged", None),
        }
    }
}

#[test]
fn each_frozen_hostile_record_ends_as_it_says() {
    let frozen: Vec<Case> = serde_json::from_str(&std::fs::read_to_string(FILE).unwrap()).unwrap();
    assert!(frozen.len() >= 100, "{} cases", frozen.len());
    for case in &frozen {
        let (outcome, key) = case.outcome();
        assert_eq!((outcome, &key), (case.expect.as_str(), &case.key), "{}", case.name);
    }
}

/// New cases may be added; none that stands may change. `UPDATE_GOLDEN=1` writes the file.
#[test]
fn the_frozen_hostile_records_are_what_their_maker_makes() {
    let made = cases::all();
    let names: std::collections::HashSet<_> = made.iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), made.len(), "two cases of one name");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(FILE, serde_json::to_string_pretty(&made).unwrap() + "\n").unwrap();
    }
    let frozen: Vec<Case> = serde_json::from_str(&std::fs::read_to_string(FILE).unwrap()).unwrap();
    for (frozen, made) in frozen.iter().zip(&made) {
        assert_eq!(frozen, made, "{}", made.name);
    }
    assert_eq!(frozen.len(), made.len());
}
