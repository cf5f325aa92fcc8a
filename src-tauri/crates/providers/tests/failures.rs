//! The table of labelled failures, `tests/golden/providers/failures.json`: each is told as what it is, and what is no
//! bad key is never called one. The table is data, so that other tests can send the same failures.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::{adapter, golden, golden_files};
use domain::Cause;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Failure {
    provider: String,
    label: String,
    status: u16,
    /// An object as JSON, a string as it is, null for none.
    body: Value,
    cause: Cause,
    /// Where the body was seen.
    source: String,
}

impl Failure {
    fn bytes(&self) -> Vec<u8> {
        match &self.body {
            Value::Null => Vec::new(),
            Value::String(text) => text.clone().into_bytes(),
            object => object.to_string().into_bytes(),
        }
    }
}

fn table() -> Vec<Failure> {
    serde_json::from_str(&fs::read_to_string(golden("failures.json")).unwrap()).unwrap()
}

/// Providers with a server.
fn kinds() -> impl Iterator<Item = &'static str> {
    let known = providers::registry().iter().map(|adapter| adapter.descriptor());
    known.filter(|known| !known.local).map(|known| known.kind)
}

#[test]
fn failures_are_told_by_their_cause() {
    for failure in table() {
        let told = adapter(&failure.provider).read_failure(failure.status, &failure.bytes());
        assert_eq!(told, failure.cause, "{}: {}", failure.provider, failure.label);
    }
}

#[test]
fn the_table_covers_every_provider_and_every_cause_a_body_can_tell() {
    let table = table();
    assert!(table.len() >= 60);
    let mut counts = BTreeMap::new();
    for failure in &table {
        *counts.entry(failure.provider.as_str()).or_insert(0) += 1;
        assert!(!failure.source.is_empty());
    }
    for kind in kinds() {
        assert!(counts.get(kind).is_some_and(|count| *count >= 10), "{kind}");
    }
    let labels: BTreeSet<_> = table.iter().map(|failure| (&failure.provider, &failure.label)).collect();
    assert_eq!(labels.len(), table.len(), "labels are unique");
    // Told by the connection, or by a success: no error body has them.
    let elsewhere = [
        Cause::UpstreamUnreachable,
        Cause::NameUnknown,
        Cause::ConnectionRefused,
        Cause::CorporateProxyFailed,
        Cause::TlsExpired,
        Cause::TlsWrongHost,
        Cause::TlsUnknownCa,
        Cause::UpstreamTls,
        Cause::ReplyTooLarge,
        Cause::StreamCut,
    ];
    for cause in Cause::ALL.iter().filter(|cause| cause.party() == domain::Party::Upstream) {
        let told = table.iter().any(|failure| failure.cause == *cause);
        assert_eq!(told, !elsewhere.contains(cause), "{}", cause.word());
    }
}

#[test]
fn only_a_bad_key_is_called_one() {
    // The status alone accuses the key at 401, and at DeepL's 403, which has no body.
    for kind in kinds() {
        for status in (100..1000).filter(|status| *status != 401 && (*status, kind) != (403, "deepl")) {
            for body in ["", "{}", "<html>401 Unauthorized</html>", r#"{"message":"no"}"#] {
                let told = adapter(kind).read_failure(status, body.as_bytes());
                assert_ne!(told, Cause::KeyRejected, "{kind} {status} {body}");
            }
        }
    }
    // Nobody says "replace the key" because of a limit, an outage or a redirect, whatever the body's words; but for
    // the redirect in the table, which has those of a bad key.
    let accusing = [Cause::KeyRejected, Cause::UpstreamRedirect];
    for failure in table().iter().filter(|failure| !accusing.contains(&failure.cause)) {
        for status in [302, 429, 503] {
            let told = adapter(&failure.provider).read_failure(status, &failure.bytes());
            assert_ne!(told, Cause::KeyRejected, "{status} {}: {}", failure.provider, failure.label);
        }
    }
}

#[test]
fn recorded_errors_are_in_the_table() {
    let table = table();
    for kind in ["openai", "anthropic"] {
        for file in golden_files(&format!("{kind}/errors"), ".json") {
            let status: u16 = file.file_name().unwrap().to_str().unwrap()[6..9].parse().unwrap();
            let body: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
            let row =
                table.iter().find(|row| row.provider == kind && row.status == status && row.body == body);
            assert!(row.is_some(), "{}", file.display());
        }
    }
}

#[test]
fn the_examples_in_stabilitys_description_are_in_the_table() {
    let text = fs::read_to_string(golden("stability/openapi-v2beta-generate.trimmed.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let table = table();
    let mut found = 0;
    for operation in document["paths"].as_object().unwrap().values() {
        for (status, reply) in operation["post"]["responses"].as_object().unwrap() {
            let content = &reply["content"]["application/json"];
            let named = content["examples"].as_object().into_iter().flat_map(|all| all.values());
            for example in named.map(|named| &named["value"]).chain(content.get("example")) {
                let status = status.parse::<u16>().unwrap();
                assert!(table.iter().any(|row| row.status == status && row.body == *example), "{example}");
                found += 1;
            }
        }
    }
    assert!(found >= 7, "{found}");
}

#[test]
fn invariant_1_nothing_of_a_key_comes_out_of_an_error() {
    // What comes out is a cause: one of a fixed set of words, whatever the body says.
    let key = "sk-proj-canary0123456789";
    for kind in kinds().chain(["sandbox"]) {
        for status in [200, 302, 400, 401, 403, 404, 429, 456, 500, 529] {
            for body in [
                json!({"error": {"type": key, "code": key, "message": key, "param": key}}).to_string(),
                json!({"error": key}).to_string(),
                json!({"error": {"type": "invalid_request_error", "code": "invalid_api_key", "message": key}}).to_string(),
                json!({"id": key, "name": key, "message": key, "errors": [key]}).to_string(),
                key.to_owned(),
            ] {
                let cause = adapter(kind).read_failure(status, body.as_bytes());
                let told = format!("{cause:?} {} {}", cause.word(), cause.message());
                assert!(key.as_bytes().windows(8).all(|part| !told.contains(std::str::from_utf8(part).unwrap())));
            }
        }
    }
}
